"""A conversation: one question, why it is asked now, and what will be done with what people say."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit.models import Words
from commonweal.foundations.decisions.models import Owed
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record

from ..codes import draw


class Conversation(Record):
    """Takes suggestions from `opens_at` until `closes_at`, or until somebody closes it before."""

    class WhoMay(models.TextChoices):
        """Who may vote and make statements, each asking for more than the one before."""

        OPEN = "open", _("Anybody, with nothing asked")
        GUEST = "guest", _("Anybody who takes a receipt of four words")
        SIGNED_IN = "signed_in", _("Anybody who signs in")
        VERIFIED = "verified", _("Residents whom this place knows to live, work or use a service here")

    #: By which a poster names it.
    code = models.CharField(max_length=40, unique=True, default=draw, editable=False)
    who_may = models.CharField(max_length=10, choices=WhoMay, default=WhoMay.OPEN)

    class Moderated(models.TextChoices):
        AFTER = "after", _("Others see a suggestion at once. We look at it afterwards.")
        BEFORE = "before", _("We look at each suggestion before others see it.")

    question = models.CharField(max_length=200)
    why = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    #: What will be done with what people say. A conversation held elsewhere and brought in may have none.
    promise = models.ForeignKey(Words, null=True, on_delete=models.PROTECT, related_name="+")
    #: Whose promise it is, and the machine that holds them to its date.
    promised_by = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    owed = models.OneToOneField(Owed, null=True, on_delete=models.PROTECT, related_name="+")
    #: Why it opens although a poll is near.
    despite_hold = models.ForeignKey(Words, null=True, on_delete=models.PROTECT, related_name="+")
    #: So many working days until an answer, where the promise names a number: no theme may take longer without a word.
    answer_within = models.PositiveSmallIntegerField(null=True)
    #: Whether suggestions are looked at before others see them, or afterwards.
    moderated = models.CharField(max_length=6, choices=Moderated, default=Moderated.AFTER)
    opens_at = models.DateTimeField(db_index=True)
    closes_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    #: Nobody where it was brought in at the command line.
    opened_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    sent_as = models.UUIDField(null=True, unique=True)
    #: Where it was held, if it was held elsewhere and brought in.
    brought_in_from = models.CharField(max_length=300, blank=True)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_conversation_that_takes_suggestions_makes_a_promise",
                condition=Q(promise__isnull=False) | Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_conversation_closes_after_it_opens",
                condition=Q(closes_at=None) | Q(closes_at__gte=models.F("opens_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def last_moment(self) -> datetime | None:
        """The last moment of the last day, where it closes at midnight: the day that people should read."""
        return self.closes_at - timedelta(seconds=1) if self.closes_at else None

    @property
    def last_day(self) -> date | None:
        """The last day on which people could take part, where there is one: everywhere the same, by this rule."""
        ends = [end for end in (self.last_moment, self.closed_at) if end is not None]
        return timezone.localdate(min(ends)) if ends else None

    def is_open(self, at: datetime) -> bool:
        return self.opens_at <= at and not self.is_over(at)

    def is_over(self, at: datetime) -> bool:
        return any(end is not None and end <= at for end in (self.closes_at, self.closed_at))
