"""A task that fails is tried again: after 2 seconds, after 4, and then no more."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.dispatch import receiver
from django_tasks.base import TaskResultStatus
from django_tasks.signals import task_finished
from django_tasks_db.models import DBTaskResult

from commonweal.foundations.verbs import clock

from .leases import MOST_ATTEMPTS, WORKER_LOST

#: The wait after attempt n is this to the power of n, in seconds.
BASE = 2.0
LEFT_BEHIND = timedelta(minutes=1)
LOOK_BACK = timedelta(hours=1)


def wait_after(attempts: int) -> timedelta:
    return timedelta(seconds=BASE**attempts)


@receiver(task_finished, dispatch_uid="commonweal retries")
def after_a_failure(*, task_result: Any, **_: Any) -> None:
    """The framework tells us here that a task has finished."""
    if task_result.status == TaskResultStatus.FAILED:
        try_again(task=task_result.id, attempts=len(task_result.worker_ids), at=clock.now())


def try_again(*, task: UUID | str, attempts: int, at: datetime) -> bool:
    """Put a failed task back, to be run a little later. False when it has had all its attempts."""
    if attempts >= MOST_ATTEMPTS:
        return False
    failed = DBTaskResult.objects.filter(pk=task, status=TaskResultStatus.FAILED)
    return bool(
        failed.update(status=TaskResultStatus.READY, finished_at=None, run_after=at + wait_after(attempts)),
    )


def pick_up_what_was_left_behind(*, at: datetime) -> int:
    """Failed tasks with attempts left: their worker died between the failure and the retry."""
    failed = DBTaskResult.objects.filter(
        status=TaskResultStatus.FAILED, finished_at__gt=at - LOOK_BACK, finished_at__lt=at - LEFT_BEHIND
    ).exclude(traceback=WORKER_LOST)
    return sum(
        try_again(task=task.pk, attempts=len(task.worker_ids), at=at) for task in failed.only("pk", "worker_ids")
    )
