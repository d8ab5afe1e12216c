"""What the thread says about kept copies."""

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.thread import kinds

from .models import Copy

kinds.name_by("publishing", "copy", lambda ids: Copy.objects.filter(pk__in=ids).values_list("pk", "title"))
kinds.declare(
    "publishing.copy",
    title=_("A copy was kept as it stood on that day: %(copy)s"),
    word=_("Kept copy"),
    stage="understand",
)
