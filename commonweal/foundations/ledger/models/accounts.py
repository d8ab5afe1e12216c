"""Who holds how much of what."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import RefField
from commonweal.methods.quantities import Minutes, Money


class Unit(models.TextChoices):
    GBP = "gbp", _("Pounds")
    MINUTES = "minutes", _("Hours and minutes")

    @property
    def amount(self) -> type[Money] | type[Minutes]:
        """The kind of amount that is counted in this unit. Hours are never money."""
        return Money if self is Unit.GBP else Minutes


class Account(Record):
    """Pounds or hours that somebody holds. The balance is kept by the database as entries come in.

    What can be spent is the balance without what is set aside, down to the floor. No floor means no lower limit: that
    is how the world outside the ledger is written down.
    """

    owner: RefField = RefField()
    unit = models.CharField(max_length=10, choices=Unit)
    name = models.CharField(max_length=120)
    #: The body whose officers and treasurers may authorise payments from it.
    keeper = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    floor = models.BigIntegerField(null=True)
    ceiling = models.BigIntegerField(null=True)
    balance = models.BigIntegerField(default=0)
    held = models.BigIntegerField(default=0)
    #: Anybody may look at it. Accounts of people are not public.
    is_public = models.BooleanField()
    #: Under which the council's general ledger keeps the same money.
    general_ledger_code = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="an_owner_names_an_account_once", fields=["owner", "unit", "name"]),
            models.CheckConstraint(name="an_account_counts_pounds_or_minutes", condition=Q(unit__in=Unit.values)),
            models.CheckConstraint(
                name="an_account_never_falls_below_its_floor",
                condition=Q(floor=None) | Q(balance__gte=F("floor") + F("held")),
            ),
            models.CheckConstraint(
                name="an_account_never_rises_above_its_ceiling",
                condition=Q(ceiling=None) | Q(balance__lte=F("ceiling")),
            ),
            models.CheckConstraint(name="what_is_set_aside_is_never_less_than_nought", condition=Q(held__gte=0)),
            models.CheckConstraint(name="an_account_closes_empty", condition=Q(closed_at=None) | Q(balance=0, held=0)),
        ]

    def amount(self, count: int) -> Any:
        """So much of the account's unit, as an amount that knows it."""
        return Unit(self.unit).amount.of(count)

    @property
    def holds(self) -> Any:
        """What is in it now."""
        return self.amount(self.balance)

    @property
    def set_aside(self) -> Any:
        return self.amount(self.held)

    @property
    def free(self) -> Any:
        """What is in it and not set aside."""
        return self.amount(self.balance - self.held)

    def __str__(self) -> str:
        return self.name
