"""Questions about payments: who said yes or no, and for whom they wait."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet

from commonweal.foundations.organisations import queries as organisations
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person

from ..models import Authorisation, Objection, Payment
from ..rules import bodies_authorised_by, bodies_kept_by
from .sight import seen


def payment_for(person: Person | None, uuid: UUID) -> Payment:
    """The payment, if this person may look at it."""
    payment = Payment.objects.select_related(
        "from_account__keeper", "to_account", "words", "reason", "journal", "dispatch", "hold"
    )
    return seen(person, payment.get(pk=uuid), Payment)


def authorisers_of(payment: Payment) -> list[tuple[Authorisation, Person]]:
    """Who has said yes, in order, with their names."""
    given = list(Authorisation.objects.filter(payment=payment).order_by("at", "pk"))
    people = Person.objects.in_bulk([each.by.uuid for each in given])
    return [(each, people[each.by.uuid]) for each in given]


def objection_to(payment: Payment) -> Objection | None:
    """The no that ended it, with its reason."""
    return Objection.objects.select_related("words").filter(payment=payment).first()


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
