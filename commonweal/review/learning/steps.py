"""What steps of learning say."""

import rules
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit.wording import shown
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import kinds, onward
from commonweal.foundations.thread.models import Audience, Step

from .models import Lesson

#: What there is to learn from: what was done, and what was measured.
LEARNED_FROM = {"outcomes.reading", "outcomes.revision", "initiatives.initiative"}


def _keep_what_was_learned(person: Person | None, step: Step) -> onward.Way | None:
    if step.kind not in LEARNED_FROM or step.audience != Audience.PUBLIC:
        return None
    if not rules.test_rule("keep a lesson", person):
        return None
    return onward.Way(_("Keep what was learned from it"), f"{reverse('learning:keep')}?because={step.uuid}")


onward.offer(_keep_what_was_learned)
kinds.declare(
    "learning.lesson",
    title=_("Something was learned"),
    word=_("Lesson"),
    stage="review",
    words=lambda ids: Lesson.objects.filter(pk__in=ids).values_list("pk", shown("what")),
)
