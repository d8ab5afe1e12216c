"""Who is at work, what is due when, and how far a long piece of work has come."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import RefField


class Lease(models.Model):
    """A worker's word that it is alive, renewed at every beat of its heart."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField()


class Schedule(models.Model):
    """When a schedule is due next. The row's lock lets one worker alone start it."""

    name = models.CharField(max_length=100, primary_key=True)
    next_at = models.DateTimeField(db_index=True)
    last_at = models.DateTimeField(null=True)
    last_task = models.UUIDField(null=True)


class Job(Record):
    """A long piece of work that somebody waits for."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to begin")
        RUNNING = "running", _("Under way")
        DONE = "done", _("Done")
        FAILED = "failed", _("Could not be done")

    title = models.CharField(max_length=200)
    owner = RefField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    why = models.CharField(max_length=500, blank=True)
    result = RefField(null=True, blank=True)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_job_never_does_more_than_all",
                condition=Q(total=0) | Q(done__lte=F("total")),
            ),
            models.CheckConstraint(
                name="a_job_that_is_over_says_when",
                condition=Q(state__in=["waiting", "running"], finished_at=None)
                | Q(state__in=["done", "failed"], finished_at__isnull=False),
            ),
        ]

    @property
    def is_over(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED}

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0
