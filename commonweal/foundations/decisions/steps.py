"""What the thread says about decisions and answers, and what a person can do from a step.

A step is told to whoever looks now, so the day on which they speak for a body is today.
"""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import rules
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit.wording import shown
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import kinds, onward
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs import clock

from . import queries
from .models import (
    Answer,
    Assent,
    Decision,
    Dissent,
    Draft,
    Owed,
    OwnWord,
    ReasonCode,
    Reply,
    SentBack,
    Stance,
    Whose,
)
from .rules import works_at_the_desk

#: Kinds of step that are about a draft, and the record that leads to the promise it answers.
AT_THE_DESK: dict[str, type[Draft | SentBack]] = {"decisions.written": Draft, "decisions.sent_back": SentBack}


def _asked_and_decided(ids: Collection[UUID]) -> QuerySet[Any, Any]:
    """What a decision says on the thread: what was asked, and what was chosen."""
    said = Concat("question", Value(" – "), "outcome", output_field=CharField())
    return Decision.objects.filter(pk__in=ids).annotate(said=said).values_list("pk", "said")


def _seen_at_the_desk(person: Person, steps: Sequence[Step]) -> set[int]:
    return {step.pk for step in steps} if works_at_the_desk(person) else set()


def _about(steps: Sequence[Step], records: QuerySet[Any]) -> set[int]:
    """The steps among these that are about one of the records. Whoever may read the record may read its step."""
    own = set(records.filter(pk__in=[step.subject.uuid for step in steps]).values_list("pk", flat=True))
    return {step.pk for step in steps if step.subject.uuid in own}


def _seen_by_whoever_recorded_it(person: Person, steps: Sequence[Step]) -> set[int]:
    return _about(steps, queries.decisions_for(person))


def _seen_beside_the_decision(person: Person, steps: Sequence[Step]) -> set[int]:
    """What was written down beside a decision, and whose words it is said to be."""
    seen = queries.decisions_for(person).order_by().values("pk")
    said = OwnWord.objects.filter(dissent__decision__in=seen)
    return _about(steps, Dissent.objects.filter(decision__in=seen)) | _about(steps, said)


def _seen_by_whoever_was_asked(person: Person, steps: Sequence[Step]) -> set[int]:
    return _about(steps, queries.askings_seen_by(person, on=clock.today()))


def _seen_by_the_party(person: Person, steps: Sequence[Step]) -> set[int]:
    return _about(steps, queries.assents_seen_by(person, on=clock.today()))


def _seen_where_it_was_promised(person: Person, steps: Sequence[Step]) -> set[int]:
    return _about(steps, queries.owed_seen_by(person, on=clock.today()))


def _seen_where_it_was_answered(person: Person, steps: Sequence[Step]) -> set[int]:
    return _about(steps, queries.answers_seen_by(person, on=clock.today()))


def _seen_by_the_writer(person: Person, steps: Sequence[Step]) -> set[int]:
    """What should change in a draft is for whoever wrote it, not for those whom it will answer."""
    returned = SentBack.objects.all()
    if works_at_the_desk(person):
        return _about(steps, returned)
    return _about(steps, returned.filter(Q(draft__drafted_by=person.ref) | Q(draft__writer=person.ref)))


def _seen_by_who_replied(person: Person, steps: Sequence[Step]) -> set[int]:
    """And by whoever published the answer that it replies to, since they are told of it."""
    replies = Reply.objects.all()
    if works_at_the_desk(person):
        return _about(steps, replies)
    own = Q(person=person) | Q(keyed_in_by=person) | Q(answer__published_by=person.ref)
    return _about(steps, replies.filter(own))


def _record_a_decision(person: Person | None, step: Step) -> onward.Way | None:
    if not rules.test_rule("record a decision", person):
        return None
    return onward.Way(_("Record a decision about this"), f"{reverse('decisions:decide')}?because={step.uuid}")


def _open_the_desk(person: Person | None, step: Step) -> onward.Way | None:
    """From the steps that ask for something to be done there."""
    if step.kind not in AT_THE_DESK or not rules.test_rule("see to answers", person):
        return None
    owed = AT_THE_DESK[step.kind].objects.filter(pk=step.subject.uuid).values_list("owed", flat=True).first()
    if owed is None:
        return None
    return onward.Way(_("Open it at the answering desk"), reverse("decisions:see_to", args=[owed]))


def _say_whose_words(person: Person | None, step: Step) -> onward.Way | None:
    """From the news that somebody was named, to where they can say so."""
    if person is None or step.kind != "decisions.dissent":
        return None
    dissent = queries.whose_to_say(person, on=clock.today()).filter(pk=step.subject.uuid).first()
    if dissent is None:
        return None
    return onward.Way(_("Say whether these are your words"), dissent.decision.get_absolute_url())


kinds.declare(
    "decisions.decision",
    title=_("A decision was made by %(who)s"),
    word=_("Decision"),
    stage="plan",
    words=_asked_and_decided,
    seen_by=_seen_by_whoever_recorded_it,
)
kinds.declare(
    "decisions.dissent",
    title=_("%(by)s wrote down that %(party)s did not agree"),
    word=_("Did not agree"),
    stage="plan",
    words=lambda ids: Dissent.objects.filter(pk__in=ids).values_list("pk", shown("words")),
    seen_by=_seen_beside_the_decision,
)
kinds.declare(
    "decisions.own_word",
    title=_("%(party)s: %(said)s"),
    word=_("Whose words"),
    stage="plan",
    labels={"said": Whose},
    seen_by=_seen_beside_the_decision,
)
kinds.declare(
    "decisions.asked",
    title=_("%(party)s was asked to agree"),
    word=_("Agreement asked for"),
    stage="plan",
    seen_by=_seen_by_whoever_was_asked,
)
kinds.declare(
    "decisions.assent",
    title=_("%(party)s: %(stance)s"),
    word=_("Agreement"),
    stage="plan",
    words=lambda ids: Assent.objects.filter(pk__in=ids).values_list("pk", shown("words")),
    labels={"stance": Stance},
    seen_by=_seen_by_the_party,
)
kinds.declare(
    "decisions.owed",
    title=_("An answer was promised"),
    word=_("Answer promised"),
    stage="understand",
    seen_by=_seen_where_it_was_promised,
)
kinds.declare(
    "decisions.written",
    title=_("An answer was written and has to be checked: %(about)s"),
    word=_("Answer written"),
    stage="understand",
    seen_by=_seen_at_the_desk,
)
kinds.declare(
    "decisions.sent_back",
    title=_("An answer went back to its writer with a note: %(about)s"),
    word=_("Sent back"),
    stage="understand",
    words=lambda ids: SentBack.objects.filter(pk__in=ids).values_list("pk", shown("words")),
    seen_by=_seen_by_the_writer,
)
kinds.declare(
    "decisions.answer",
    title=_("An answer was given. %(reason)s"),
    word=_("Answer"),
    stage="understand",
    words=lambda ids: Answer.objects.filter(pk__in=ids).values_list("pk", shown("words")),
    labels={"reason": ReasonCode},
    seen_by=_seen_where_it_was_answered,
)
kinds.declare(
    "decisions.reply",
    title=_("Somebody replied to the answer"),
    word=_("Reply"),
    stage="understand",
    words=lambda ids: Reply.objects.filter(pk__in=ids).values_list("pk", shown("words")),
    seen_by=_seen_by_who_replied,
)
kinds.declare(
    "decisions.reopened",
    title=_("Somebody said “that is not what I meant”. The answer is owed once more"),
    word=_("Owed once more"),
    stage="understand",
    seen_by=_seen_where_it_was_promised,
)
kinds.declare(
    "decisions.reminded",
    title=_("Somebody was reminded of an answer"),
    word=_("Reminder"),
    stage="understand",
    seen_by=_seen_at_the_desk,
)
onward.offer(_record_a_decision)
onward.offer(_open_the_desk)
onward.offer(_say_whose_words)
kinds.name_by("decisions", "decision", lambda ids: Decision.objects.filter(pk__in=ids).values_list("pk", "question"))
kinds.name_by("decisions", "owed", lambda ids: Owed.objects.filter(pk__in=ids).values_list("pk", "title"))
