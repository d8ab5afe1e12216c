"""A decision: the question, the options, by which rule, by whom, why; who dissented, who declared an interest."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit.models import Words
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import RefField


class Decision(Record):
    """Never changed: a new decision stands beside it, and says which step caused it."""

    question = models.CharField(max_length=300)
    rule = models.CharField(max_length=200)
    decided_by = RefField()
    #: The day of the meeting; it may be recorded later.
    decided_on = models.DateField()
    outcome = models.CharField(max_length=300)
    reasons = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    is_public = models.BooleanField(default=True)
    #: Why it is not public, in the words of the law that exempts it.
    exempt_because = models.CharField(max_length=300, blank=True)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
    recorded_by = RefField()
    recorded_at = models.DateTimeField()
    #: The form's own number, where it was typed in: a double click is kept once.
    sent_as = models.UUIDField(null=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_exempt_decision_says_why", condition=Q(is_public=True) | ~Q(exempt_because="")
            )
        ]

    def __str__(self) -> str:
        return self.question


class Option(Record):
    """One of the options that were on the table, in the order in which they were put."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="options")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="an_option_has_its_own_place", fields=["decision", "place"]),
            models.UniqueConstraint(name="an_option_is_put_once", fields=["decision", "text"]),
        ]


class Dissent(Record):
    """Somebody who took part disagreed, and why."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="dissents")
    party = RefField()
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")


class Whose(models.TextChoices):
    """What whoever is named says of the words."""

    THEIRS = "theirs", _("These are my words")
    NOT_THEIRS = "not_theirs", _("These are not my words")


class OwnWord(Record):
    """Whoever is named says whether what somebody else wrote down are their words. The decision never changes."""

    dissent = models.OneToOneField(Dissent, on_delete=models.PROTECT, related_name="own_word")
    whose = models.CharField(max_length=10, choices=Whose)
    by = RefField()
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Interest(Record):
    """Somebody who took part declared an interest, and what it is."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="interests")
    party = RefField()
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
