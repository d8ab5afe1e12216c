"""Working days, bank holidays, financial years, papers for committee, pre-election holds.

from commonweal.foundations import calendar

>>> calendar.add_working_days(date(2026, 4, 2), 1)      # the Thursday before Easter
datetime.date(2026, 4, 7)
"""

from .committees import NoticeNotKnown, clear_days, papers_due
from .days import (
    Nation,
    add_working_days,
    bank_holidays,
    is_working_day,
    next_working_day,
    working_days_between,
)
from .holds import Hold, holds_on, is_held
from .years import FinancialYear, NotAYear, financial_year

__all__ = [
    "FinancialYear",
    "Hold",
    "Nation",
    "NotAYear",
    "NoticeNotKnown",
    "add_working_days",
    "bank_holidays",
    "clear_days",
    "financial_year",
    "holds_on",
    "is_held",
    "is_working_day",
    "next_working_day",
    "papers_due",
    "working_days_between",
]
