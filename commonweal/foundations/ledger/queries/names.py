"""How people and bodies are called."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs.refs import Ref


def names_of(refs: Collection[Ref]) -> dict[Ref, str]:
    """How people and bodies are called, in two questions at most."""
    names: dict[Ref, str] = {}
    by_kind = {(ref.room, ref.kind) for ref in refs}
    if ("people", "person") in by_kind:
        names |= {each.ref: str(each) for each in Person.objects.filter(pk__in=ids(refs, "person"))}
    if ("organisations", "organisation") in by_kind:
        names |= {each.ref: str(each) for each in Organisation.objects.filter(pk__in=ids(refs, "organisation"))}
    return names


def ids(refs: Collection[Ref], kind: str) -> list[UUID]:
    return [ref.uuid for ref in refs if ref.kind == kind]
