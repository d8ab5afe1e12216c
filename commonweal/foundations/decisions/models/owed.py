"""An answer that is owed: to whom, why, until when, who has it. One machine for all that is owed an answer."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit.models import Words
from commonweal.foundations.notices.models import Link
from commonweal.foundations.organisations.models import Service
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import RefField


class Owed(Record):
    """An answer owed about a record of any room. The first date never changes: an extension stands beside it."""

    class State(models.TextChoices):
        OPEN = "open", _("Nobody has been asked to answer yet")
        ASSIGNED = "assigned", _("Somebody has been asked to answer")
        DRAFTED = "drafted", _("An answer has been written and is being checked")
        CLEARED = "cleared", _("The answer is ready to be published")
        ANSWERED = "answered", _("Answered")
        REPLACED = "replaced", _("Met by another answer")

    #: Nobody waits for it any more.
    OVER: ClassVar = (State.ANSWERED, State.REPLACED)

    subject = RefField()
    title = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    owed_by = RefField()
    owed_at = models.DateTimeField()
    first_due_on = models.DateField()
    due_on = models.DateField(db_index=True)
    is_public = models.BooleanField(default=True)
    #: Empty again while it is reopened; when the first answer came stays.
    answered_at = models.DateTimeField(null=True)
    first_answered_at = models.DateTimeField(null=True)
    because = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_extension_never_brings_a_date_forward", condition=Q(due_on__gte=F("first_due_on"))
            ),
            models.CheckConstraint(
                name="what_is_answered_says_when",
                condition=Q(state="answered", answered_at__isnull=False, first_answered_at__isnull=False)
                | (~Q(state="answered") & Q(answered_at__isnull=True)),
            ),
        ]
        indexes = [models.Index(name="owed_by_state_and_date", fields=["state", "due_on"])]

    @property
    def is_open(self) -> bool:
        """Somebody still waits for it."""
        return self.state not in self.OVER


class OwedLine(Record):
    """One contribution that the answer covers, and the person whose own line it is."""

    owed = models.ForeignKey(Owed, on_delete=models.PROTECT, related_name="lines")
    contribution = RefField()
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="an_answer_covers_a_contribution_once", fields=["owed", "contribution"])
        ]


class Extension(Record):
    """The answer will be late: until when, because, and who says so. The earlier dates stay."""

    owed = models.ForeignKey(Owed, on_delete=models.PROTECT, related_name="extensions")
    number = models.PositiveSmallIntegerField()
    before = models.DateField()
    until = models.DateField()
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    by = RefField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_extension_follows_another", fields=["owed", "number"]),
            models.CheckConstraint(name="an_extension_gives_more_time", condition=Q(until__gt=F("before"))),
        ]


class Assignment(Record):
    """Who was asked to write the answer, by a link that they need no account for. The latest one counts."""

    owed = models.ForeignKey(Owed, on_delete=models.PROTECT, related_name="assignments")
    number = models.PositiveSmallIntegerField()
    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="+")
    #: For which service they answer. How long a service takes is counted and published.
    service = models.ForeignKey(Service, null=True, on_delete=models.PROTECT, related_name="+")
    by = RefField()
    at = models.DateTimeField()
    #: The form's own number: a double click asks nobody twice.
    sent_as = models.UUIDField(null=True, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_assignment_follows_another", fields=["owed", "number"]),
        ]

    @property
    def holder(self) -> str:
        """Who it is, for those at the desk. The name goes some time after the link was used or ran out."""
        return self.link.name or str(_("Somebody has been asked to answer"))
