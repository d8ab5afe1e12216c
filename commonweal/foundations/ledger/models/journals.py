"""What moved from where to where, and why."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import RefField

from .accounts import Account
from .periods import Period


class Journal(Record):
    """One posting: entries that sum to nought in each unit, with a reason and somebody who answers for it.

    Its id is made by whoever posts, so that a repeated posting is known for what it is. It never changes: a mistake is
    put right by another journal that says which one it corrects.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    #: SHA-256 of what was asked for, to tell a repetition from another posting under the same id.
    digest = models.BinaryField(max_length=32)
    #: Neither reason nor period has a key in the database, which would lock their rows: every posting of a month would
    #: queue for its period. Their rows never go, so a guard asks once, when the journal is made.
    reason = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    by: RefField = RefField(db_index=False)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    period = models.ForeignKey(
        Period, on_delete=models.PROTECT, related_name="journals", db_constraint=False, db_index=False
    )
    #: It happened in a month that was closed by then.
    is_late = models.BooleanField()
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="correction")
    #: How many entries it has, so that none can be added afterwards.
    lines = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_journal_has_two_entries_or_more", condition=Q(lines__gte=2)),
            models.CheckConstraint(
                name="a_journal_does_not_correct_itself", condition=Q(corrects=None) | ~Q(corrects=models.F("id"))
            ),
        ]
        indexes = [models.Index(name="journals_of_a_period", fields=["period"])]


class Entry(models.Model):
    """So much into an account, or out of it."""

    id = models.BigAutoField(primary_key=True)
    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, related_name="entries", db_index=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="entries", db_index=False)
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="an_account_stands_once_in_a_journal", fields=["journal", "account"]),
            models.CheckConstraint(name="an_entry_is_never_nought", condition=~Q(amount=0)),
        ]
        indexes = [models.Index(name="entries_of_an_account", fields=["account", "id"])]

    @property
    def moved(self) -> Any:
        """The amount in the account's unit. Load the account with it."""
        return self.account.amount(self.amount)
