"""What the thread says about messages, and the button on the page of a step."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.people.models import Person
from commonweal.foundations.people.rules import holds
from commonweal.foundations.thread import kinds, onward
from commonweal.foundations.thread.models import Audience, Step

from . import queries
from .models import Link

_sees_failures = holds("steward", "convenor")


def _follow(person: Person | None, step: Step) -> onward.Way | None:
    """The button on the page of a step."""
    if person is None or step.audience != Audience.PUBLIC:
        return None
    if queries.is_following(person, step):
        return onward.Way(_("Stop telling me about this"), reverse("notices:unfollow", args=[step.uuid]), changes=True)
    return onward.Way(_("Tell me what becomes of this"), reverse("notices:follow", args=[step.uuid]), changes=True)


onward.offer(_follow, changes=True)
kinds.declare(
    "notices.failure",
    title=_("A message could not be delivered"),
    word=_("Message not delivered"),
    stage="understand",
    seen_by=lambda person, steps: {step.pk for step in steps} if _sees_failures(person) else set(),
)
kinds.name_by("notices", "link", lambda ids: Link.objects.filter(pk__in=ids).values_list("pk", "name"))
