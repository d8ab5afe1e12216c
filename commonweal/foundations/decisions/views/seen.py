"""The records that pages load, as far as whoever looks may see them today."""

from __future__ import annotations

from uuid import UUID

from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs.clock import today

from .. import queries
from ..models import Answer, Asking, Assent, Owed


def owed(person: Person | None, uuid: UUID) -> Owed:
    return queries.owed_for(person, uuid, on=today())


def answer(person: Person | None, uuid: UUID) -> Answer:
    return queries.answer_for(person, uuid, on=today())


def asking(person: Person | None, uuid: UUID) -> Asking:
    return queries.asking_for(person, uuid, on=today())


def assent(person: Person | None, uuid: UUID) -> Assent:
    return queries.assent_for(person, uuid, on=today())
