"""The weeks before a poll, in which a council says nothing that could sway votes."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from . import dated
from .days import Nation, add_working_days


@dataclass(frozen=True, slots=True)
class Hold:
    """From the first day to the day of the poll, both with it."""

    from_on: date
    poll_on: date
    what: str
    nation: str

    def contains(self, day: date) -> bool:
        return self.from_on <= day <= self.poll_on


def holds_on(day: date, nation: str = Nation.ENGLAND) -> list[Hold]:
    """The holds in force on a day.

    Not covered:
        Polls that data/polls.toml does not name: by-elections, referendums, a poll not yet called.
    """
    return [hold for hold in _holds(Nation(nation).value) if hold.contains(day)]


def is_held(day: date, nation: str = Nation.ENGLAND) -> bool:
    return bool(holds_on(day, nation))


@cache
def _holds(nation: str) -> tuple[Hold, ...]:
    return tuple(
        Hold(poll.get("from") or _notice_due(poll["value"], nation), poll["value"], poll["what"], nation)
        for poll in dated.file_of("polls")["values"]
        if nation in poll["nations"]
    )


def _notice_due(poll: date, nation: str) -> date:
    return add_working_days(poll, -int(dated.value_on("notice_of_election", poll)), nation)
