"""Verbs of payments, in the order of a payment's life.

propose_payment → authorise (one or two people; then the money is set aside) → send (a file goes out)
                → confirm (the file that comes back says paid; only now it is posted) or fail (it is free again)
withdraw        before it was sent
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.intake.models import Intake
from commonweal.foundations.organisations import queries as organisations
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread import queries as threads
from commonweal.foundations.thread.models import Audience, Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref
from commonweal.methods.quantities import Money

from ..limits import four_eyes_above
from ..models import Account, Authorisation, Dispatch, Payment, Unit
from . import holds, journals
from .accounts import lock
from .refusals import (
    AlreadyAuthorised,
    IdempotencyConflict,
    NothingMoves,
    NotThere,
    OwnPayment,
    SeveralKeepers,
    TooFewEyes,
    WrongUnit,
)

State = Payment.State


@transaction.atomic
def propose_payment(
    *,
    from_account: Account,
    to_account: Account,
    amount: Money,
    beneficiary: Record | Ref,
    words: str,
    by: Record | Ref,
    because: Step,
    at: datetime,
    is_public: bool | None = None,
    sent_as: UUID | None = None,
) -> Payment:
    """Ask for a payment. Nothing moves, and nothing is set aside, before it is authorised.

    Args:
        from_account: whose money it is.
        to_account: where it is posted once it is paid, usually the payee's account in this ledger.
        beneficiary: the person or body that gets it. They never authorise it.
        words: what it is for, in the words of whoever asks.
        because: the step that asks for it: the page of the payment shows what that came from.
        is_public: unless said otherwise, all payments but those to a person.
        sent_as: the form's own number: the same form sent again asks for nothing new.

    Raises:
        IdempotencyConflict: the number was sent before with something else in it, or by somebody else.
    """
    if {from_account.unit, to_account.unit} != {Unit.GBP.value}:
        raise WrongUnit(from_account, to_account)
    if amount.pence <= 0:
        raise NothingMoves(amount)
    asked = {
        "from_account": from_account,
        "to_account": to_account,
        "pence": amount.pence,
        "beneficiary": beneficiary.ref,
        "proposed_by": by.ref,
    }
    try:
        with transaction.atomic():
            payment = _ask(asked, words, because, at, is_public, sent_as)
    except IntegrityError:
        before = Payment.objects.select_related("words").filter(sent_as=sent_as).first() if sent_as else None
        if before is None:
            raise
        if before.words.text != words or any(getattr(before, name) != value for name, value in asked.items()):
            raise IdempotencyConflict(before) from None
        return before
    facts = {"pence": amount.pence, "from": str(from_account.pk), "beneficiary": str(beneficiary.ref)}
    audit.enter(by=by, verb="ledger.propose_payment", subject=payment, at=at, facts=facts, words=[payment.words])
    _tell("ledger.payment_proposed", payment, because, at)
    return payment


def _ask(
    asked: dict[str, Any], words: str, because: Step, at: datetime, is_public: bool | None, sent_as: UUID | None
) -> Payment:
    id = uuid4()
    return Payment.objects.create(
        id=id,
        **asked,
        words=audit.keep_words(words),
        reference=_reference(id),
        reason=because,
        proposed_at=at,
        sent_as=sent_as,
        eyes=2 if Money(asked["pence"]) > four_eyes_above(timezone.localdate(at)) else 1,
        is_public=asked["beneficiary"].room != "people" if is_public is None else is_public,
    )


@transaction.atomic
def authorise(*, payment: Payment, by: Person, at: datetime) -> Payment:
    """Say yes to a payment. With the last yes that it needs, its money is set aside.

    Two different people are needed above the limit of `four_eyes_above`; whoever asked may be one of them but never
    the only one. Neither is, or belongs to, the beneficiary.
    """
    payment = _locked(payment, State.PROPOSED)
    if is_beneficiary(by, payment, timezone.localdate(at)):
        raise OwnPayment(payment)
    if payment.eyes == 1 and payment.proposed_by == by.ref:
        raise TooFewEyes(payment)
    try:
        with transaction.atomic():
            Authorisation.objects.create(payment=payment, by=by.ref, at=at)
    except IntegrityError as twice:
        raise AlreadyAuthorised(payment) from twice
    given = Authorisation.objects.filter(payment=payment).count()
    audit.enter(by=by, verb="ledger.authorise", subject=payment, at=at, facts={"given": given, "needed": payment.eyes})
    if given >= payment.eyes:
        before = _latest(payment)
        payment.hold = holds.hold(account=payment.from_account, amount=payment.amount, because=before, by=by, at=at)
        _move(payment, State.AUTHORISED, "hold")
        _tell("ledger.payment_authorised", payment, before, at)
    return payment


@transaction.atomic
def withdraw(*, payment: Payment, by: Record | Ref, at: datetime) -> Payment:
    """Take a payment back before it is sent. What was set aside for it is free again."""
    payment = _locked(payment, State.PROPOSED, State.AUTHORISED)
    before = _latest(payment)
    if payment.hold is not None:
        holds.release(hold=payment.hold, by=by, at=at)
    payment.settled_at = at
    _move(payment, State.WITHDRAWN, "settled_at")
    audit.enter(by=by, verb="ledger.withdraw", subject=payment, at=at)
    _tell("ledger.payment_withdrawn", payment, before, at)
    return payment


@transaction.atomic
def send(*, payments: Sequence[Payment], by: Record | Ref, at: datetime) -> Dispatch:
    """Put authorised payments of one body into one file (see `queries.dispatch_rows`). All or none."""
    if not payments:
        raise NotThere(payments)
    accounts = Account.objects.filter(pk__in=[payment.from_account_id for payment in payments])
    keepers = set(accounts.values_list("keeper", flat=True))
    if len(keepers) != 1:
        raise SeveralKeepers(payments)
    dispatch = Dispatch.objects.create(by=by.ref, made_at=at, keeper_id=keepers.pop())
    total = 0
    for payment in sorted(payments, key=lambda payment: payment.pk):
        payment = _locked(payment, State.AUTHORISED)
        before = _latest(payment)
        payment.dispatch = dispatch
        _move(payment, State.SENT, "dispatch")
        _tell("ledger.payment_sent", payment, before, at)
        total += payment.pence
    facts = {"payments": len(payments), "pence": total}
    audit.enter(by=by, verb="ledger.send", subject=dispatch, at=at, facts=facts)
    return dispatch


@transaction.atomic
def confirm(
    *,
    payment: Payment,
    paid_on: date,
    by: Record | Ref,
    at: datetime,
    heard_as: str = "",
    heard_in: Intake | None = None,
) -> Payment:
    """The paying system says that it is paid: the money leaves the account for good.

    Args:
        by: who tells us so.
        heard_as: the paying system's own number for it, where its word was typed in by hand.
        heard_in: the paying system's file, where there was one.
    """
    payment = _locked(payment, State.SENT)
    before = _latest(payment)
    lock([payment.from_account_id, payment.to_account_id])
    if payment.hold is not None:
        holds.release(hold=payment.hold, by=by, at=at)
    payment.journal = journals.post(
        id=uuid5(payment.pk, "confirmed"),
        entries=[(payment.from_account, -payment.amount), (payment.to_account, payment.amount)],
        because=before,
        by=by,
        at=at,
    )
    payment.paid_on = paid_on
    _settle(payment, State.CONFIRMED, "journal", "paid_on", by=by, at=at, heard_as=heard_as, heard_in=heard_in)
    facts = {"paid_on": paid_on.isoformat(), "heard_as": heard_as}
    audit.enter(by=by, verb="ledger.confirm", subject=payment, at=at, facts=facts)
    _tell("ledger.payment_confirmed", payment, before, at)
    return payment


@transaction.atomic
def fail(
    *,
    payment: Payment,
    failure: str,
    by: Record | Ref,
    at: datetime,
    heard_as: str = "",
    heard_in: Intake | None = None,
) -> Payment:
    """The paying system says that it could not pay: the money is free again in its account."""
    payment = _locked(payment, State.SENT)
    before = _latest(payment)
    if payment.hold is not None:
        holds.release(hold=payment.hold, by=by, at=at)
    payment.failure = Payment.Failure(failure)
    _settle(payment, State.FAILED, "failure", by=by, at=at, heard_as=heard_as, heard_in=heard_in)
    facts = {"why": payment.failure, "heard_as": heard_as}
    audit.enter(by=by, verb="ledger.fail", subject=payment, at=at, facts=facts)
    _tell("ledger.payment_failed", payment, before, at, why=payment.failure)
    return payment


def is_beneficiary(person: Person, payment: Payment, on: date) -> bool:
    """The payment goes to this person, or to a body that they belong to."""
    beneficiary = payment.beneficiary
    if beneficiary == person.ref:
        return True
    if (beneficiary.room, beneficiary.kind) != ("organisations", "organisation"):
        return False
    return organisations.belongs(person, Organisation(pk=beneficiary.uuid), on=on)


def _locked(payment: Payment, *states: State) -> Payment:
    found = (
        Payment.objects.select_for_update(of=("self",), no_key=True)
        .select_related("from_account", "to_account", "hold", "reason")
        .get(pk=payment.pk)
    )
    if found.state not in states:
        raise NotThere(found)
    return found


def _move(payment: Payment, state: State, *fields: str) -> None:
    payment.state = state
    payment.save(update_fields=["state", *fields])


def _settle(
    payment: Payment,
    state: State,
    *fields: str,
    by: Record | Ref,
    at: datetime,
    heard_as: str,
    heard_in: Intake | None,
) -> None:
    """What the paying system said, and who told us so."""
    payment.settled_at, payment.heard_from = at, by.ref
    payment.heard_as, payment.heard_in = heard_as, heard_in
    _move(payment, state, *fields, "settled_at", "heard_from", "heard_as", "heard_in")


def _latest(payment: Payment) -> Step:
    """The payment's own last step, which causes the next."""
    return threads.steps_about(payment).order_by("-id")[0]


def _tell(kind: str, payment: Payment, because: Step, at: datetime, **more: Any) -> Step:
    return thread.record(
        kind=kind,
        subject=payment,
        because=because,
        at=at,
        audience=Audience.PUBLIC if payment.is_public else Audience.PARTIES,
        params={"amount": payment.amount, "beneficiary": payment.beneficiary, **more},
    )


def _reference(id: UUID) -> str:
    """What people and files call the payment: short, without letters that look like figures."""
    return "CW" + base64.b32encode(id.bytes)[:13].decode()
