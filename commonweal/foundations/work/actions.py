"""Verbs of long work that somebody waits for.

    from commonweal.foundations.work import actions as progress
    job = progress.begin(title=_("Bringing in 638 votes"), owner=person, total=638, at=now())
    bring_in.enqueue(str(job.pk))                      # a task of the room
    ...
    progress.advance(job=job, done=200, at=now())      # between transactions: inside one, nobody sees it before its end
    progress.finish(job=job, result=conversation, at=now())

The task runs at least once, so it may begin again: a job may go back from 'could not be done' to 'under way', never
back from 'done'.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref
from commonweal.foundations.verbs.refusals import Refusal

from .models import Job

LONGEST_REASON = 500


class JobIsDone(Refusal):
    plainly = _("This work is already done.")


@transaction.atomic
def begin(*, title: str, owner: Record | Ref, at: datetime, total: int = 0) -> Job:
    """Open the page of a long piece of work.

    Args:
        total: how many pieces it has; 0 where nobody can say.
    """
    return Job.objects.create(title=str(title)[:200], owner=owner.ref, total=total, begun_at=at, changed_at=at)


@transaction.atomic
def advance(*, job: Job, done: int, at: datetime, total: int | None = None) -> Job:
    """Say how many pieces are done; a first try that was lost may begin again below that.

    Raises:
        JobIsDone: it was finished before.
    """
    job = _still_open(job)
    job.total = job.total if total is None else total
    job.done = min(done, job.total) if job.total else done
    return _enter(job, Job.State.RUNNING, at)


@transaction.atomic
def finish(*, job: Job, at: datetime, result: Record | Ref | None = None) -> Job:
    """Say that all is done, and where to see it. Saying it twice changes nothing."""
    try:
        job = _still_open(job)
    except JobIsDone:
        return job
    job.done, job.result = job.total or job.done, result.ref if result else None
    return _enter(job, Job.State.DONE, at)


@transaction.atomic
def fail(*, job: Job, because: Refusal | str, at: datetime) -> Job:
    """Say in plain words why it could not be done.

    Raises:
        JobIsDone: it was finished before.
    """
    return _enter(_still_open(job), Job.State.FAILED, at, why=str(because)[:LONGEST_REASON])


def _still_open(job: Job) -> Job:
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.state == Job.State.DONE:
        raise JobIsDone(job)
    return job


def _enter(job: Job, state: str, at: datetime, why: str = "") -> Job:
    job.state, job.changed_at, job.why = state, at, why
    job.finished_at = at if job.is_over else None
    job.save()
    return job
