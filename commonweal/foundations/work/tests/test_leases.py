"""A worker that dies gives back what it held, once, and a task that always kills its worker is given up."""

from datetime import UTC, datetime, timedelta

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from commonweal.foundations.work import leases, queries, retries
from commonweal.foundations.work.heart import Heart
from commonweal.foundations.work.models import Lease

from . import toys

pytestmark = pytest.mark.django_db

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
LONG_AGO = AT - timedelta(minutes=5)


def held_by(*workers: str, since: datetime = LONG_AGO, status: str = TaskResultStatus.RUNNING) -> DBTaskResult:
    result = toys.quick.enqueue(0)
    DBTaskResult.objects.filter(pk=result.id).update(status=status, worker_ids=list(workers), started_at=since)
    return DBTaskResult.objects.get(pk=result.id)


def test_a_task_of_a_worker_without_a_lease_goes_back_to_the_queue() -> None:
    task = held_by("lost")
    assert leases.reclaim(at=AT) == 1
    task.refresh_from_db()
    assert task.status == TaskResultStatus.READY


def test_a_task_of_a_worker_that_is_alive_stays_with_it() -> None:
    held_by("alive")
    leases.renew(worker_id="alive", at=AT - timedelta(seconds=2))
    assert leases.reclaim(at=AT) == 0
    assert queries.workers_alive(AT) == 1


def test_a_task_that_has_just_begun_is_left_alone() -> None:
    held_by("new", since=AT - timedelta(seconds=1))
    assert leases.reclaim(at=AT) == 0


def test_only_the_last_of_a_tasks_workers_counts() -> None:
    leases.renew(worker_id="first", at=AT)
    held_by("first", "second")
    assert leases.reclaim(at=AT) == 1


def test_after_three_lost_workers_the_task_is_given_up_and_says_so() -> None:
    task = held_by("one", "two", "three")
    assert leases.reclaim(at=AT) == 1
    task.refresh_from_db()
    assert (task.status, task.traceback, task.finished_at) == (TaskResultStatus.FAILED, "worker lost", AT)
    assert list(queries.failures(LONG_AGO)) == [task]


def test_of_two_workers_who_see_the_same_lost_task_one_alone_takes_it_back() -> None:
    as_read = held_by("lost")
    assert leases._take_back(as_read, AT) == 1
    DBTaskResult.objects.filter(pk=as_read.pk).update(status=TaskResultStatus.RUNNING, started_at=AT)  # claimed anew
    assert leases._take_back(as_read, AT) == 0


def test_control_taking_back_without_the_condition_would_take_it_from_its_new_worker() -> None:
    as_read = held_by("lost")
    leases._take_back(as_read, AT)
    DBTaskResult.objects.filter(pk=as_read.pk).update(status=TaskResultStatus.RUNNING, started_at=AT)
    assert DBTaskResult.objects.filter(pk=as_read.pk).update(status=TaskResultStatus.READY) == 1


def test_a_worker_that_was_itself_kept_from_beating_takes_nobody_for_dead_at_once() -> None:
    heart = Heart("waking", with_schedules=False)
    heart.last_beat_at = AT - timedelta(minutes=1)
    task = held_by("kept-too")
    heart.beat_once(at=AT)
    task.refresh_from_db()
    assert task.status == TaskResultStatus.RUNNING
    heart.beat_once(at=AT + timedelta(seconds=3))
    task.refresh_from_db()
    assert task.status == TaskResultStatus.READY


def test_a_worker_that_stops_in_good_order_leaves_no_lease() -> None:
    leases.renew(worker_id="w", at=AT)
    leases.give_up(worker_id="w")
    assert not Lease.objects.exists()


def test_leases_of_workers_long_dead_are_forgotten() -> None:
    leases.renew(worker_id="old", at=AT - timedelta(days=2))
    leases.renew(worker_id="new", at=AT)
    leases.forget_the_dead(at=AT)
    assert [lease.worker_id for lease in Lease.objects.all()] == ["new"]


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 2), (2, 4)])
def test_a_failed_task_waits_two_to_the_power_of_its_attempts(attempts: int, seconds: int) -> None:
    task = held_by(*"ab"[:attempts], status=TaskResultStatus.FAILED)
    assert retries.try_again(task=task.pk, attempts=attempts, at=AT)
    task.refresh_from_db()
    assert (task.status, task.run_after) == (TaskResultStatus.READY, AT + timedelta(seconds=seconds))


def test_a_task_that_failed_three_times_is_not_tried_again() -> None:
    task = held_by("a", "b", "c", status=TaskResultStatus.FAILED)
    assert not retries.try_again(task=task.pk, attempts=3, at=AT)


def test_a_failure_whose_worker_died_before_the_retry_is_picked_up() -> None:
    task = held_by("a", status=TaskResultStatus.FAILED)
    DBTaskResult.objects.filter(pk=task.pk).update(finished_at=LONG_AGO)
    assert retries.pick_up_what_was_left_behind(at=AT) == 1
    task.refresh_from_db()
    assert task.status == TaskResultStatus.READY
