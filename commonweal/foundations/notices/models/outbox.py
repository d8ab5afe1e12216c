"""The outbox: what somebody is to be told, written in the same transaction as the thing it tells of."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record

from .link import Link


class Notice(Record):
    """One thing that one person (or the holder of one link) is told, once."""

    class Cadence(models.TextChoices):
        OWN = "own", _("At once: it is theirs")
        WEEKLY = "weekly", _("In the weekly summary")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to go")
        #: Claimed by a worker. One that stays here longer than a claim lasts is taken up again.
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Could not be delivered")
        LETTER = "letter", _("To be posted as a letter")
        POSTED = "posted", _("Posted as a letter")
        NOT_WANTED = "not_wanted", _("Not wanted")
        UNSAFE = "unsafe", _("Not safe to send")

    to = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    link = models.ForeignKey(Link, null=True, on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
    #: The step that was the person's own: what they said is quoted before the news of it.
    line = models.ForeignKey(Step, null=True, on_delete=models.PROTECT, related_name="+")
    cadence = models.CharField(max_length=10, choices=Cadence)
    state = models.CharField(max_length=12, choices=State)
    told_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_person_is_told_of_a_step_once", fields=["to", "about"]),
            models.UniqueConstraint(name="the_holder_of_a_link_is_told_of_a_step_once", fields=["link", "about"]),
            models.CheckConstraint(
                name="a_notice_goes_to_a_person_or_to_the_holder_of_a_link",
                condition=(Q(to=None) & ~Q(link=None)) | (~Q(to=None) & Q(link=None)),
            ),
        ]
        indexes = [models.Index(name="notices_by_state_and_time", fields=["state", "next_try_at"])]


class Failure(Record):
    """A message that did not arrive, and the named person who sees to it."""

    class Why(models.TextChoices):
        NO_ADDRESS = "no_address", _("We have no address for them")
        REFUSED = "refused", _("Their mail server does not take it")
        GAVE_UP = "gave_up", _("No mail could be sent for three days")

    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=12, choices=Why)
    responsible = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    seen_to_at = models.DateTimeField(null=True)
    seen_to_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="what_was_seen_to_names_who_saw_to_it",
                condition=(Q(seen_to_at=None) & Q(seen_to_by=None))
                | (Q(seen_to_at__gte=F("at")) & ~Q(seen_to_by=None)),
            )
        ]
