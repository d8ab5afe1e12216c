"""Questions about accounts and what moved in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref

from ..models import Account, Entry, Hold, Journal
from ..rules import may_look
from .sight import seen


def account_for(person: Person | None, uuid: UUID) -> Account:
    """The account, if this person may look at it."""
    return seen(person, Account.objects.select_related("keeper").get(pk=uuid), Account)


def journal_for(person: Person | None, uuid: UUID) -> Journal:
    """The posting, if this person may look at every account in it, or at all accounts of bodies in it."""
    journal = Journal.objects.select_related("reason", "period", "corrects", "correction").get(pk=uuid)
    entries = Entry.objects.filter(journal=journal).select_related("account__keeper")
    if not any(may_look(person, entry.account) for entry in entries):
        raise Journal.DoesNotExist
    return journal


def balance(account: Account, as_of: datetime | None = None, *, known_at: datetime | None = None) -> Any:
    """What is in the account: now, or as of a moment.

    Args:
        as_of: counts what had happened by then, also where it was written down later.
        known_at: counts only what had been written down by then.
    """
    entries = Entry.objects.filter(account=account)
    if as_of is not None:
        entries = entries.filter(journal__happened_at__lte=as_of)
    if known_at is not None:
        entries = entries.filter(journal__recorded_at__lte=known_at)
    if as_of is None and known_at is None:
        return account.amount(Account.objects.values_list("balance", flat=True).get(pk=account.pk))
    return account.amount(entries.aggregate(sum=Coalesce(Sum("amount"), 0))["sum"])


def accounts_of(owner: Record | Ref) -> QuerySet[Account]:
    return Account.objects.filter(owner=owner.ref).order_by("unit", "name")


def entries_of(account: Account) -> QuerySet[Entry]:
    """The account's entries with their postings, latest first."""
    return (
        Entry.objects.filter(account=account)
        .select_related("account", "journal__reason", "journal__correction", "journal__period")
        .order_by("-id")
    )


def entries_in(journal: Journal) -> QuerySet[Entry]:
    return Entry.objects.filter(journal=journal).select_related("account__keeper").order_by("amount", "id")


def holds_on(account: Account) -> QuerySet[Hold]:
    """What is set aside in it now, oldest first."""
    return Hold.objects.filter(account=account, ended_at=None).select_related("account", "reason").order_by("made_at")
