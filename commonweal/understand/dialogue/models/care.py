"""What may tell of harm: held for people whose task it is to look after others, with a clock."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit.models import Words
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs.records import Record

from .contributions import Contribution


class Concern(Record):
    """A suggestion is held for care: since when, until when somebody must have taken it up, and how it stands.

    It keeps no word of what was said and no reason: the words are the author's and the safeguarding role's alone.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Nobody has taken it up yet")
        TAKEN_UP = "taken_up", _("Somebody is seeing to it")
        REFERRED = "referred", _("Passed on to those who can help")
        BACK = "back", _("No concern: back in the conversation")
        KEPT = "kept", _("No concern: it stays private")

    class FoundBy(models.TextChoices):
        RULES = "rules", _("Word rules")
        CONVENOR = "convenor", _("A convenor")

    OPEN = ("waiting", "taken_up")

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="concerns", db_index=False)
    found_by = models.CharField(max_length=10, choices=FoundBy)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    taken_up_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    #: When the others were told that nobody had taken it up in time.
    late_told_at = models.DateTimeField(null=True)
    #: Its author asks that nobody else ever reads it, whatever is decided.
    stays_private = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_suggestion_is_held_for_care_once_at_a_time",
                fields=["contribution"],
                condition=Q(state__in=["waiting", "taken_up"]),
            ),
            models.CheckConstraint(
                name="what_somebody_sees_to_says_who",
                condition=Q(state="waiting", taken_up_by=None) | ~Q(state="waiting") & Q(taken_up_by__isnull=False),
            ),
            models.CheckConstraint(
                name="what_its_author_keeps_private_never_goes_back",
                condition=Q(stays_private=False) | ~Q(state="back"),
            ),
            models.CheckConstraint(name="a_clock_ends_after_it_starts", condition=Q(due_at__gt=models.F("opened_at"))),
        ]
        indexes = [
            models.Index(name="concerns_by_clock", fields=["opened_at"], condition=Q(state__in=["waiting", "taken_up"]))
        ]

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    def is_late(self, at: datetime) -> bool:
        """Nobody has taken it up, and the time is over."""
        return self.state == self.State.WAITING and self.due_at <= at


class CareAct(models.Model):
    """What somebody of the safeguarding role did about it, and when. `words` name the body that it was passed on to."""

    class Did(models.TextChoices):
        READ = "read", _("Read it")
        TAKEN_UP = "taken_up", _("Took it up")
        REFERRED = "referred", _("Passed it on")
        BACK = "back", _("Found no concern, and put it back into the conversation")
        KEPT = "kept", _("Found no concern, and kept it private")

    id = models.BigAutoField(primary_key=True)
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="acts")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    did = models.CharField(max_length=10, choices=Did)
    words = models.ForeignKey(Words, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="what_is_passed_on_says_to_whom",
                condition=Q(did="referred", words__isnull=False) | ~Q(did="referred") & Q(words=None),
            )
        ]
