"""Questions about payments out of a shared purse."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from commonweal.foundations.ledger import queries as ledger
from commonweal.foundations.ledger.models import Payment
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.naming import known_names
from commonweal.foundations.verbs.refs import Ref

from ..models import PooledFund


def payment_for(person: Person | None, uuid: UUID) -> Payment:
    """A payment out of a shared purse, if this person may look at it."""
    payment = ledger.payment_for(person, uuid)
    if not PooledFund.objects.filter(pounds=payment.from_account_id).exists():
        raise Payment.DoesNotExist
    return payment


def payments_from(fund: PooledFund, *, for_its_keepers: bool = False) -> QuerySet[Payment]:
    """Payments out of the purse, newest first: the public ones, or for the host's officers and treasurers all."""
    payments = Payment.objects.filter(from_account=fund.pounds_id).select_related("words", "hold", "dispatch")
    if not for_its_keepers:
        payments = payments.filter(is_public=True)
    return payments.order_by("-proposed_at", "-id")


def payments_to_see_through(fund: PooledFund) -> QuerySet[Payment]:
    """Those that wait for the host's people, oldest first."""
    waiting = [Payment.State.PROPOSED, Payment.State.AUTHORISED, Payment.State.SENT]
    payments = Payment.objects.filter(from_account=fund.pounds_id, state__in=waiting)
    payments = payments.select_related("words", "hold", "dispatch")
    return payments.order_by("proposed_at", "id")[:50]


def payments_to_answer(fund: PooledFund, person: Person, *, on: date) -> set[UUID]:
    """Which of them wait for this person's own yes or no."""
    return set(ledger.waiting_for(person, on=on).filter(from_account=fund.pounds_id).values_list("pk", flat=True))


def payee_names(payments: Sequence[Payment]) -> dict[Ref, str]:
    return known_names([payment.beneficiary for payment in payments]) if payments else {}
