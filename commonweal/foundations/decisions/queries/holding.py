"""Who has an answer in hand by name, and who can take it on, as those at the desk see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeGuard
from uuid import UUID

from django.utils.text import get_text_list
from django.utils.translation import gettext

from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.naming import names_of
from commonweal.foundations.verbs.refs import Ref

from ..models import Assignment, Draft, Owed, SentBack
from .answering import is_drafter, keepers


@dataclass(frozen=True)
class Holding:
    """Where an answer is: with whoever was asked last to write it, or with all who can check or publish the draft."""

    #: Asked to write it, or to write it anew; nobody when empty.
    holder: str = ""
    since: datetime | None = None
    #: Wrote the draft that waits.
    writer: str = ""
    #: Can go on with that draft: check it, or publish it once it is checked.
    can_go_on: tuple[str, ...] = ()

    @property
    def names(self) -> str:
        """Those who can go on with it, as in 'Ann, Ben or Cai'."""
        return get_text_list(list(self.can_go_on), gettext("or"))


def holdings(rows: Sequence[Owed], *, on: date) -> dict[UUID, Holding]:
    """For a page of promises, in the questions of one."""
    assigned, returned = last_assigned(rows), last_returned(rows)
    drafts = {each.owed_id: each for each in Draft.objects.filter(owed__in=rows, is_current=True)}
    names = names_of([*(each.drafted_by for each in drafts.values()), *(each.to for each in returned.values())])
    people = keepers(on) if drafts else []
    return {
        owed.pk: _with_the_draft(draft, names, people)
        if (draft := drafts.get(owed.pk)) is not None
        else _with_whoever_was_asked(assigned.get(owed.pk), returned.get(owed.pk), names)
        for owed in rows
    }


def last_assigned(rows: Sequence[Owed]) -> dict[UUID, Assignment]:
    assigned = Assignment.objects.filter(owed__in=rows).select_related("link").order_by("number")
    return {each.owed_id: each for each in assigned}


def last_returned(rows: Sequence[Owed]) -> dict[UUID, SentBack]:
    returned = SentBack.objects.filter(owed__in=rows).select_related("draft").order_by("number")
    return {each.owed_id: each for each in returned}


def is_back(returned: SentBack | None, assignment: Assignment | None) -> TypeGuard[SentBack]:
    """It went back after somebody was asked last. What goes back to the holder of a link asks them anew."""
    return returned is not None and (assignment is None or assignment.at < returned.at)


def _with_the_draft(draft: Draft, names: dict[Ref, str], people: Sequence[Person]) -> Holding:
    """Whoever wrote it can publish it once somebody else has checked it, but not check it."""
    able = [person for person in people if draft.cleared_at is not None or not is_drafter(person, draft)]
    return Holding(
        since=draft.cleared_at or draft.drafted_at,
        writer=names[draft.drafted_by],
        can_go_on=tuple(str(person) for person in able),
    )


def _with_whoever_was_asked(assignment: Assignment | None, returned: SentBack | None, names: dict[Ref, str]) -> Holding:
    """The last of the two counts."""
    if is_back(returned, assignment):
        return Holding(holder=names[returned.to], since=returned.at)
    return Holding(holder=assignment.holder, since=assignment.at) if assignment is not None else Holding()
