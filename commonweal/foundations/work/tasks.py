"""The room's own tasks: run a schedule, pick up what was left behind, clear old results away."""

from datetime import datetime, timedelta

from django.db.models import Q
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from commonweal.foundations.verbs import clock

from . import leases, retries, schedules

KEPT = timedelta(days=7)
KEPT_FAILED = timedelta(days=30)


@task()
def run_schedule(name: str) -> None:
    schedules.rhythm(name).function(at=clock.now())


@schedules.every(timedelta(minutes=1), "work.pick_up")
def pick_up(*, at: datetime) -> None:
    retries.pick_up_what_was_left_behind(at=at)


@schedules.every(timedelta(hours=6), "work.clear_away")
def clear_away(*, at: datetime) -> None:
    """Old results of tasks; what failed is kept longer, since somebody may ask."""
    leases.forget_the_dead(at=at)
    DBTaskResult.objects.filter(
        Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=at - KEPT)
        | Q(status=TaskResultStatus.FAILED, finished_at__lt=at - KEPT_FAILED)
    ).delete()
