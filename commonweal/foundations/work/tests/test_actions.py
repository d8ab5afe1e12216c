from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from commonweal.foundations.verbs.refs import Ref
from commonweal.foundations.work import actions as progress
from commonweal.foundations.work import queries
from commonweal.foundations.work.models import Job

from . import toys

pytestmark = pytest.mark.django_db

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
LATER = AT + timedelta(minutes=1)
SOMEBODY = Ref("people", "person", uuid4())


def begun(total: int = 638) -> Job:
    return progress.begin(title="Bringing in votes", owner=SOMEBODY, total=total, at=AT)


def test_a_job_waits_then_runs_then_is_done() -> None:
    job = begun()
    assert (job.state, job.percent) == ("waiting", 0)
    job = progress.advance(job=job, done=319, at=LATER)
    assert (job.state, job.done, job.percent, job.is_over) == ("running", 319, 50, False)
    job = progress.finish(job=job, at=LATER, result=SOMEBODY)
    assert (job.state, job.done, job.finished_at, job.result) == ("done", 638, LATER, SOMEBODY)


def test_advance_never_goes_beyond_all() -> None:
    assert progress.advance(job=begun(), done=9_999, at=LATER).done == 638


def test_a_job_of_unknown_length_counts_without_an_end() -> None:
    job = progress.advance(job=begun(total=0), done=12, at=LATER)
    assert (job.done, job.percent) == (12, 0)
    assert progress.finish(job=job, at=LATER).done == 12


def test_a_job_that_failed_says_why_and_may_be_taken_up_again() -> None:
    job = progress.fail(job=begun(), because="The file has no column called “vote”.", at=LATER)
    assert (job.state, job.finished_at) == ("failed", LATER)
    job = progress.advance(job=job, done=1, at=LATER)
    assert (job.state, job.why, job.finished_at) == ("running", "", None)


def test_a_job_that_is_done_stays_done() -> None:
    job = progress.finish(job=begun(), at=LATER)
    with pytest.raises(progress.JobIsDone):
        progress.advance(job=job, done=1, at=LATER)
    with pytest.raises(progress.JobIsDone):
        progress.fail(job=job, because="late", at=LATER)
    assert progress.finish(job=job, at=LATER + timedelta(hours=1)).finished_at == LATER


def test_the_law_a_job_never_does_more_than_all_is_the_databases_own() -> None:
    job = begun()
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(done=639)


def test_a_job_is_there_for_its_owner_alone() -> None:
    job = begun()
    assert queries.job_for(SOMEBODY, job.pk) == job
    assert list(queries.jobs_of(SOMEBODY)) == [job]
    for other in (None, Ref("people", "person", uuid4())):
        with pytest.raises(Job.DoesNotExist):
            queries.job_for(other, job.pk)


def test_a_task_put_on_the_queue_in_a_transaction_that_is_rolled_back_leaves_no_row() -> None:
    with pytest.raises(toys.NotThisTime), transaction.atomic():
        toys.quick.enqueue(0)
        assert DBTaskResult.objects.count() == 1
        raise toys.NotThisTime
    assert DBTaskResult.objects.count() == 0
