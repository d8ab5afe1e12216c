"""Questions about the demonstration place: whom a visitor can be, and what waits for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from commonweal.foundations.organisations.models import Membership
from commonweal.foundations.people.models import Person
from commonweal.front import day
from commonweal.understand.dialogue import queries as dialogue
from commonweal.understand.dialogue.queries import SaidLine


@dataclass(frozen=True)
class Role:
    """Somebody of the story whom a visitor can be, and in what part."""

    person: Person
    parts: list[Any]
    #: What waits for them on their own day, what is due first at the head.
    tasks: list[day.Task]
    #: Of what they said, the newest that still waits to hear.
    unheard: SaidLine | None

    @property
    def others(self) -> int:
        return max(len(self.tasks) - 1, 0)


def people_to_be(at: datetime) -> list[Role]:
    """The invented people who have a sign-in, those with a role first, each with what their own day holds now."""
    people = Person.objects.filter(is_invented=True, erased_at=None, sign_in__isnull=False).prefetch_related("roles")
    belongings: dict[Any, list[Any]] = {}
    for membership in Membership.objects.select_related("organisation").filter(until_on=None):
        belongings.setdefault(membership.person_id, []).append(membership.organisation)
    found = [
        Role(
            person,
            [*(role.get_kind_display() for role in person.roles.all()), *belongings.get(person.pk, [])],
            day.tasks_of(person, at),
            _unheard(person, at),
        )
        for person in people.order_by("name")
    ]
    return sorted(found, key=lambda role: not role.parts)


def _unheard(person: Person, at: datetime) -> SaidLine | None:
    said = dialogue.lines_of(dialogue.said_by(person)[:5], on=timezone.localdate(at))
    return next((line for line in said if line.is_waiting), None)
