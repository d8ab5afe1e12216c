"""Financial years of councils: 1 April to 31 March."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.verbs.refusals import Refusal

APRIL = 4
WRITTEN = re.compile(r"(?P<begins>[12][0-9]{3})(?:\s*[-/–]\s*(?P<ends>[0-9]{2}|[12][0-9]{3}))?", re.ASCII)


class NotAYear(Refusal, ValueError):
    """The text names no financial year."""

    plainly = _("We could not read that as a financial year. Write it like this: 2026-27.")


@dataclass(frozen=True, order=True, slots=True)
class FinancialYear:
    """The year from 1 April `begins` to 31 March after it, written 2026-27."""

    begins: int

    @classmethod
    def of(cls, day: date) -> FinancialYear:
        return cls(day.year if day.month >= APRIL else day.year - 1)

    @classmethod
    def parse(cls, text: str) -> FinancialYear:
        """Read '2013-14', '2013/14', '2013-2014' or '2013'.

        Raises:
            NotAYear: it is none of these, or the second year does not follow the first.
        """
        found = WRITTEN.fullmatch(text.strip())
        if found is None:
            raise NotAYear(text)
        year = cls(int(found["begins"]))
        if found["ends"] and int(found["ends"]) not in {year.begins + 1, (year.begins + 1) % 100}:
            raise NotAYear(text)
        return year

    @property
    def first_day(self) -> date:
        return date(self.begins, APRIL, 1)

    @property
    def last_day(self) -> date:
        return date(self.begins + 1, APRIL - 1, 31)

    @property
    def next(self) -> FinancialYear:
        return FinancialYear(self.begins + 1)

    @property
    def previous(self) -> FinancialYear:
        return FinancialYear(self.begins - 1)

    def contains(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def __contains__(self, day: date) -> bool:
        return self.contains(day)

    def __str__(self) -> str:
        return f"{self.begins}-{(self.begins + 1) % 100:02}"


def financial_year(on: date) -> FinancialYear:
    return FinancialYear.of(on)
