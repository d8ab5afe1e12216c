"""A real worker in a process of its own, killed with kill -9."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from commonweal.foundations.work.models import Lease

from . import toys

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]

QUICKLY = ("--lease", "1.5", "--beat", "0.3", "--interval", "0.1")


class Workers:
    """Workers that are killed at the latest when the test ends."""

    def __init__(self) -> None:
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", toys.__name__, str(connection.settings_dict["NAME"]), *words]
        settings = {**os.environ, "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]}
        worker = subprocess.Popen(command, env=settings, stdout=subprocess.DEVNULL)
        self.started.append(worker)
        return worker


@pytest.fixture
def workers() -> Iterator[Workers]:
    workers = Workers()
    yield workers
    for worker in workers.started:
        worker.kill()
        worker.wait()


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, [(t.task_path, t.status, t.worker_ids) for t in DBTaskResult.objects.all()]
        time.sleep(0.1)


def state(result: Any) -> tuple[str, int]:
    """A task's status, and how many attempts it took."""
    task = DBTaskResult.objects.get(pk=result.id)
    return task.status, len(task.worker_ids)


def test_after_kill_9_the_next_worker_finishes_the_slow_task_and_the_flaky_one(
    workers: Workers, tmp_path: Path
) -> None:
    marker = tmp_path / "slow-has-begun"
    slow, flaky = toys.slow.enqueue(str(marker)), toys.flaky.enqueue()
    first = workers.start("work", *QUICKLY)
    until(marker.exists)
    first.kill()
    first.wait()
    assert state(slow) == (TaskResultStatus.RUNNING, 1)

    second = workers.start("work", *QUICKLY)
    until(lambda: state(slow)[0] == state(flaky)[0] == TaskResultStatus.SUCCESSFUL)
    assert state(slow) == (TaskResultStatus.SUCCESSFUL, 2)
    assert state(flaky) == (TaskResultStatus.SUCCESSFUL, 3)

    second.terminate()
    assert second.wait(timeout=20) == 0
    assert Lease.objects.count() == 1, "the killed worker's lease is left, the other gave its own up"


def test_control_without_the_lease_layer_the_slow_task_is_running_for_ever(workers: Workers, tmp_path: Path) -> None:
    marker = tmp_path / "slow-has-begun"
    slow = toys.slow.enqueue(str(marker))
    first = workers.start("db_worker", "--interval", "0.1", "--no-startup-delay", "--no-reload")
    until(marker.exists)
    first.kill()
    first.wait()
    second = workers.start("db_worker", "--batch", "--no-startup-delay", "--no-reload")
    assert second.wait(timeout=60) == 0
    assert state(slow) == (TaskResultStatus.RUNNING, 1)


def test_a_task_that_always_kills_its_worker_is_given_up_after_three_attempts(workers: Workers) -> None:
    deadly = toys.deadly.enqueue()
    for _ in range(3):
        workers.start("work", *QUICKLY).wait(timeout=60)
    workers.start("work", *QUICKLY)
    until(lambda: state(deadly) == (TaskResultStatus.FAILED, 3))
    assert DBTaskResult.objects.get(pk=deadly.id).traceback == "worker lost"


def test_a_worker_told_to_stop_lets_the_task_in_hand_end_first(workers: Workers) -> None:
    task = toys.quick.enqueue(2.0)
    worker = workers.start("work", *QUICKLY)
    until(lambda: state(task)[0] == TaskResultStatus.RUNNING)
    worker.terminate()
    assert worker.wait(timeout=20) == 0
    assert state(task) == (TaskResultStatus.SUCCESSFUL, 1)
