"""Questions of the public account: asked of the other rooms, put side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from commonweal.foundations.decisions import queries as decisions
from commonweal.foundations.decisions.models import ReasonCode
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import queries as thread
from commonweal.foundations.thread import telling
from commonweal.foundations.thread.models import Step
from commonweal.foundations.thread.queries import Story
from commonweal.plan.outcomes import queries as outcomes
from commonweal.plan.outcomes.models import Indicator, Outcome, Reading

#: How much of a story is shown: all of it, what a step came from, what came of it.
PARTS = {"all": thread.story, "before": thread.roots, "after": thread.fruits}


def step_for(person: Person | None, uuid: UUID) -> Step:
    """A step that this person may see, or there is none."""
    step = Step.objects.get(uuid=uuid)
    told = telling.lines([step], person=person)
    if not told or told[0].is_hidden:
        raise Step.DoesNotExist
    return step


def part_of_story(step: Step, part: str, *, beyond: bool) -> Story:
    return PARTS.get(part, thread.story)(step, beyond=beyond)


@dataclass(frozen=True)
class Stretch:
    """Lines that follow one another in one stage of the cycle."""

    stage: str
    lines: Sequence[telling.Line]


def stretches(lines: Iterable[telling.Line]) -> list[Stretch]:
    """The story in its own order, cut where it goes from one stage to another. A hidden line cuts nothing."""
    stage = ""
    told: list[tuple[str, telling.Line]] = []
    for line in lines:
        stage = line.stage or stage
        told.append((stage, line))
    return [
        Stretch(stage, [line for _stage, line in group]) for stage, group in groupby(told, key=lambda pair: pair[0])
    ]


def reasons_in_words() -> list[tuple[str, int]]:
    """Why answers were as they were, the most frequent first."""
    given = decisions.reasons_given()
    return [(str(ReasonCode(code).label), given[code]) for code in sorted(given, key=lambda code: (-given[code], code))]


@dataclass(frozen=True)
class Result:
    """One indicator as it stands: where it began, what was read last, and how sure we are of the cause."""

    indicator: Indicator
    reading: Reading | None

    @property
    def rung(self) -> str:
        return str(self.reading.get_rung_display()) if self.reading else ""


def results(most: int = 20) -> list[tuple[Outcome, list[Result]]]:
    """What was agreed, with the last number of each indicator. Three questions."""
    return [
        (outcome, [_result(indicator) for indicator in outcome.indicators.all()])
        for outcome in outcomes.agreed_outcomes()[:most]
    ]


def _result(indicator: Indicator) -> Result:
    readings = list(indicator.readings.all())
    return Result(indicator, readings[-1] if readings else None)
