"""Money and hours set aside."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import RefField

from .accounts import Account


class Hold(Record):
    """Part of a balance that is promised: still there, no longer free to spend."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="set_asides")
    amount = models.BigIntegerField()
    reason = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
    by: RefField = RefField(db_index=False)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="a_hold_sets_something_aside", condition=Q(amount__gt=0))]

    @property
    def held(self) -> Any:
        """The amount in the account's unit. Load the account with it."""
        return self.account.amount(self.amount)
