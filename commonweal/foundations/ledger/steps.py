"""What the ledger says on the thread, and how its records are called."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit.wording import shown
from commonweal.foundations.thread import kinds
from commonweal.foundations.thread.models import Step

from .models import Account, Objection, Payment
from .rules import looks_into_all, may_look


def seen_by(person: Any, steps: Sequence[Step]) -> set[int]:
    """Of the steps of payments that are not public, those that this person may look at."""
    payments = Payment.objects.select_related("from_account").in_bulk([step.subject.uuid for step in steps])
    sees_all = looks_into_all(person)
    return {step.pk for step in steps if sees_all or may_look(person, payments[step.subject.uuid])}


kinds.declare(
    "ledger.payment_proposed",
    title=_("A payment of %(amount)s to %(beneficiary)s was asked for"),
    word=_("Payment asked for"),
    stage="do",
    words=lambda ids: Payment.objects.filter(pk__in=ids).values_list("pk", shown("words")),
    seen_by=seen_by,
)
kinds.declare(
    "ledger.payment_authorised",
    title=_("The payment of %(amount)s to %(beneficiary)s was authorised, and the money set aside"),
    word=_("Payment authorised"),
    stage="do",
    seen_by=seen_by,
)
kinds.declare(
    "ledger.payment_sent",
    title=_("The payment of %(amount)s to %(beneficiary)s was sent to the paying system"),
    word=_("Payment sent"),
    stage="do",
    seen_by=seen_by,
)
kinds.declare(
    "ledger.payment_confirmed",
    title=_("We heard that %(amount)s was paid to %(beneficiary)s on %(paid_on)s"),
    word=_("Payment confirmed"),
    stage="do",
    seen_by=seen_by,
    labels={"paid_on": kinds.Day},
)
kinds.declare(
    "ledger.payment_failed",
    title=_("The payment of %(amount)s to %(beneficiary)s failed: %(why)s"),
    word=_("Payment failed"),
    stage="do",
    seen_by=seen_by,
    labels={"why": Payment.Failure},
)
kinds.declare(
    "ledger.payment_withdrawn",
    title=_("The payment of %(amount)s to %(beneficiary)s was withdrawn"),
    word=_("Payment withdrawn"),
    stage="do",
    seen_by=seen_by,
)
kinds.declare(
    "ledger.payment_declined",
    title=_("The payment of %(amount)s to %(beneficiary)s was not agreed"),
    word=_("Payment not agreed"),
    stage="do",
    words=lambda ids: Objection.objects.filter(payment__in=ids).values_list("payment", shown("words")),
    seen_by=seen_by,
)
kinds.declare(
    "ledger.posting",
    title=_("%(amount)s went from %(giver)s to %(taker)s"),
    word=_("Money or hours moved"),
    stage="do",
)
kinds.declare(
    "ledger.correction",
    title=_("A posting was put right"),
    word=_("Put right"),
    stage="do",
)
kinds.declare(
    "ledger.set_aside",
    title=_("%(amount)s of %(account)s was set aside"),
    word=_("Set aside"),
    stage="do",
)
kinds.declare(
    "ledger.set_free",
    title=_("%(amount)s of %(account)s is free again"),
    word=_("Set free"),
    stage="do",
)

kinds.name_by("ledger", "account", lambda ids: Account.objects.filter(pk__in=ids).values_list("pk", F("name")))
