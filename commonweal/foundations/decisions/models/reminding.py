"""Who was reminded of an answer, before and after its date."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.notices.models import Link
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record

from .owed import Assignment


class Reminder(Record):
    """One reminder of one date to one person: the officer before and after it, then the head of their service."""

    class Kind(models.TextChoices):
        SOON = "soon", _("The date comes near")
        LATE = "late", _("The date is over")
        HEAD = "head", _("The date is over: the head of the service is told")

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="reminders")
    kind = models.CharField(max_length=5, choices=Kind)
    due_on = models.DateField()
    #: The officer's own link, or one that was made for the head.
    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="+")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="nobody_is_reminded_of_a_date_twice", fields=["assignment", "kind", "due_on"])
        ]
