"""Workers are killed with kill -9, again and again, while they run tasks: no task stays behind.

    ./run drill worker_killed [--kills 20]

On SQLite and on PostgreSQL. Control: with the queue's own worker, without our leases, the same kills leave tasks in
RUNNING for ever.
"""

import argparse
import itertools
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import tests.mode  # noqa: F401
from tests.drills._processes import tidy_up_when_told_to_stop
from tests.postgres import private_server

TOYS = "commonweal.foundations.work.tests.toys"
OURS = ("work", "--lease", "3", "--beat", "0.5", "--interval", "0.1")
THEIRS = ("db_worker", "--interval", "0.1", "--no-startup-delay", "--no-reload")
SETTLING = 90.0
NUMBERS = itertools.count(1)


def main() -> int:
    tidy_up_when_told_to_stop()
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--kills", type=int, default=20)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--here", action="store_true", help="on the database of the environment, and no other")
    told = words.parse_args()
    if told.here:
        return drill(told.kills, random.Random(told.seed))
    again = [sys.executable, "-m", "tests.drills.worker_killed", *sys.argv[1:], "--here"]
    with tempfile.TemporaryDirectory() as folder, private_server() as server:
        on_sqlite = {**os.environ, "COMMONWEAL_VAR": folder, "DATABASE_URL": ""}
        on_postgres = {**os.environ, "DATABASE_URL": server.url("postgres")}
        return max([attend(again, environment) for environment in (on_sqlite, on_postgres)])


def attend(command: list[str], environment: dict[str, str]) -> int:
    """Run it, and take it along when we are told to stop."""
    with subprocess.Popen(command, env=environment) as child:
        try:
            return child.wait()
        finally:
            child.terminate()


@dataclass(frozen=True)
class Outcome:
    tasks: int
    succeeded: int
    given_up: int
    left_behind: int
    taken_back: int

    @property
    def holds(self) -> bool:
        return self.left_behind == 0 and self.succeeded + self.given_up == self.tasks and self.taken_back > 0


def drill(kills: int, dice: random.Random) -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal.site.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    ours = attempt(kills, OURS, dice)
    control = attempt(max(4, kills // 4), THEIRS, dice, settling=10)
    bites = control.left_behind > 0
    print(
        f"{datetime.now(UTC):%Y-%m-%d} worker_killed on {connection.vendor}: {'HELD' if ours.holds else 'FAILED'}: "
        f"{kills} kills, {ours.tasks} tasks, {ours.succeeded} succeeded, {ours.given_up} given up after 3 losses, "
        f"{ours.left_behind} left behind, {ours.taken_back} taken back; "
        f"control {'failed as it must' if bites else 'DID NOT FAIL'}: {control.left_behind} left behind"
    )
    return 0 if ours.holds and bites else 1


def attempt(kills: int, command: tuple[str, ...], dice: random.Random, *, settling: float = SETTLING) -> Outcome:
    """Two workers at a time, one of them killed as soon as both have been at work for a moment."""
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    from commonweal.foundations.work.tests import toys

    DBTaskResult.objects.all().delete()
    own = DBTaskResult.objects.filter(task_path=toys.quick.module_path)
    open_ = own.filter(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING])
    workers = [start(command) for _ in range(2)]
    try:
        for _ in range(kills):
            fill_up(open_, toys.quick)
            pause = time.monotonic() + dice.uniform(0.2, 1.0)
            while time.monotonic() < pause or not at_work(workers, command):
                fill_up(open_, toys.quick)
                time.sleep(0.1)
            victim = workers.pop(dice.randrange(2))
            victim.kill()
            victim.wait()
            workers.append(start(command))
        deadline = time.monotonic() + settling
        while open_.exists() and time.monotonic() < deadline:
            time.sleep(0.3)
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
    counts = Counter(own.values_list("status", flat=True))
    attempts = [len(ids) for ids in own.values_list("worker_ids", flat=True)]
    return Outcome(
        tasks=own.count(),
        succeeded=counts[TaskResultStatus.SUCCESSFUL],
        given_up=own.filter(status=TaskResultStatus.FAILED, traceback="worker lost").count(),
        left_behind=counts[TaskResultStatus.READY] + counts[TaskResultStatus.RUNNING],
        taken_back=sum(each > 1 for each in attempts),
    )


def fill_up(open_: object, task: object, most: int = 20) -> None:
    for _ in range(most - open_.count()):  # type: ignore[attr-defined]
        task.enqueue(0.3)  # type: ignore[attr-defined]


def at_work(workers: list[subprocess.Popen[bytes]], command: tuple[str, ...]) -> bool:
    """Whether each of them holds a task."""
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    held = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).values_list("worker_ids", flat=True)
    return {worker.args[-1] for worker in workers} <= {ids[-1] for ids in held if ids}  # type: ignore[index]


def start(command: tuple[str, ...]) -> subprocess.Popen[bytes]:
    from django.db import connection

    name = f"worker-{next(NUMBERS)}"
    database = str(connection.settings_dict["NAME"])
    return subprocess.Popen(
        [sys.executable, "-m", TOYS, database, *command, "--worker-id", name],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    sys.exit(main())
