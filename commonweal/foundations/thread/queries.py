"""Questions to the thread. Each is one recursive question to the database, on both engines.

    roots(step)    what it came from
    fruits(step)   what came of it
    story(step)    what it came from, and all that came of that

A story stops where the next conversation opens (that opening is its last line) unless it is asked to go `beyond`. The
answer is a `Story`: the ids in order, so that a page can show fifty of ten thousand without loading the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, overload

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref

from . import kinds
from .models import Audience, Cause, Following, Step

# A step's kind and date are asked for one step at a time, never by a join: either engine would read the whole table
# for one.
# CROSS JOIN, because SQLite then walks in the order written: from the step in hand.
#: Steps of a kind that opens a story end it there.
_WITHIN = "(SELECT kind FROM thread_step AS s WHERE s.id = {walk}.id) NOT IN ({openings})"

_UP = """
up(id) AS (
    SELECT CAST(%(start)s AS bigint)
    UNION
    SELECT c.cause_id FROM up CROSS JOIN thread_cause AS c WHERE c.effect_id = up.id AND {within_up}
)"""

_DOWN = """
down(id) AS (
    SELECT {seed}
    UNION
    SELECT c.effect_id FROM down CROSS JOIN thread_cause AS c
    WHERE c.cause_id = down.id AND (down.id = %(start)s OR {within_down})
)"""

_FROM_THE_STEP = "CAST(%(start)s AS bigint)"
_FROM_ALL_ABOVE = "up.id FROM up WHERE up.id = %(start)s OR {within_up}"


NAMED = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Story(Sequence[Step]):
    """Steps in the order in which they happened; their rows are loaded when they are asked for."""

    ids: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, at: int) -> Step: ...
    @overload
    def __getitem__(self, at: slice) -> list[Step]: ...
    def __getitem__(self, at: int | slice) -> Step | list[Step]:
        if isinstance(at, int):
            return Step.objects.get(pk=self.ids[at])
        wanted = self.ids[at]
        found = Step.objects.in_bulk(wanted)
        return [found[id] for id in wanted]

    def __iter__(self) -> Iterator[Step]:
        return iter(self[:])


def story(step: Step, *, beyond: bool = False) -> Story:
    """What the step came from, and all that came of that, oldest first."""
    walk = f"{_UP}, {_DOWN.replace('{seed}', _FROM_ALL_ABOVE)}"
    return _walk(walk, "SELECT id FROM up UNION SELECT id FROM down", step, beyond)


def roots(step: Step, *, beyond: bool = False) -> Story:
    """What the step came from, oldest first, itself left out."""
    return _without(step, _walk(_UP, "SELECT id FROM up", step, beyond))


def root_ids(step: Step) -> RawSQL:
    """The same and the step itself, inside another room's question: `filter(step__in=thread.root_ids(step))`."""
    question, given = _question(_UP, "SELECT id FROM up", step, beyond=False)
    return RawSQL(NAMED.sub("%s", question), [given[name] for name in NAMED.findall(question)])  # noqa: S611


def fruits(step: Step, *, beyond: bool = False) -> Story:
    """What came of the step, oldest first, itself left out."""
    walk = _DOWN.replace("{seed}", _FROM_THE_STEP)
    return _without(step, _walk(walk, "SELECT id FROM down", step, beyond))


def unfollowed(kind: str, room: str) -> QuerySet[Step]:
    """Steps of the kind that the room has not taken up yet, oldest first."""
    taken_up = Following.objects.filter(step=OuterRef("pk"), room=room)
    return Step.objects.filter(~Exists(taken_up), kind=kind).order_by("id")


def step_of(subject: Record | Ref) -> Step | None:
    """The step with which a record entered the thread."""
    return Step.objects.filter(subject=subject.ref).order_by("id").first()


def steps_about(subject: Record | Ref) -> QuerySet[Step]:
    return Step.objects.filter(subject=subject.ref).order_by("at", "id")


def neighbours(step: Step, *, most: int = 20) -> tuple[list[Step], list[Step]]:
    """The first steps that caused it, and the first that it caused, each oldest first. The story holds them all."""
    before = Cause.objects.filter(effect=step).select_related("cause").order_by("cause__at", "cause_id")[:most]
    after = Cause.objects.filter(cause=step).select_related("effect").order_by("effect__at", "effect_id")[:most]
    return [edge.cause for edge in before], [edge.effect for edge in after]


def grown_from(steps: Iterable[Step], *, stage: str, most: int = 20) -> list[Step]:
    """What was begun in a later stage because of these very steps, oldest first: its rooms are known by their kinds."""
    names = [kind.name for kind in kinds.all_kinds() if kind.stage == stage]
    grown = Step.objects.filter(causes__in=[step.pk for step in steps], kind__in=names)
    return list(grown.order_by("at", "id").distinct()[:most])


def latest_public(count: int) -> list[Step]:
    return list(Step.objects.filter(audience=Audience.PUBLIC).order_by("-at", "-id")[:count])


def _walk(walk: str, ids: str, step: Step, beyond: bool) -> Story:
    question, given = _question(walk, ids, step, beyond)
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        return Story(tuple(id for (id,) in cursor.fetchall()))


def _question(walk: str, ids: str, step: Step, beyond: bool) -> tuple[str, dict[str, Any]]:
    openings = {} if beyond else {f"opening{number}": name for number, name in enumerate(kinds.openings())}
    names = ", ".join(f"%({name})s" for name in openings)
    for way in ("up", "down"):
        within = _WITHIN.format(walk=way, openings=names) if openings else "1 = 1"
        walk = walk.replace(f"{{within_{way}}}", within)
    question = (
        f"WITH RECURSIVE {walk} "  # noqa: S608  (only our own constants go in)
        f"SELECT id FROM ({ids}) AS found ORDER BY (SELECT at FROM thread_step AS s WHERE s.id = found.id), id"
    )
    return question, {"start": step.pk, **openings}


def _without(step: Step, story: Story) -> Story:
    return Story(tuple(id for id in story.ids if id != step.pk))
