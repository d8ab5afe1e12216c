"""Tasks to try a worker with, and a worker on any database: `python -m …work.tests.toys DATABASE COMMAND …`."""

import os
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection

if __name__ == "__main__":
    django.setup()

from django_tasks import TaskContext, task

from commonweal.foundations.work import retries, schedules


class NotThisTime(Exception):
    """What the flaky task fails with."""


@task(takes_context=True)
def slow(context: TaskContext, marker: str) -> str:
    """Held at its first attempt until its worker is killed."""
    if context.attempt == 1:
        Path(marker).touch()
        time.sleep(600)
    return "done"


@task(takes_context=True, priority=10)
def flaky(context: TaskContext) -> str:
    if context.attempt < 3:
        raise NotThisTime(context.attempt)
    return "done"


@task()
def quick(seconds: float) -> None:
    time.sleep(seconds)


@task()
def deadly() -> None:
    """Takes its worker with it, every time."""
    os.kill(os.getpid(), signal.SIGKILL)


@task()
def failing() -> None:
    raise NotThisTime


RUNS: list[str] = []


def note_a_run(*, at: object) -> None:
    RUNS.append(str(at))


A_WHILE = timedelta(hours=1)


def main(database: str, *words: str) -> None:
    """Work on this database with short waits."""
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = database
    retries.BASE = 1.2
    schedules.A_MINUTE = timedelta(hours=1)
    call_command(*words)


if __name__ == "__main__":
    main(*sys.argv[1:])
