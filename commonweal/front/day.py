"""My day: everything that waits for one person, in whatever room, as one list with the oldest due first.

Each room says what waits in its own `queries.waiting_for(person, at)`; here they come together and get their titles.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from commonweal.do.initiatives import queries as initiatives
from commonweal.foundations.decisions import queries as decisions
from commonweal.foundations.notices import queries as notices
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import telling
from commonweal.foundations.thread.models import Step
from commonweal.plan.outcomes import queries as outcomes
from commonweal.understand.dialogue import queries as dialogue

Asker = Callable[[Person, datetime], Iterable[Any]]

#: Earlier rooms first; each asks its own few questions.
ROOMS: tuple[Asker, ...] = (
    dialogue.waiting_for,
    decisions.waiting_for,
    notices.waiting_for,
    outcomes.waiting_for,
    initiatives.waiting_for,
)

#: For how long the number beside 'My day' may be old, in seconds.
REMEMBERED_FOR = 60


@dataclass(frozen=True)
class Task:
    """One thing that waits: what, where it is done, and by when (or since when, where there is no date)."""

    what: str
    page: str
    due_on: date | None
    since: date | None
    is_late: bool
    #: What it is about, in the words of the thread.
    about: str = ""


def tasks_of(person: Person, at: datetime) -> list[Task]:
    """Late ones first, then by date; what has no date stands last, the longest waiting first."""
    waiting = _all_of(person, at)
    abouts = _abouts(waiting, person)
    today = timezone.localdate(at)
    tasks = [_task(each, abouts, today) for each in waiting]
    tasks.sort(key=lambda task: (task.due_on is None, task.due_on or task.since or today, task.what))
    return tasks


def waiting_count(person: Person, at: datetime) -> int:
    """How many tasks wait, as of a minute ago at most; so a page asks the rooms once a minute and not each time."""
    count: int | None = caches["near"].get(_key(person))
    return len(_all_of(person, at)) if count is None else count


def _all_of(person: Person, at: datetime) -> list[Any]:
    """What the rooms say. Whoever asks for all of it has the number beside 'My day' brought up to date."""
    waiting = [each for asks in ROOMS for each in asks(person, at)]
    caches["near"].set(_key(person), len(waiting), REMEMBERED_FOR)
    return waiting


def _key(person: Person) -> str:
    return f"front.waiting.{person.pk}"


def _task(each: Any, abouts: dict[int, str], today: date) -> Task:
    due_on: date | None = getattr(each, "due_on", None)
    since: datetime | None = getattr(each, "since", None)
    step: Step | None = getattr(each, "step", None)
    about = abouts.get(step.pk, "") if step else ""
    return Task(
        what=str(each.what) or about,
        page=each.page if each.page.startswith("/") else reverse(each.page, args=each.args),
        due_on=due_on,
        since=timezone.localdate(since) if since else timezone.localdate(step.at) if step else None,
        is_late=due_on is not None and due_on < today,
        about=about if str(each.what) else "",
    )


def _abouts(waiting: Iterable[Any], person: Person) -> dict[int, str]:
    """The titles of the steps behind what waits, for all rooms together."""
    steps = {step.pk: step for each in waiting if (step := getattr(each, "step", None)) is not None}
    told = telling.lines(list(steps.values()), person=person) if steps else []
    by_uuid = {line.uuid: line.title for line in told}
    return {pk: by_uuid[step.uuid] for pk, step in steps.items() if step.uuid in by_uuid}
