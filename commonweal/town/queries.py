"""Questions about the demonstration place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from commonweal.foundations.organisations.models import Membership
from commonweal.foundations.people.models import Person


@dataclass(frozen=True)
class Role:
    """Somebody of the story whom a visitor can be, and in what part."""

    person: Person
    parts: list[Any]


def people_to_be() -> list[Role]:
    """The invented people who have a sign-in, those with a role first."""
    people = Person.objects.filter(is_invented=True, erased_at=None, sign_in__isnull=False).prefetch_related("roles")
    belongings: dict[Any, list[Any]] = {}
    for membership in Membership.objects.select_related("organisation").filter(until_on=None):
        belongings.setdefault(membership.person_id, []).append(membership.organisation)
    found = [
        Role(person, [*(role.get_kind_display() for role in person.roles.all()), *belongings.get(person.pk, [])])
        for person in people.order_by("name")
    ]
    return sorted(found, key=lambda role: not role.parts)
