"""Themes that were split or merged. The old ones stay as they were, and say what became of them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record

from .themes import Theme


class Reshaping(Record):
    """One act: a theme was split into several, or several were merged into one."""

    class Kind(models.TextChoices):
        SPLIT = "split", _("Split")
        MERGE = "merge", _("Merged")

    kind = models.CharField(max_length=5, choices=Kind)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sent_as = models.UUIDField(null=True, unique=True)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")


class Ended(models.Model):
    """A theme that was split or merged. It is over: its suggestions are in those that came of it."""

    id = models.BigAutoField(primary_key=True)
    reshaping = models.ForeignKey(Reshaping, on_delete=models.PROTECT, related_name="ended")
    theme = models.OneToOneField(Theme, on_delete=models.PROTECT, related_name="ended")


class Begun(models.Model):
    """A theme that came of splitting or merging."""

    id = models.BigAutoField(primary_key=True)
    reshaping = models.ForeignKey(Reshaping, on_delete=models.PROTECT, related_name="begun")
    theme = models.OneToOneField(Theme, on_delete=models.PROTECT, related_name="begun")
