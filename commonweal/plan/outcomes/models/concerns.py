"""What is wrong, in residents' words."""

from __future__ import annotations

from django.db import models

from commonweal.foundations.audit.models import Words
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record


class Concern(Record):
    """A problem that somebody raised. What it says is its latest version; earlier versions stay."""

    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")


class ConcernVersion(Record):
    """How a concern was put at one time. Never changed: a better wording is the next version."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    worded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    worded_at = models.DateTimeField()
    #: The form's own number: the same form sent again words nothing new.
    sent_as = models.UUIDField(null=True, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_concern_has_one_version_of_each_number", fields=["concern", "number"])
        ]
