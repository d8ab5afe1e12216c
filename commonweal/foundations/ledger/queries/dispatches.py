"""Questions about the files that go out to the paying system."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.naming import known_names
from commonweal.foundations.verbs import clock

from ..models import Dispatch, Payment
from ..rules import bodies_kept_by, looks_into_all


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


DISPATCH_COLUMNS = ("reference", "payee", "payee_identifier", "amount", "currency")


def dispatch_rows(dispatch: Dispatch) -> Iterator[tuple[str, ...]]:
    """The rows of the file for the paying system, which finds the bank details by the payee in its own records."""
    payments = list(Payment.objects.filter(dispatch=dispatch).order_by("reference"))
    names = known_names([payment.beneficiary for payment in payments])
    paid = [payment.beneficiary for payment in payments]
    bodies = Organisation.objects.in_bulk([ref.uuid for ref in paid if ref.kind == "organisation"])
    for payment in payments:
        body = bodies.get(payment.beneficiary.uuid)
        identifier = body.identifier if body and body.identifier else str(payment.beneficiary.uuid)
        name = names.get(payment.beneficiary, "")
        yield payment.reference, name, identifier, _decimal(payment.pence), "GBP"


def _decimal(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02}"
