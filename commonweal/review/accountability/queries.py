"""Questions of the public account: asked of the other rooms, put side by side."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.foundations.decisions import queries as decisions
from commonweal.foundations.decisions.models import ReasonCode
from commonweal.plan.outcomes import queries as outcomes
from commonweal.plan.outcomes.models import Indicator, Outcome, Reading


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
