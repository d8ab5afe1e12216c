"""Questions about work under way."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref

from .leases import LEASE
from .models import Job, Lease


def job_for(person: Record | Ref | None, uuid: UUID) -> Job:
    """The job, for the person who waits for it and for nobody else.

    Raises:
        Job.DoesNotExist: there is no such job, or it is not this person's.
    """
    if person is None:
        raise Job.DoesNotExist(uuid)
    return Job.objects.get(pk=uuid, owner=person.ref)


def jobs_of(owner: Record | Ref) -> QuerySet[Job]:
    """What somebody waits for or has waited for, newest first."""
    return Job.objects.filter(owner=owner.ref).order_by("-begun_at")


def workers_alive(at: datetime, lease: timedelta = LEASE) -> int:
    return Lease.objects.filter(seen_at__gt=at - lease).count()


def failures(since: datetime) -> QuerySet[Any]:
    """Tasks that were given up, newest first: somebody should look."""
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__gt=since)
    return failed.order_by("-finished_at")
