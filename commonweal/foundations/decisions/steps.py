"""What the thread says about decisions and answers, and what a person can do from a step."""

from collections.abc import Sequence

import rules
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit.wording import shown
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import kinds, onward
from commonweal.foundations.thread.models import Step

from .models import Answer, Assent, Decision, Owed, OwedLine, ReasonCode, Reply, Stance
from .rules import works_at_the_desk


def _seen_at_the_desk(person: Person, steps: Sequence[Step]) -> set[int]:
    return {step.pk for step in steps} if works_at_the_desk(person) else set()


def _seen_by_whoever_recorded_it(person: Person, steps: Sequence[Step]) -> set[int]:
    if works_at_the_desk(person):
        return {step.pk for step in steps}
    recorded = Decision.objects.filter(pk__in=[step.subject.uuid for step in steps], recorded_by=person.ref)
    own = set(recorded.values_list("pk", flat=True))
    return {step.pk for step in steps if step.subject.uuid in own}


def _seen_on_ones_own_line(person: Person, steps: Sequence[Step]) -> set[int]:
    """What is not public is still told to those whose line it answers."""
    if works_at_the_desk(person):
        return {step.pk for step in steps}
    ids = [step.subject.uuid for step in steps]
    own = OwedLine.objects.filter(person=person).values("owed")
    promised = Owed.objects.filter(pk__in=ids, id__in=own).values_list("pk", flat=True)
    answered = Answer.objects.filter(pk__in=ids, owed__in=own).values_list("pk", flat=True)
    mine = {*promised, *answered}
    return {step.pk for step in steps if step.subject.uuid in mine}


def _record_a_decision(person: Person | None, step: Step) -> onward.Way | None:
    if not rules.test_rule("record a decision", person):
        return None
    return onward.Way(_("Record a decision about this"), f"{reverse('decisions:decide')}?because={step.uuid}")


kinds.declare(
    "decisions.decision",
    title=_("A decision was made by %(who)s"),
    word=_("Decision"),
    stage="plan",
    words=lambda ids: Decision.objects.filter(pk__in=ids).values_list("pk", "question"),
    seen_by=_seen_by_whoever_recorded_it,
)
kinds.declare(
    "decisions.asked",
    title=_("%(party)s was asked to agree"),
    word=_("Agreement asked for"),
    stage="plan",
    seen_by=_seen_at_the_desk,
)
kinds.declare(
    "decisions.assent",
    title=_("%(party)s: %(stance)s"),
    word=_("Agreement"),
    stage="plan",
    words=lambda ids: Assent.objects.filter(pk__in=ids).values_list("pk", shown("words")),
    labels={"stance": Stance},
    seen_by=_seen_at_the_desk,
)
kinds.declare(
    "decisions.owed",
    title=_("An answer was promised"),
    word=_("Answer promised"),
    stage="understand",
    seen_by=_seen_on_ones_own_line,
)
kinds.declare(
    "decisions.answer",
    title=_("An answer was given. %(reason)s"),
    word=_("Answer"),
    stage="understand",
    words=lambda ids: Answer.objects.filter(pk__in=ids).values_list("pk", shown("words")),
    labels={"reason": ReasonCode},
    seen_by=_seen_on_ones_own_line,
)
kinds.declare(
    "decisions.reply",
    title=_("Somebody replied to the answer"),
    word=_("Reply"),
    stage="understand",
    words=lambda ids: Reply.objects.filter(pk__in=ids).values_list("pk", shown("words")),
    seen_by=_seen_at_the_desk,
)
onward.offer(_record_a_decision)
kinds.name_by("decisions", "decision", lambda ids: Decision.objects.filter(pk__in=ids).values_list("pk", "question"))
kinds.name_by("decisions", "owed", lambda ids: Owed.objects.filter(pk__in=ids).values_list("pk", "title"))
