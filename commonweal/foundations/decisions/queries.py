"""Questions about decisions and answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from commonweal.foundations.calendar.days import Nation
from commonweal.foundations.notices.models import Link
from commonweal.foundations.organisations import queries as organisations
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person, Role
from commonweal.foundations.places.models import Place
from commonweal.foundations.thread.models import Audience, Step
from commonweal.foundations.verbs import clock
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref

from .models import (
    Answer,
    Asking,
    Assent,
    Assignment,
    Decision,
    Dissent,
    Draft,
    Extension,
    Interest,
    Owed,
    OwedLine,
    Reply,
)
from .policy import day_of
from .rules import keys_in, works_at_the_desk

#: Whose part in a decision is a public one.
OFFICES = (Role.Kind.CONVENOR, Role.Kind.COMMISSIONER, Role.Kind.COUNCILLOR, Role.Kind.PARTNER)


@dataclass(frozen=True)
class AnswerRate:
    """How a body keeps its word: of the answers that were due, how many came, and how many came by the first date."""

    due: int
    answered: int
    answered_by_first_date: int
    overdue: int

    @property
    def share(self) -> Fraction | None:
        """None when nothing was due yet: a rate of nothing cannot be known."""
        return Fraction(self.answered, self.due) if self.due else None


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for a person: what it is, where they do it, until when."""

    what: str
    page: str
    args: tuple[UUID, ...]
    due_on: date | None
    step: Step | None = None


# -- decisions and assents


def decisions_for(person: Person | None) -> QuerySet[Decision]:
    """Public decisions, the newest first; for those at the desk, and for whoever recorded it, exempt ones too."""
    seen = Q(is_public=True)
    if person is not None:
        seen = Q() if works_at_the_desk(person) else seen | Q(recorded_by=person.ref)
    return Decision.objects.filter(seen).order_by("-decided_on", "-recorded_at", "pk")


def decision_for(person: Person | None, uuid: UUID) -> Decision:
    """The one accessor."""
    return decisions_for(person).select_related("reasons", "step").get(pk=uuid)


def bodies() -> list[tuple[str, str]]:
    """Who can decide: every organisation, to choose from."""
    known = Organisation.objects.order_by("name", "pk").values_list("pk", "name")
    return [(str(Ref("organisations", "organisation", id)), name) for id, name in known]


def office_holders(on: date) -> list[tuple[str, str]]:
    """People who sit where decisions are made, to choose from. Who they are is public: they act in an office."""
    held = Role.objects.filter(Q(until_on=None) | Q(until_on__gt=on), kind__in=OFFICES, from_on__lte=on)
    people = Person.objects.filter(pk__in=held.values("person"), erased_at=None).order_by("name", "pk")
    return [(str(person.ref), person.public_name) for person in people if person.public_name]


def assents_of(subject: Record | Ref) -> QuerySet[Assent]:
    """All that was said about the subject, by anybody, earlier stances too."""
    return Assent.objects.filter(subject=subject).select_related("words", "person", "link")


def current_assents(subject: Record | Ref) -> QuerySet[Assent]:
    """What each party said last: that is what counts."""
    later = Assent.objects.filter(subject=OuterRef("subject"), party=OuterRef("party"), number__gt=OuterRef("number"))
    return assents_of(subject).filter(~Exists(later)).order_by("at", "pk")


def askings_of(subject: Record | Ref) -> QuerySet[Asking]:
    """Who was asked; those who must carry it out first."""
    return Asking.objects.filter(subject=subject).order_by("-asks_implementer", "asked_at", "pk")


def unanswered_askings(subject: Record | Ref) -> QuerySet[Asking]:
    return _unanswered(askings_of(subject))


def speaks_for(person: Person | None, party: Ref, *, on: date) -> bool:
    """They are the party, or may give its word on that day."""
    if person is None:
        return False
    return party.ref == person.ref or party.ref in _acted_for_by(person, on)


def said_beside(decision: Decision) -> tuple[list[Dissent], list[Interest]]:
    """Who dissented, and who declared an interest."""
    return (
        list(Dissent.objects.filter(decision=decision).select_related("words").order_by("pk")),
        list(Interest.objects.filter(decision=decision).select_related("words").order_by("pk")),
    )


def askings() -> QuerySet[Asking]:
    return Asking.objects.select_related("step", "link")


def asking_for(person: Person | None, uuid: UUID) -> Asking:
    """The one accessor: what was asked in public, or of one's own party."""
    asking = askings().get(pk=uuid)
    if not _may_read(person, asking):
        raise Asking.DoesNotExist
    return asking


def assent_for(person: Person | None, uuid: UUID) -> Assent:
    assent = Assent.objects.select_related("step", "words").get(pk=uuid)
    if not _may_read(person, assent):
        raise Assent.DoesNotExist
    return assent


def _may_read(person: Person | None, record: Asking | Assent) -> bool:
    is_public = record.step.audience == Audience.PUBLIC
    return is_public or works_at_the_desk(person) or speaks_for(person, record.party, on=clock.today())


# -- what is owed


def owed_for(person: Person | None, uuid: UUID) -> Owed:
    """The one accessor: what is public, what one's own line is in, or anything for those at the desk."""
    return _visible(Owed.objects.select_related("because", "step"), person, "lines__person").get(pk=uuid)


def answer_for(person: Person | None, uuid: UUID) -> Answer:
    answers = Answer.objects.select_related("owed", "words", "step", "corrects", "corrected_by")
    return _visible(answers, person, "owed__lines__person").get(pk=uuid)


def open_owed() -> QuerySet[Owed]:
    """What is not answered yet, the longest overdue first."""
    return Owed.objects.exclude(state=Owed.State.ANSWERED).order_by("due_on", "owed_at", "pk")


def overdue(at: datetime) -> QuerySet[Owed]:
    return open_owed().filter(due_on__lt=day_of(at))


def owed_about(subject: Record | Ref) -> QuerySet[Owed]:
    return Owed.objects.filter(subject=subject).order_by("owed_at", "pk")


def answers_about(subject: Record | Ref) -> QuerySet[Answer]:
    """Published answers about a record, corrections after what they correct."""
    answers = Answer.objects.filter(owed__subject=subject, is_public=True).select_related("words", "owed")
    return answers.order_by("published_at", "pk")


def latest_answer(owed: Owed) -> Answer | None:
    return Answer.objects.filter(owed=owed, corrected_by=None).select_related("words").first()


def current_draft(owed: Owed) -> Draft | None:
    return Draft.objects.filter(owed=owed, is_current=True).select_related("words").first()


def current_assignment(owed: Owed) -> Assignment | None:
    return Assignment.objects.filter(owed=owed).select_related("link").order_by("-number").first()


def extensions_of(owed: Owed) -> QuerySet[Extension]:
    return Extension.objects.filter(owed=owed).select_related("words").order_by("number")


def lines_of(person: Person | None, owed: Owed) -> list[OwedLine]:
    """The person's own lines in what the answer covers."""
    if person is None:
        return []
    return list(OwedLine.objects.filter(owed=owed, person=person).select_related("step").order_by("pk"))


def first_lines(owed: Owed, *, at_most: int = 20) -> list[Step]:
    """The steps of the first contributions that the answer covers, for whoever writes it to read."""
    lines = OwedLine.objects.filter(owed=owed).select_related("step").order_by("step_id", "pk")[:at_most]
    return [line.step for line in lines]


def covers(owed: Owed) -> int:
    """How many contributions the answer covers."""
    return OwedLine.objects.filter(owed=owed).count()


def lines_to_reply_on(person: Person, answer: Answer) -> list[OwedLine]:
    """Own lines that were not replied on yet; at the desk everybody's, to key in what came on paper."""
    replied = Reply.objects.filter(answer=answer, line=OuterRef("pk"))
    lines = OwedLine.objects.filter(~Exists(replied), owed=answer.owed_id).select_related("step").order_by("pk")
    return list(lines[:200] if keys_in(person) else lines.filter(person=person))


def at_the_desk(state: str = "") -> QuerySet[Owed]:
    """What waits at the desk, the longest overdue first; of one state only, where one is named."""
    waiting = open_owed().select_related("because", "step")
    return waiting.filter(state=state) if state in Owed.State.values else waiting


def holders(rows: Sequence[Owed]) -> dict[UUID, str]:
    """Who was asked last to write each answer."""
    assigned = Assignment.objects.filter(owed__in=rows).select_related("link").order_by("number")
    return {each.owed_id: each.holder for each in assigned}


def replies_to(answer: Answer) -> QuerySet[Reply]:
    return Reply.objects.filter(answer=answer).select_related("words").order_by("at", "pk")


def answer_rate(at: datetime, *, since: datetime | None = None) -> AnswerRate:
    """How many of the answers whose first date has passed (since then) were given, and how many by that date."""
    due = Owed.objects.filter(Q(first_due_on__lt=day_of(at)) | Q(state=Owed.State.ANSWERED), owed_at__lte=at)
    if since is not None:
        due = due.filter(owed_at__gte=since)
    counts = due.annotate(answered_on=TruncDate("answered_at")).aggregate(
        due=Count("pk"),
        answered=Count("pk", filter=Q(answered_at__lte=at)),
        in_time=Count("pk", filter=Q(answered_at__lte=at, answered_on__lte=F("first_due_on"))),
        overdue=Count("pk", filter=Q(due_on__lt=day_of(at)) & (Q(answered_at=None) | Q(answered_at__gt=at))),
    )
    return AnswerRate(counts["due"], counts["answered"], counts["in_time"], counts["overdue"])


def anything_owed_before(at: datetime) -> bool:
    return Owed.objects.filter(owed_at__lt=at).exists()


def reasons_given() -> dict[str, int]:
    """How often each reason was given in answers that stand."""
    standing = Answer.objects.filter(corrected_by=None, is_public=True)
    counts = standing.values("reason_code").annotate(count=Count("pk")).order_by("reason_code")
    return {row["reason_code"]: row["count"] for row in counts}


def is_drafter(person: Person, draft: Draft) -> bool:
    """Also when they wrote it with a link that was sent to their own address."""
    if draft.drafted_by == person.ref:
        return True
    link = Link.objects.filter(pk=draft.drafted_by.uuid).first() if draft.drafted_by.kind == "link" else None
    return link is not None and bool(person.email) and link.email.lower() == person.email.lower()


# -- what waits for a person


def waiting_for(person: Person, at: datetime) -> list[Waiting]:
    """What waits for the person here, oldest due first: answers to see to, agreement that is asked of theirs."""
    waiting = _asked_of(person, at)
    if keys_in(person):
        waiting += [
            Waiting(str(Owed.State(owed.state).label), "decisions:see_to", (owed.pk,), owed.due_on, owed.because)
            for owed in open_owed().select_related("because")[:50]
        ]
    return sorted(waiting, key=lambda each: (each.due_on is None, each.due_on or date.max))


def _asked_of(person: Person, at: datetime) -> list[Waiting]:
    parties = _acted_for_by(person, day_of(at))
    if not parties:
        return []
    asked = _unanswered(Asking.objects.filter(party__in=parties)).select_related("step")
    return [
        Waiting(_("Say whether you agree"), "decisions:asking", (asking.pk,), None, asking.step)
        for asking in asked.order_by("asked_at")[:50]
    ]


# -- inside


def nation() -> str:
    place = Place.objects.first()
    return place.nation if place is not None else Nation.ENGLAND


def person_of(ref: Ref) -> Person | None:
    if (ref.room, ref.kind) != ("people", "person"):
        return None
    return Person.objects.filter(pk=ref.uuid).first()


def _visible(records: QuerySet[Any], person: Person | None, own_line: str) -> QuerySet[Any]:
    if works_at_the_desk(person):
        return records
    own = Q() if person is None else Q(**{own_line: person})
    return records.filter(Q(is_public=True) | own if person else Q(is_public=True)).distinct()


def _acted_for_by(person: Person, on: date) -> list[Ref]:
    return [organisation.ref for organisation in organisations.organisations_acted_for(person, on=on)]


def _unanswered(askings: QuerySet[Asking]) -> QuerySet[Asking]:
    said = Assent.objects.filter(subject=OuterRef("subject"), party=OuterRef("party"), at__gte=OuterRef("asked_at"))
    return askings.filter(~Exists(said))
