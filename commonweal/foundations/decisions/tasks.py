"""Reminders, on a schedule. What goes when a person is erased: what they wrote here in their own name. Answers and
decisions of a body stay.

And what they take with them: what they were owed and answered, what they said to it, and what they wrote for others.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.people import erasers, exporters
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.naming import names_of
from commonweal.foundations.work import schedules

from . import actions as decisions
from .models import Answer, Assent, Dissent, Draft, Interest, OwedLine, Reply, SentBack


@schedules.every(timedelta(minutes=15), "decisions.remind")
def remind(*, at: datetime) -> int:
    """Reminders of answers whose date comes near or is over."""
    return decisions.remind(at=at)


@erasers.register
def forget(person: Person, at: datetime) -> None:
    """Replies, and what they said or declared in their own name. What they said for an organisation is its own."""
    replies = Reply.objects.filter(person=person).values_list("words", flat=True)
    in_their_name = [kind.objects.filter(party=person.ref) for kind in (Assent, Dissent, Interest)]
    declared = [id for said in in_their_name for id in said.exclude(words=None).values_list("words", flat=True)]
    keyed_in = Assent.objects.filter(party=person.ref).exclude(on_word_of=None).values_list("on_word_of", flat=True)
    audit.forget_words([*replies, *declared, *keyed_in], at=at)


@exporters.register("decisions")
def everything_of(person: Person) -> dict[str, Any]:
    return {
        "answers owed to you": _owed_to(person),
        "replies": [
            {"at": each.at, "words": each.words.shown, "not what you meant": each.meant_otherwise}
            for each in Reply.objects.filter(person=person).select_related("words").order_by("at", "pk")
        ],
        "whether you agreed": _said_by(person),
        "did not agree with a decision": _in_the_name_of(Dissent, person),
        "interests declared": _in_the_name_of(Interest, person),
        "answers you wrote": [
            {"at": each.drafted_at, "reason": each.get_reason_code_display(), "words": each.words.shown}
            for each in _written_by(person)
        ],
        "notes you sent answers back with": [
            {"at": each.at, "about": each.owed.title, "words": each.words.shown}
            for each in SentBack.objects.filter(by=person.ref).select_related("words", "owed").order_by("at", "pk")
        ],
    }


def _written_by(person: Person) -> QuerySet[Draft]:
    """Also with a link to their own address."""
    drafts = Draft.objects.filter(Q(drafted_by=person.ref) | Q(writer=person.ref))
    return drafts.select_related("words").order_by("drafted_at", "pk")


def _owed_to(person: Person) -> list[dict[str, Any]]:
    """Each line of theirs with the answer that stands, where there is one."""
    lines = OwedLine.objects.filter(person=person).select_related("owed").order_by("owed__owed_at", "pk")
    standing = Answer.objects.filter(owed__lines__person=person, corrected_by=None).select_related("words").distinct()
    answers = {answer.owed_id: answer for answer in standing}
    return [
        {
            "about": line.owed.title,
            "promised at": line.owed.owed_at,
            "due on": line.owed.due_on,
            "how it stands": line.owed.get_state_display(),
            "answer": _told(answers.get(line.owed_id)),
        }
        for line in lines
    ]


def _told(answer: Answer | None) -> dict[str, Any] | None:
    if answer is None:
        return None
    return {"at": answer.published_at, "reason": answer.get_reason_code_display(), "words": answer.words.shown}


def _said_by(person: Person) -> list[dict[str, Any]]:
    said = Assent.objects.filter(Q(person=person) | Q(party=person.ref)).select_related("words").order_by("at", "pk")
    names = names_of(each.party for each in said)
    return [
        {
            "for": names[each.party],
            "on": each.given_on,
            "what": each.get_stance_display(),
            "words": each.words.shown if each.words else "",
        }
        for each in said
    ]


def _in_the_name_of(kind: type[Dissent] | type[Interest], person: Person) -> list[dict[str, Any]]:
    said = kind.objects.filter(party=person.ref).select_related("words", "decision").order_by("decision__decided_on")
    names = names_of(each.decision.recorded_by for each in said)
    return [
        {
            "decision": each.decision.question,
            "words": each.words.shown,
            "written down by": names[each.decision.recorded_by],
        }
        for each in said
    ]
