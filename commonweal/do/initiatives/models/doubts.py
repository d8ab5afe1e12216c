"""A no to time that somebody wrote down."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from commonweal.foundations.audit.models import Words
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record

from .funds import GivenHours


class Doubt(Record):
    """One person's no to time that was written down, and why. One is enough: the time does not count."""

    given = models.OneToOneField(GivenHours, on_delete=models.PROTECT, related_name="doubt")
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")

    kind_name: ClassVar[str] = "doubt"
