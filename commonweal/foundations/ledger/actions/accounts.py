"""Verbs of accounts: open, move the limits, close."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref
from commonweal.methods.quantities import Amount

from ..models import Account, Unit
from .refusals import AccountAlreadyOpen, AccountNotEmpty, NoRoom, NotEnough, TwoPeopleNeeded, WrongUnit


@transaction.atomic
def open_account(
    *,
    owner: Record | Ref,
    unit: str,
    name: str,
    by: Record | Ref,
    at: datetime,
    floor: Amount | int | None = 0,
    ceiling: Amount | int | None = None,
    keeper: Organisation | None = None,
    is_public: bool | None = None,
    general_ledger_code: str = "",
) -> Account:
    """Open an account of pounds or of hours, empty.

    Args:
        floor: the least that may be in it (a whole number counts the unit: pence or minutes); None for the world
            outside, which may be owed without end.
        keeper: whose officers and treasurers authorise its payments; the owner, where that is an organisation.
        is_public: anybody may look; unless said otherwise, all accounts but those of people.
    """
    if keeper is None and isinstance(owner, Organisation):
        keeper = owner
    try:
        with transaction.atomic():
            account = Account.objects.create(
                owner=owner.ref,
                unit=Unit(unit),
                name=name,
                keeper=keeper,
                floor=_limit(floor, unit),
                ceiling=_limit(ceiling, unit),
                is_public=owner.ref.room != "people" if is_public is None else is_public,
                general_ledger_code=general_ledger_code,
                opened_at=at,
            )
    except IntegrityError as clash:
        if Account.objects.filter(owner=owner.ref, unit=unit, name=name).exists():
            raise AccountAlreadyOpen(name) from clash
        raise
    audit.enter(
        by=by, verb="ledger.open_account", subject=account, at=at, facts={"owner": str(owner.ref), "unit": unit}
    )
    return account


@transaction.atomic
def move_limits(
    *,
    account: Account,
    by: Record | Ref,
    second: Record | Ref,
    at: datetime,
    floor: Amount | int | None,
    ceiling: Amount | int | None = None,
) -> Account:
    """Set another floor and ceiling. It takes two different people."""
    if by.ref == second.ref:
        raise TwoPeopleNeeded(account)
    account = Account.objects.select_for_update().get(pk=account.pk)
    account.floor, account.ceiling = _limit(floor, account.unit), _limit(ceiling, account.unit)
    if account.floor is not None and account.balance - account.held < account.floor:
        raise NotEnough(account)
    if account.ceiling is not None and account.balance > account.ceiling:
        raise NoRoom(account)
    account.save(update_fields=["floor", "ceiling"])
    facts = {"floor": account.floor, "ceiling": account.ceiling, "second": str(second.ref)}
    audit.enter(by=by, verb="ledger.move_limits", subject=account, at=at, facts=facts)
    return account


@transaction.atomic
def close_account(*, account: Account, by: Record | Ref, at: datetime) -> Account:
    """Close an empty account. It stays, with all its entries, to be looked at."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    if account.balance or account.held:
        raise AccountNotEmpty(account)
    account.closed_at = at
    account.save(update_fields=["closed_at"])
    audit.enter(by=by, verb="ledger.close_account", subject=account, at=at)
    return account


def lock(accounts: Iterable[UUID]) -> dict[UUID, Account]:
    """Hold the accounts' rows until the transaction ends, in the one order in which everybody takes them."""
    rows = Account.objects.select_for_update(no_key=True).filter(pk__in=list(accounts)).order_by("pk")
    return {account.pk: account for account in rows}


def _limit(limit: Amount | int | None, unit: str) -> int | None:
    if isinstance(limit, Amount):
        if limit.unit != unit:
            raise WrongUnit(limit)
        return limit.count
    return limit
