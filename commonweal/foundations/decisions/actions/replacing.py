"""Other answers take over from what was promised: where a theme is split, or several are merged."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Audience, Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref
from commonweal.foundations.verbs.refusals import Refusal

from .. import queries
from ..models import Answer, Assignment, Extension, Owed, OwedLine, Succession
from .answering import ReplacedAlready
from .asking import assign
from .owing import AnsweredAlready


class AnswerIsWritten(Refusal):
    plainly = _("An answer to this is written already. Publish it, or send it back first.")


class NotAsPublic(Refusal):
    plainly = _("One of these is public and another is not. They cannot share an answer.")


class LinesLost(ValueError):
    """A fault of the caller, not of a person: some contribution would be owed nothing any more, or something new."""


@dataclass(frozen=True)
class Part:
    """One of the promises that take over: about what, under what name, and which contributions it covers."""

    subject: Record | Ref
    title: str
    contributions: Collection[Ref]
    #: The step that it was promised for.
    because: Step


@transaction.atomic
def replace(*, owed: Sequence[Owed], parts: Sequence[Part], by: Person, at: datetime) -> list[Owed]:
    """Let new promises take over from these, and lose nobody on the way.

    Each new one is owed since the first of the old ones, by the earliest of their dates. Whoever was asked to write, if
    one person alone was, gets a fresh link for the first part. What is answered or being checked stays as it is.

    Raises:
        LinesLost: the parts together do not cover exactly what the old ones covered.
    """
    old = list(Owed.objects.select_for_update().filter(pk__in=[each.pk for each in owed]).order_by("pk"))
    for each in old:
        _refuse_what_is_fixed(each)
    if len({each.is_public for each in old}) > 1:
        raise NotAsPublic(old)
    lines = {line.contribution: line for line in _lines(old)}
    covered = [ref for part in parts for ref in part.contributions]
    if set(covered) != set(lines) or any(not part.contributions for part in parts):
        raise LinesLost(f"{len(lines)} lines were owed an answer, {len(set(covered))} would be")
    asked = _take_back(old, by, at)
    Owed.objects.filter(pk__in=[each.pk for each in old]).update(state=Owed.State.REPLACED)
    new = [_promise(part, [lines[ref] for ref in dict.fromkeys(part.contributions)], old, by, at) for part in parts]
    Succession.objects.bulk_create([Succession(before=one, after=other, at=at) for one in old for other in new])
    if asked is not None:
        assign(owed=new[0], name=asked.link.name, email=asked.link.email, service=asked.service, by=by, at=at)
    return new


def _refuse_what_is_fixed(owed: Owed) -> None:
    if owed.state == Owed.State.REPLACED:
        raise ReplacedAlready(owed)
    if Answer.objects.filter(owed=owed).exists():
        raise AnsweredAlready(owed)
    if queries.current_draft(owed) is not None:
        raise AnswerIsWritten(owed)


def _lines(old: Sequence[Owed]) -> Sequence[OwedLine]:
    return list(OwedLine.objects.filter(owed__in=old).select_related("person", "step").order_by("step_id", "pk"))


def _promise(part: Part, lines: Sequence[OwedLine], old: Sequence[Owed], by: Person, at: datetime) -> Owed:
    """By the earliest of the old dates. Where that one was put off, the reason for it stays beside it."""
    first = min(old, key=lambda each: (each.first_due_on, each.pk))
    due_on = min(each.due_on for each in old)
    new = Owed(
        subject=part.subject.ref,
        title=part.title,
        owed_by=by.ref,
        owed_at=min(each.owed_at for each in old),
        first_due_on=first.first_due_on,
        due_on=due_on,
        is_public=first.is_public,
        because=part.because,
    )
    audience = Audience.PUBLIC if new.is_public else Audience.PARTIES
    causes = [part.because, *(each.step for each in old)]
    new.step = thread.record(kind="decisions.owed", subject=new, because=causes, at=at, audience=audience)
    new.save(force_insert=True)
    OwedLine.objects.bulk_create(
        OwedLine(owed=new, contribution=line.contribution, person=line.person, step=line.step) for line in lines
    )
    if due_on > new.first_due_on:
        _put_off_likewise(new, first)
    facts = {"due_on": due_on.isoformat(), "lines": len(lines), "text": audit.fingerprint(new.title)}
    facts["instead_of"] = " ".join(str(each.ref) for each in old)
    audit.enter(by=by, verb="decisions.owe", subject=new, at=at, facts=facts)
    return new


def _put_off_likewise(new: Owed, first: Owed) -> None:
    last = Extension.objects.filter(owed=first).order_by("-number").first()
    if last is not None:
        Extension.objects.create(
            owed=new, number=1, before=new.first_due_on, until=new.due_on, words=last.words, by=last.by, at=last.at
        )


def _take_back(old: Sequence[Owed], by: Person, at: datetime) -> Assignment | None:
    """Close the links of the old promises. Who held one, where it is one person and their link was open."""
    held = [each for owed in old if (each := queries.current_assignment(owed)) is not None and each.link.is_open_at(at)]
    for each in held:
        notices.withdraw(link=each.link, by=by, at=at)
    return held[0] if len({each.link.email for each in held if each.link.email}) == 1 else None
