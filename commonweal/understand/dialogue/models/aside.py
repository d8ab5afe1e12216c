"""Suggestions that need no answer: set aside for a reason that everybody can read, and taken up again."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit.models import Words
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record

from .contributions import Contribution


class SettingAside(Record):
    """One act of setting aside: who did it, when and why, for one suggestion or many."""

    class Reason(models.TextChoices):
        ASKS_NOTHING = "asks_nothing", _("It asks for nothing that we could answer")
        SAID_BEFORE = "said_before", _("The same was said before, and it is answered there")
        ELSEWHERE = "elsewhere", _("It was said in another conversation, which is over")
        UNCLEAR = "unclear", _("We could not tell what it asks for")

    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=15, choices=Reason)
    #: What the convenor adds to the reason; everybody can read it.
    words = models.ForeignKey(Words, null=True, on_delete=models.PROTECT, related_name="+")
    sent_as = models.UUIDField(null=True, unique=True)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")


class SetAside(models.Model):
    """A suggestion was in an act of setting aside. It stays so in the record, also when it is taken up again."""

    id = models.BigAutoField(primary_key=True)
    act = models.ForeignKey(SettingAside, on_delete=models.PROTECT, related_name="set_aside", db_index=False)
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="an_act_sets_a_suggestion_aside_once", fields=["act", "contribution"])
        ]


class TakingUp(models.Model):
    """A suggestion that was set aside waits for an answer again: by whom, and since when."""

    id = models.BigAutoField(primary_key=True)
    set_aside = models.OneToOneField(SetAside, on_delete=models.PROTECT, related_name="taken_up")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
