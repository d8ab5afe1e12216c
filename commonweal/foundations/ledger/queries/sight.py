"""One record, for whoever may look at it."""

from __future__ import annotations

from typing import Any

from commonweal.foundations.people.models import Person

from ..rules import looks_into_all, may_look


def seen(person: Person | None, record: Any, kind: Any) -> Any:
    """The record, if this person may look at it; else as if there were none."""
    if looks_into_all(person) or may_look(person, record):
        return record
    raise kind.DoesNotExist
