"""Days as people and form tools write them. Which comes first, day or month, a person says: 03/04 cannot tell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from .readers import Reader

YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9])")
YEAR_LAST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4}|[0-9]{2})(?![0-9])")
IN_LETTERS = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -]([0-9]{4})(?![0-9])")
MONTH_IN_LETTERS = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})(?![0-9])")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def written_day(*, month_first: bool = False) -> Reader:
    """A day, with or without a time behind it; the time is left out.

    >>> read = written_day().read
    >>> [read(cell).isoformat() for cell in ("03/04/2026 10:15", "2026-04-03T10:15:00Z", "3 Apr 2026", "Apr 3, 2026")]
    ['2026-04-03', '2026-04-03', '2026-04-03', '2026-04-03']
    """

    def read(cell: str) -> date:
        if found := YEAR_FIRST.match(cell):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := YEAR_LAST.match(cell):
            day, month = (found[2], found[1]) if month_first else (found[1], found[2])
            return date(int(found[3]) + (2000 if len(found[3]) == 2 else 0), int(month), int(day))
        if found := IN_LETTERS.match(cell):
            return date(int(found[3]), _month(found[2]), int(found[1]))
        if found := MONTH_IN_LETTERS.match(cell):
            return date(int(found[3]), _month(found[1]), int(found[2]))
        raise ValueError(cell)

    if month_first:
        return Reader(_("a day, the month first, such as 04/30/2026"), read)
    return Reader(_("a day, such as 30/04/2026 or 2026-04-30"), read)


def puts_the_month_first(cells: Iterable[str]) -> bool | None:
    """Whether these days can only be read with the month first, or only with the day first; None where they do not say.

    >>> puts_the_month_first(["01/02/2026", "12/31/2026"]), puts_the_month_first(["01/02/2026"])
    (True, None)
    """
    pairs = [(int(found[1]), int(found[2])) for cell in cells if (found := YEAR_LAST.match(cell.strip()))]
    if any(second > 12 for _first, second in pairs):
        return True
    return False if any(first > 12 for first, _second in pairs) else None


def _month(name: str) -> int:
    return MONTHS.index(name[:3].casefold()) + 1
