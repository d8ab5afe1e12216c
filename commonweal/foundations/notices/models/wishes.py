"""How a person wishes to be told, and what they follow."""

from __future__ import annotations

from django.db import models

from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record


class Wishes(Record):
    """What a person wants to hear. Nobody needs a row: without one, only what is their own is told."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    wants_own = models.BooleanField(default=True)
    wants_weekly = models.BooleanField(default=False)
    last_summary_at = models.DateTimeField(null=True)


class Follow(Record):
    """A person asked to be told what becomes of a step."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="a_step_is_followed_once_by_a_person", fields=["person", "step"])]
