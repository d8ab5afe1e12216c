"""The kinds of step, as their rooms declare them in `steps.py` (found by autodiscovery).

    thread.kinds.declare(
        "dialogue.contribution",
        title=_("%(person)s made a suggestion"),
        words=lambda ids: Contribution.objects.filter(pk__in=ids).values_list("pk", "words__text"),
    )

A title is filled from the step's params: Refs become names, amounts are written out. `names` of people and
organisations, and the `words` a step quotes, are asked for in one question for a whole page.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise

#: Ids in, a queryset of exactly two columns out: the id and the text to show for it.
Texts = Callable[[Collection[UUID]], "QuerySet[Any, Any]"]


@dataclass(frozen=True)
class Kind:
    """What a step of one kind says."""

    name: str
    title: str | Promise
    #: Residents' everyday word for the kind of event, for lists and filters.
    word: str | Promise = ""
    #: The stage of the cycle it belongs to: understand, plan, do or review.
    stage: str = ""
    words: Texts | None = None
    #: A story stops where the next one opens, unless asked to go on.
    opens_a_story: bool = False


_kinds: dict[str, Kind] = {}
_namers: dict[tuple[str, str], Texts] = {}


def declare(name: str, **meaning: Any) -> Kind:
    if name in _kinds:
        raise ValueError(f"the kind {name} is declared twice")
    _kinds[name] = Kind(name, **meaning)
    return _kinds[name]


def name_by(room: str, kind: str, texts: Texts) -> None:
    """Say how a record of (room, kind) is called in a title."""
    _namers[room, kind] = texts


def kind(name: str) -> Kind:
    return _kinds[name]


def all_kinds() -> tuple[Kind, ...]:
    return tuple(_kinds.values())


def openings() -> tuple[str, ...]:
    return tuple(kind.name for kind in _kinds.values() if kind.opens_a_story)


def namer(room: str, kind: str) -> Texts | None:
    return _namers.get((room, kind))
