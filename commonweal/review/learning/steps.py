"""What steps of learning say."""

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit.wording import shown
from commonweal.foundations.thread import kinds

from .models import Lesson

kinds.declare(
    "learning.lesson",
    title=_("Something was learned"),
    word=_("Lesson"),
    stage="review",
    words=lambda ids: Lesson.objects.filter(pk__in=ids).values_list("pk", shown("what")),
)
