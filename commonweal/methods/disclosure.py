"""Counts of people that tell nobody anything about one of them.

    protect([13, 8, 3, 0])     15, 10 and 0 are shown, 3 is hidden; about 30 in all

From 1 to 7 a count is hidden, any other is rounded to 5, as NHS England does with hospital figures. The total is made
from what is shown, each hidden count taken as the middle of what it can be: so nothing can be taken from the total
that the counts do not say already. Nought is shown: it counts nobody.

Not covered: the same people counted in two tables at once, and tables of one group on one day and the next. Count
them together, once a day.

Source: NHS England, Hospital Episode Statistics (HES) analysis guide, 'Small numbers'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: A count from one up to this is hidden.
HIDDEN_UP_TO = 7
ROUNDED_TO = 5
#: What a hidden count is taken for in a total.
MIDDLE = 4


class UnusableCounts(ValueError):
    """A count below nought counts nobody."""


@dataclass(frozen=True, slots=True)
class Protected:
    """Counts as they may be shown.

    Attributes:
        counts: in the order given; None where hidden.
        total: about so many in all, made from what is shown.
    """

    counts: tuple[int | None, ...]
    total: int

    @property
    def hidden(self) -> int:
        return sum(count is None for count in self.counts)


def protect(counts: Sequence[int]) -> Protected:
    """Hide what is small, round what is not, and total what is left.

    Raises:
        UnusableCounts: one is below nought.

    >>> protect([13, 8, 3, 0])
    Protected(counts=(15, 10, None, 0), total=30)
    """
    if any(count < 0 for count in counts):
        raise UnusableCounts("a count is nought or more")
    shown = tuple(None if 0 < count <= HIDDEN_UP_TO else _rounded(count) for count in counts)
    return Protected(shown, _rounded(sum(MIDDLE if count is None else count for count in shown)))


def _rounded(count: int) -> int:
    """To the nearest five; no whole number lies in the middle between two."""
    return ROUNDED_TO * ((count + ROUNDED_TO // 2) // ROUNDED_TO)
