"""Whether the books hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet, Sum

from ..models import Account, Entry, Hold


@dataclass(frozen=True)
class Drift:
    """An account whose kept balance is not what its entries say."""

    account: Account
    entries: int
    holds: int


def drifts() -> list[Drift]:
    """Accounts whose kept figures differ from their entries or holds. None, unless something went round the laws."""
    sums = dict(Entry.objects.values_list("account").annotate(sum=Sum("amount")))
    aside = dict(Hold.objects.filter(ended_at=None).values_list("account").annotate(sum=Sum("amount")))
    return [
        Drift(account, sums.get(account.pk, 0), aside.get(account.pk, 0))
        for account in Account.objects.order_by("pk").iterator()
        if (account.balance, account.held) != (sums.get(account.pk, 0), aside.get(account.pk, 0))
    ]


def totals() -> dict[str, int]:
    """The sum of all balances in each unit: nought, always."""
    return dict(Account.objects.values_list("unit").annotate(sum=Sum("balance")))


def unbalanced_journals() -> QuerySet[Any]:
    """Postings that do not sum to nought in a unit. There are none, or something went round the laws."""
    sums = Entry.objects.values("journal", unit=F("account__unit")).annotate(sum=Sum("amount"))
    return sums.exclude(sum=0)
