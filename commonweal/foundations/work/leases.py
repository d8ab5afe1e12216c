"""What django-tasks-db leaves out: a worker that dies gives back the task that it held.

Every worker renews its lease at each beat. A task in RUNNING whose worker has no live lease goes back to READY; after
three attempts it is FAILED with 'worker lost'. The number of attempts is the number of workers that claimed it.

So a task runs *at least once*, and may run again after it did its work and before that was written down: every task
must be safe to run twice. Clocks of machines that share a database must agree within a lease.
"""

from datetime import datetime, timedelta

from django.db.models import Q
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from .models import Lease

#: How long a silent worker is still taken for alive.
LEASE = timedelta(seconds=15)
BEAT = timedelta(seconds=3)
MOST_ATTEMPTS = 3
WORKER_LOST = "worker lost"


def renew(*, worker_id: str, at: datetime) -> None:
    Lease.objects.update_or_create(worker_id=worker_id, defaults={"seen_at": at})


def give_up(*, worker_id: str) -> None:
    """A worker that stops in good order leaves no lease behind."""
    Lease.objects.filter(worker_id=worker_id).delete()


def forget_the_dead(*, at: datetime) -> None:
    Lease.objects.filter(seen_at__lt=at - timedelta(days=1)).delete()


def reclaim(*, at: datetime, lease: timedelta = LEASE) -> int:
    """Take tasks back from workers that were lost; returns how many."""
    alive = set(Lease.objects.filter(seen_at__gt=at - lease).values_list("worker_id", flat=True))
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=at - lease)
    held = running.only("pk", "worker_ids", "started_at")
    return sum(_take_back(task, at) for task in held if not task.worker_ids or task.worker_ids[-1] not in alive)


def _take_back(task: DBTaskResult, at: datetime) -> int:
    """Conditional on what was read, so that of two workers who see the same lost task one alone takes it back."""
    as_read = Q(pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at)
    if len(task.worker_ids) < MOST_ATTEMPTS:
        return DBTaskResult.objects.filter(as_read).update(status=TaskResultStatus.READY)
    return DBTaskResult.objects.filter(as_read).update(
        status=TaskResultStatus.FAILED,
        finished_at=at,
        exception_class_path="builtins.RuntimeError",
        traceback=WORKER_LOST,
    )
