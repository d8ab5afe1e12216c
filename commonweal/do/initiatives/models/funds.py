"""What is put in, in pounds and in hours, side by side and never turned into each other."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from commonweal.foundations.audit.models import Words
from commonweal.foundations.ledger.models import Account, Journal, Unit
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record
from commonweal.methods.quantities import Minutes, Money

from .initiatives import Initiative


class PooledFund(Record):
    """One purse of an initiative, kept by a host: pounds on one account, promised hours on another."""

    initiative = models.OneToOneField(Initiative, on_delete=models.PROTECT, related_name="fund")
    host = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=300)
    pounds = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    hours = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    hours_worked = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    #: The form's own number: the same form sent again opens nothing new.
    sent_as = models.UUIDField(null=True, unique=True)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")

    kind_name: ClassVar[str] = "fund"


class FundContribution(Record):
    """An organisation put pounds or hours in. The ledger's journal says the same and cannot be changed."""

    fund = models.ForeignKey(PooledFund, on_delete=models.PROTECT, related_name="contributions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(max_length=10, choices=Unit)
    count = models.BigIntegerField()
    journal = models.OneToOneField(Journal, on_delete=models.PROTECT, related_name="+")
    contributed_at = models.DateTimeField()
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")

    kind_name: ClassVar[str] = "contribution"

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_contribution_is_more_than_nothing", condition=Q(count__gt=0)),
        ]

    @property
    def amount(self) -> Money | Minutes:
        return Unit(self.unit).amount.of(self.count)


class GivenHours(Record):
    """Time that a person or a group really gave. It counts once somebody else has confirmed it."""

    fund = models.ForeignKey(PooledFund, on_delete=models.PROTECT, related_name="given_hours")
    giver = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    minutes = models.PositiveIntegerField()
    #: How much of it had been promised by the group: what was promised and is given leaves the purse.
    from_promise = models.PositiveIntegerField(default=0)
    given_on = models.DateField()
    what = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    told_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    #: Since when it does not count: somebody said no to it (`Doubt`), or whoever gave it took it back.
    ended_at = models.DateTimeField(null=True, blank=True)
    journal = models.OneToOneField(Journal, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    because = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
    step = models.ForeignKey(Step, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    kind_name: ClassVar[str] = "hours"

    class Meta:
        constraints = [
            models.CheckConstraint(name="given_hours_are_more_than_nothing", condition=Q(minutes__gt=0)),
            models.CheckConstraint(
                name="no_more_leaves_a_promise_than_is_given", condition=Q(from_promise__lte=F("minutes"))
            ),
            models.CheckConstraint(
                name="hours_are_given_by_a_person_or_a_group",
                condition=Q(giver__isnull=False, group=None) | Q(giver=None, group__isnull=False),
            ),
            models.CheckConstraint(
                name="hours_are_confirmed_by_somebody_else",
                condition=Q(confirmed_by=None)
                | (~Q(confirmed_by=F("told_by")) & (Q(giver=None) | ~Q(confirmed_by=F("giver")))),
            ),
            models.CheckConstraint(
                name="confirmed_hours_are_on_the_ledger",
                condition=Q(confirmed_by=None, confirmed_at=None, journal=None, step=None)
                | Q(
                    confirmed_by__isnull=False,
                    confirmed_at__isnull=False,
                    journal__isnull=False,
                    step__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="hours_that_ended_never_count", condition=Q(ended_at=None) | Q(confirmed_at=None)
            ),
        ]

    @property
    def time(self) -> Minutes:
        return Minutes(self.minutes)

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def waits(self) -> bool:
        """Nobody has confirmed it, nobody has said no, and nobody has taken it back."""
        return self.confirmed_at is None and self.ended_at is None
