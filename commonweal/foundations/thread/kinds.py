"""The kinds of step, as their rooms declare them in `steps.py` (found by autodiscovery).

    kinds.declare(
        "dialogue.contribution",
        title=_("%(person)s made a suggestion"),
        word=_("Suggestion"),
        stage="understand",
        words=lambda ids: Contribution.objects.filter(pk__in=ids).values_list("pk", shown("words")),
    )

A title is filled from the step's params: Refs become names, amounts are written out, codes become their labels. The
names and the words that a whole page of steps needs are asked for in one question (see `telling.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise

from commonweal.foundations.look.templatetags.look import day

if TYPE_CHECKING:
    from .models import Step

#: Ids in, a queryset of exactly two columns out: the id and the text to show for it.
Texts = Callable[[Collection[UUID]], "QuerySet[Any, Any]"]
#: The person who looks (None for a stranger) and steps that are not public in, ids of those they may see out.
SeenBy = Callable[[Any, "Sequence[Step]"], "set[int]"]


@dataclass(frozen=True)
class Day:
    """A day in a title, in the reader's language, for `labels`. The step's own date is when it was written down."""

    iso: str

    @property
    def label(self) -> str:
        return day(date.fromisoformat(self.iso))


STAGES = ("understand", "plan", "do", "review")


@dataclass(frozen=True)
class Kind:
    """What a step of one kind says, and to whom."""

    name: str
    title: str | Promise
    #: Everyday word for what happened, for lists.
    word: str | Promise = ""
    #: Where it stands in the cycle.
    stage: str = "understand"
    #: The words that a step of this kind quotes, by its subject's id.
    words: Texts | None = None
    #: For params that hold a code: the choices that say it in words.
    labels: Mapping[str, Any] = field(default_factory=dict)
    #: Who sees a step of this kind that is not public; nobody where it is not said.
    seen_by: SeenBy | None = None
    #: A story stops where the next one opens, unless it is asked to go on.
    opens_a_story: bool = False

    @property
    def room(self) -> str:
        return self.name.partition(".")[0]


_kinds: dict[str, Kind] = {}
_namers: dict[tuple[str, str], Texts] = {}


def declare(name: str, **meaning: Any) -> Kind:
    kind = Kind(name, **meaning)
    if name in _kinds:
        raise ValueError(f"the kind {name} is declared twice")
    if kind.stage not in STAGES:
        raise ValueError(f"{name}: {kind.stage} is not a stage of the cycle")
    _kinds[name] = kind
    return kind


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
