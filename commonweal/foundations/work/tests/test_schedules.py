"""What is due is started once, by one worker, and does not pile up."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import close_old_connections, connection
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from commonweal.foundations.work import schedules
from commonweal.foundations.work.models import Schedule
from commonweal.foundations.work.tasks import run_schedule

from . import toys

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
NAME = "toys.note"


def enqueue(name: str) -> UUID:
    return UUID(str(run_schedule.enqueue(name).id))


@pytest.fixture(autouse=True)
def _one_schedule_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedules, "_rhythms", {})
    schedules.find_catch_ups()
    schedules._rhythms.clear()
    schedules.every(timedelta(minutes=10), NAME)(toys.note_a_run)


@pytest.fixture
def due(db: None) -> Iterator[Schedule]:
    schedules.take_note(at=AT)
    yield Schedule.objects.get(pk=NAME)


def finish_all() -> None:
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL)


def test_a_new_schedule_is_due_at_once_and_then_after_its_interval(due: Schedule) -> None:
    assert schedules.start_due(at=AT, enqueue=enqueue) == [NAME]
    assert schedules.start_due(at=AT + timedelta(minutes=9), enqueue=enqueue) == []
    finish_all()
    assert schedules.start_due(at=AT + timedelta(minutes=10), enqueue=enqueue) == [NAME]


def test_what_was_missed_in_a_long_night_is_run_once_and_the_rhythm_kept(due: Schedule) -> None:
    schedules.start_due(at=AT + timedelta(hours=5, minutes=3), enqueue=enqueue)
    due.refresh_from_db()
    assert DBTaskResult.objects.count() == 1
    assert due.next_at == AT + timedelta(hours=5, minutes=10)


def test_a_schedule_does_not_pile_up_while_its_last_task_waits(due: Schedule) -> None:
    schedules.start_due(at=AT, enqueue=enqueue)
    assert schedules.start_due(at=AT + timedelta(minutes=10), enqueue=enqueue) == []
    assert DBTaskResult.objects.count() == 1


def test_a_name_that_no_room_declares_any_more_is_left_alone(due: Schedule) -> None:
    Schedule.objects.create(name="gone.schedule", next_at=AT)
    assert schedules.start_due(at=AT, enqueue=enqueue) == [NAME]


def test_a_schedule_made_quicker_does_not_wait_for_its_old_time(due: Schedule) -> None:
    Schedule.objects.update(next_at=AT + timedelta(days=1))
    schedules.take_note(at=AT)
    due.refresh_from_db()
    assert due.next_at == AT + timedelta(minutes=10)


def test_the_task_of_a_schedule_runs_its_function(due: Schedule) -> None:
    toys.RUNS.clear()
    run_schedule.call(NAME)
    assert len(toys.RUNS) == 1


def test_two_schedules_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two schedules are called"):
        schedules.every(timedelta(minutes=1), NAME)(enqueue)


def test_a_schedule_without_time_between_its_runs_is_refused() -> None:
    with pytest.raises(ValueError, match="some time"):
        schedules.every(timedelta(0), "toys.hot")


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_of_eight_workers_that_look_at_once_one_alone_starts_what_is_due() -> None:
    assert race(schedules.start_due) == 1


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_control_looking_without_a_lock_starts_it_more_than_once() -> None:
    def look_then_start(*, at: datetime, enqueue: object) -> list[str]:
        row = Schedule.objects.get(pk=NAME)
        gate.wait(timeout=20)
        if row.next_at > at:
            return []
        run_schedule.enqueue(NAME)
        Schedule.objects.filter(pk=NAME).update(next_at=at + timedelta(minutes=10))
        return [NAME]

    gate = threading.Barrier(8)
    assert race(look_then_start) > 1


def race(start_due: object, workers: int = 8) -> int:
    schedules.take_note(at=AT)
    started: list[str] = []

    def look() -> None:
        try:
            started.extend(start_due(at=AT, enqueue=enqueue))  # type: ignore[operator]
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=look) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert DBTaskResult.objects.count() == len(started)
    return len(started)
