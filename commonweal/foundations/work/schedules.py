"""What is done again and again. A room says so in its `tasks.py`:

    @schedules.every(timedelta(minutes=1), "dialogue.catch_up")
    def catch_up(*, at: datetime) -> None: ...

A function called `catch_up` that says nothing is run every minute. A schedule that is due becomes one task on the
queue, with lease and retries like any other; it does not pile up while the last one still waits or runs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from typing import Any, Protocol, TypeVar

from django.apps import apps
from django.db import transaction
from django.utils.module_loading import module_has_submodule
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from .models import Schedule

A_MINUTE = timedelta(minutes=1)


class Scheduled(Protocol):
    def __call__(self, *, at: datetime) -> Any: ...


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A function and how often it runs."""

    name: str
    every: timedelta
    function: Scheduled

    def after(self, due: datetime, at: datetime) -> datetime:
        """The next time after `at` in the same rhythm, however many were missed."""
        return due + self.every * ((at - due) // self.every + 1)


_rhythms: dict[str, Rhythm] = {}

F = TypeVar("F", bound=Callable[..., Any])


def every(interval: timedelta, name: str) -> Callable[[F], F]:
    """Run the function again and again, `at` passed to it.

    Args:
        name: room and verb, as `notices.send`; the schedule is known by it ever after.
    """
    if interval <= timedelta(0):
        raise ValueError(f"{name} must have some time between two runs")

    def keep(function: F) -> F:
        if name in _rhythms and _place(_rhythms[name].function) != _place(function):
            raise ValueError(f"two schedules are called {name}")
        _rhythms[name] = Rhythm(name, interval, function)
        return function

    return keep


def rhythm(name: str) -> Rhythm:
    """Raises KeyError for a name that no room declares (any more)."""
    find_catch_ups()
    return _rhythms[name]


def names() -> list[str]:
    find_catch_ups()
    return sorted(_rhythms)


@cache
def find_catch_ups() -> None:
    """Put every room's `catch_up` on a schedule that it did not choose itself."""
    chosen = {_place(each.function) for each in _rhythms.values()}
    for room in apps.get_app_configs():
        if room.name.startswith("commonweal.") and module_has_submodule(room.module, "tasks"):
            function = getattr(import_module(f"{room.name}.tasks"), "catch_up", None)
            if callable(function) and _place(function) not in chosen:
                every(A_MINUTE, f"{room.label}.catch_up")(function)


def take_note(*, at: datetime) -> None:
    """Give every schedule its row; a rhythm that became quicker is not kept waiting for the old one."""
    Schedule.objects.bulk_create([Schedule(name=name, next_at=at) for name in names()], ignore_conflicts=True)
    for each in list(_rhythms.values()):
        Schedule.objects.filter(name=each.name, next_at__gt=at + each.every).update(next_at=at + each.every)


def start_due(*, at: datetime, enqueue: Callable[[str], Any]) -> list[str]:
    """Put what is due on the queue, and return its names. Two workers that ask at once start nothing twice.

    Args:
        enqueue: makes the task of one schedule and returns its result's id.
    """
    due = Schedule.objects.filter(name__in=names(), next_at__lte=at).values_list("name", flat=True)
    return [name for name in list(due) if _start(name, at, enqueue)]


@transaction.atomic
def _start(name: str, at: datetime, enqueue: Callable[[str], Any]) -> bool:
    row = Schedule.objects.select_for_update(skip_locked=True).filter(name=name, next_at__lte=at).first()
    if row is None:
        return False
    is_free = not _is_under_way(row)
    row.next_at = rhythm(name).after(row.next_at, at)
    if is_free:
        row.last_at, row.last_task = at, enqueue(name)
    row.save()
    return is_free


def _is_under_way(row: Schedule) -> bool:
    under_way = [TaskResultStatus.READY, TaskResultStatus.RUNNING]
    return row.last_task is not None and DBTaskResult.objects.filter(pk=row.last_task, status__in=under_way).exists()


def _place(function: Any) -> tuple[str, str]:
    return function.__module__, function.__qualname__
