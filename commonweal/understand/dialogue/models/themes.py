"""Suggestions that say alike, gathered so that one answer can meet them all."""

from __future__ import annotations

from django.db import models

from commonweal.foundations.decisions.models import Owed
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record

from .contributions import Contribution


class Theme(Record):
    """What several people said in their own ways. It owes them an answer by a date."""

    title = models.CharField(max_length=160)
    contributions: models.ManyToManyField[Contribution, Gathered] = models.ManyToManyField(
        Contribution, through="Gathered", related_name="themes"
    )
    owed = models.OneToOneField(Owed, on_delete=models.PROTECT, related_name="+")
    #: The gathering that began it. Answers stand on it.
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.title


class Gathering(Record):
    """One act of gathering: who put which suggestions into a theme, and when."""

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="gatherings")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sent_as = models.UUIDField(null=True, unique=True)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")


class Gathered(models.Model):
    """A suggestion is in a theme. One that says two things may be in two themes, and is answered twice."""

    id = models.BigAutoField(primary_key=True)
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+", db_index=False)
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="gathered")
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="gathered")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_suggestion_is_gathered_into_a_theme_once", fields=["theme", "contribution"])
        ]
