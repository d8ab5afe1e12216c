from django.utils.translation import gettext_lazy as _

from commonweal.foundations.people.rules import holds
from commonweal.foundations.thread import kinds

from .models import Link

_sees_failures = holds("steward", "convenor")

kinds.declare(
    "notices.failure",
    title=_("A message could not be delivered"),
    word=_("Message not delivered"),
    stage="understand",
    seen_by=lambda person, steps: {step.pk for step in steps} if _sees_failures(person) else set(),
)
kinds.name_by("notices", "link", lambda ids: Link.objects.filter(pk__in=ids).values_list("pk", "name"))
