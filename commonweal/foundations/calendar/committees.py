"""When papers for a committee must be out."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.verbs.refusals import Refusal

from . import dated
from .days import Nation, add_working_days


class NoticeNotKnown(Refusal, LookupError):
    """The dated file has no rule for this nation and day."""

    plainly = _("We do not know how many days before a meeting its papers must be out here.")


def clear_days(on: date, nation: str = Nation.ENGLAND) -> int:
    """How many clear working days the papers of a meeting held on this day must be open to the public.

    Raises:
        NoticeNotKnown: the file data/notice_of_meetings.toml has nothing for that nation and day.
    """
    days = dated.value_on("notice_of_meetings", on, nation=Nation(nation).value)
    if days is None:
        raise NoticeNotKnown(nation, on)
    return int(days)


def papers_due(meeting: date, nation: str = Nation.ENGLAND) -> date:
    """The last day on which agenda and papers may go out.

    Clear days count neither this day nor that of the meeting.

    >>> papers_due(date(2026, 6, 16))       # a Tuesday: 9, 10, 11, 12 and 15 June are the five clear days
    datetime.date(2026, 6, 8)

    Not covered:
        Meetings called at shorter notice, and items that the chair takes as urgent.
    """
    return add_working_days(meeting, -(clear_days(meeting, nation) + 1), nation)
