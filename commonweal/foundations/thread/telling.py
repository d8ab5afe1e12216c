"""Steps told in words, in the reader's language, for the person who looks.

However many steps there are, and of whatever kinds, their names and quoted words cost one question (a UNION of the
rooms' own questions). A step that is not public is one of:

    audience PARTIES    'a step that is not public', without kind or date, unless the kind says the person may see it
    audience PLAN       nothing at all, unless the kind says so
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, QuerySet, Value
from django.utils.translation import gettext as _

from commonweal.foundations.audit import wording
from commonweal.foundations.verbs.refs import Ref
from commonweal.methods.quantities import Minutes, Money

from . import kinds
from .models import Audience, Step

#: (what for, id) → text. What for is a Ref's 'room:kind', or a kind of step whose words are quoted.
Texts = dict[tuple[str, UUID], wording.Said]


@dataclass(frozen=True)
class Line:
    """One step as a reader sees it. A hidden one has a title and nothing else."""

    title: str
    #: With the language that it was written in.
    quote: wording.Said = wording.Said()
    word: str = ""
    stage: str = ""
    at: datetime | None = None
    uuid: UUID | None = None
    page: str | None = None
    is_public: bool = True

    @property
    def is_hidden(self) -> bool:
        return self.uuid is None


@dataclass(frozen=True)
class Stretch:
    """Lines that follow one another in one stage of the cycle."""

    stage: str
    lines: list[Line]


def stretches(lines: Iterable[Line]) -> list[Stretch]:
    """A story in its own order, cut where it goes from one stage to the next. A hidden line cuts nothing."""
    cut: list[Stretch] = []
    for line in lines:
        if not cut or line.stage not in ("", cut[-1].stage):
            cut.append(Stretch(line.stage, []))
        cut[-1].lines.append(line)
    return cut


def lines(steps: Sequence[Step], *, person: Any = None) -> list[Line]:
    """Tell the steps to a person (None: to anybody). Two questions at most, and what `seen_by` asks."""
    return told_apart([steps], person=person)[0]


def told_apart(groups: Sequence[Sequence[Step]], *, person: Any = None) -> list[list[Line]]:
    """Several groups of steps, told with the questions of one."""
    every = [step for group in groups for step in group]
    seen = _seen(every, person)
    texts = _texts([step for step in every if step.pk in seen])
    return [_told(group, seen, texts) for group in groups]


def title(step: Step) -> str:
    """The title of one step, for a message to somebody who may see it."""
    return _title(step, _texts([step]))


def _seen(steps: Sequence[Step], person: Any) -> set[int]:
    seen = {step.pk for step in steps if step.audience == Audience.PUBLIC}
    closed: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        if step.audience != Audience.PUBLIC:
            closed[step.kind].append(step)
    for name, group in closed.items():
        seen_by = kinds.kind(name).seen_by
        if person is not None and seen_by is not None:
            seen |= seen_by(person, group)
    return seen


def _told(steps: Sequence[Step], seen: set[int], texts: Texts) -> list[Line]:
    told = (_line(step, texts) if step.pk in seen else _hidden(step) for step in steps)
    return [line for line in told if line is not None]


def _hidden(step: Step) -> Line | None:
    if step.audience == Audience.PLAN:
        return None
    return Line(title=_("A step that is not public"), is_public=False)


def _line(step: Step, texts: Texts) -> Line:
    kind = kinds.kind(step.kind)
    return Line(
        title=_title(step, texts),
        quote=texts.get((step.kind, step.subject.uuid), wording.Said()),
        word=str(kind.word),
        stage=kind.stage,
        at=step.at,
        uuid=step.uuid,
        page=step.subject.page,
        is_public=step.audience == Audience.PUBLIC,
    )


def _title(step: Step, texts: Texts) -> str:
    kind = kinds.kind(step.kind)
    return str(kind.title) % {name: _said(value, kind.labels.get(name), texts) for name, value in step.params.items()}


def _said(value: Any, labels: Any, texts: Texts) -> str:
    match value:
        case {"ref": text}:
            ref = Ref.parse(text)
            return texts.get((f"{ref.room}:{ref.kind}", ref.uuid)) or _("someone")
        case {"pence": pence}:
            return str(Money(pence))
        case {"minutes": minutes}:
            return str(Minutes(minutes))
        case str() if labels is not None:
            return str(labels(value).label)
        case _:
            return str(value)


def _texts(steps: Iterable[Step]) -> Texts:
    """Every name and every quoted word that these steps need, in one question."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    askers: dict[str, kinds.Texts] = {}
    for step in steps:
        if (words := kinds.kind(step.kind).words) is not None:
            wanted[step.kind].add(step.subject.uuid)
            askers[step.kind] = words
        for ref in _refs(step.params):
            if (namer := kinds.namer(ref.room, ref.kind)) is not None:
                wanted[f"{ref.room}:{ref.kind}"].add(ref.uuid)
                askers[f"{ref.room}:{ref.kind}"] = namer
    questions: list[QuerySet[Any, Any]] = [
        askers[what](ids).annotate(told_of=Value(what, output_field=CharField())) for what, ids in wanted.items()
    ]
    if not questions:
        return {}
    first, *others = questions
    asked = first.union(*others, all=True) if others else first
    return {(what, id): wording.read(text) for id, text, what in asked if text}


def _refs(params: Mapping[str, Any]) -> list[Ref]:
    return [Ref.parse(value["ref"]) for value in params.values() if isinstance(value, dict) and "ref" in value]
