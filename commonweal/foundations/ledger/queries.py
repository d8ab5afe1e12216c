"""Questions to the ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from commonweal.foundations.organisations import queries as organisations
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs import clock
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref

from .models import Account, Authorisation, Dispatch, Entry, Hold, Journal, Objection, Payment
from .rules import bodies_authorised_by, bodies_kept_by, looks_into_all, may_look


def account_for(person: Person | None, uuid: UUID) -> Account:
    """The account, if this person may look at it."""
    return _seen(person, Account.objects.select_related("keeper").get(pk=uuid), Account)


def journal_for(person: Person | None, uuid: UUID) -> Journal:
    """The posting, if this person may look at every account in it, or at all accounts of bodies in it."""
    journal = Journal.objects.select_related("reason", "period", "corrects", "correction").get(pk=uuid)
    entries = Entry.objects.filter(journal=journal).select_related("account__keeper")
    if not any(may_look(person, entry.account) for entry in entries):
        raise Journal.DoesNotExist
    return journal


def payment_for(person: Person | None, uuid: UUID) -> Payment:
    """The payment, if this person may look at it."""
    payment = Payment.objects.select_related(
        "from_account__keeper", "to_account", "words", "reason", "journal", "dispatch", "hold"
    )
    return _seen(person, payment.get(pk=uuid), Payment)


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


def authorisers_of(payment: Payment) -> list[tuple[Authorisation, Person]]:
    """Who has said yes, in order, with their names."""
    given = list(Authorisation.objects.filter(payment=payment).order_by("at", "pk"))
    people = Person.objects.in_bulk([each.by.uuid for each in given])
    return [(each, people[each.by.uuid]) for each in given]


def objection_to(payment: Payment) -> Objection | None:
    """The no that ended it, with its reason."""
    return Objection.objects.select_related("because").filter(payment=payment).first()


def waiting_for(person: Person, *, on: date) -> QuerySet[Payment]:
    """Payments that this person could authorise and has not, oldest first: never one to themselves or to a body that
    they belong to, and none that they asked for."""
    theirs = organisations.organisations_of(person, on=on).values_list("pk", flat=True)
    given = Authorisation.objects.filter(by=person.ref)
    return (
        Payment.objects.filter(state=Payment.State.PROPOSED, from_account__keeper__in=bodies_authorised_by(person, on))
        .exclude(pk__in=given.values("payment"))
        .exclude(proposed_by=person.ref)
        .exclude(beneficiary__in=[person.ref, *(Organisation(pk=id).ref for id in theirs)])
        .select_related("from_account", "words", "hold", "dispatch")
        .annotate(yeses=Count("authorisations"))
        .order_by("proposed_at", "pk")
    )


def yeses_missing(payment: Payment) -> int:
    """How many more people have to say yes, of a payment that came from `waiting_for`."""
    given: int = payment.yeses  # type: ignore[attr-defined]
    return payment.eyes - given


def payments_to_send(person: Person, *, on: date) -> QuerySet[Payment]:
    """Authorised payments of the bodies whose money this person keeps, body by body, oldest first."""
    return (
        Payment.objects.filter(state=Payment.State.AUTHORISED, from_account__keeper__in=bodies_kept_by(person, on))
        .select_related("from_account__keeper", "words", "hold", "dispatch")
        .order_by("from_account__keeper__name", "proposed_at", "pk")
    )


def payments_to_settle(person: Person, *, on: date) -> QuerySet[Payment]:
    """Sent payments of those bodies that wait for the paying system's word, oldest first."""
    return (
        Payment.objects.filter(state=Payment.State.SENT, from_account__keeper__in=bodies_kept_by(person, on))
        .select_related("words", "hold", "dispatch")
        .order_by("proposed_at", "pk")
    )


def dispatches_of(person: Person, *, on: date) -> QuerySet[Dispatch]:
    """The files of those bodies, latest first, with how many payments in each still wait for an answer."""
    waiting = Count("payments", filter=Q(payments__state=Payment.State.SENT))
    return (
        Dispatch.objects.filter(keeper__in=bodies_kept_by(person, on))
        .select_related("keeper")
        .annotate(waiting=waiting, pence=Sum("payments__pence"))
        .order_by("-made_at", "-pk")
    )


def dispatch_for(person: Person | None, uuid: UUID) -> Dispatch:
    """The file, for those who keep the money in it and for auditors."""
    dispatch = Dispatch.objects.select_related("keeper").get(pk=uuid)
    kept = person is not None and bodies_kept_by(person, clock.today()).filter(organisation=dispatch.keeper_id).exists()
    if kept or looks_into_all(person):
        return dispatch
    raise Dispatch.DoesNotExist


def payments_in(dispatch: Dispatch) -> QuerySet[Payment]:
    return Payment.objects.filter(dispatch=dispatch).select_related("words", "dispatch", "hold").order_by("reference")


def names_of(refs: Collection[Ref]) -> dict[Ref, str]:
    """How people and bodies are called, in two questions at most."""
    names: dict[Ref, str] = {}
    by_kind = {(ref.room, ref.kind) for ref in refs}
    if ("people", "person") in by_kind:
        names |= {each.ref: str(each) for each in Person.objects.filter(pk__in=_ids(refs, "person"))}
    if ("organisations", "organisation") in by_kind:
        names |= {each.ref: str(each) for each in Organisation.objects.filter(pk__in=_ids(refs, "organisation"))}
    return names


# -- what goes out to the paying system

DISPATCH_COLUMNS = ("reference", "payee", "payee_identifier", "amount", "currency")


def dispatch_rows(dispatch: Dispatch) -> Iterator[tuple[str, ...]]:
    """The rows of the file for the paying system, which finds the bank details by the payee in its own records."""
    payments = list(Payment.objects.filter(dispatch=dispatch).order_by("reference"))
    names = names_of([payment.beneficiary for payment in payments])
    bodies = Organisation.objects.in_bulk(_ids([payment.beneficiary for payment in payments], "organisation"))
    for payment in payments:
        body = bodies.get(payment.beneficiary.uuid)
        identifier = body.identifier if body and body.identifier else str(payment.beneficiary.uuid)
        name = names.get(payment.beneficiary, "")
        yield payment.reference, name, identifier, _decimal(payment.pence), "GBP"


# -- whether the books hold


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


def _seen(person: Person | None, record: Any, kind: Any) -> Any:
    if looks_into_all(person) or may_look(person, record):
        return record
    raise kind.DoesNotExist


def _ids(refs: Collection[Ref], kind: str) -> list[UUID]:
    return [ref.uuid for ref in refs if ref.kind == kind]


def _decimal(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02}"
