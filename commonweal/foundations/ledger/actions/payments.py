"""Asking for a payment, the first verb in its life.

propose_payment → authorise (one or two people; then the money is set aside) → send (a file goes out)
                → confirm (the file that comes back says paid; only now it is posted) or fail (it is free again)
withdraw        whoever asked takes it back before it was sent
decline         somebody who may authorise says no, and why, before it was sent
"""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.once import once
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref
from commonweal.methods.quantities import Money

from ..limits import four_eyes_above
from ..models import Account, Payment, Unit
from . import states
from .refusals import NothingMoves, WrongUnit


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
        SentTwice: the number was sent before with something else in it, or by somebody else.
    """
    _refuse_what_is_no_payment(from_account, to_account, amount)
    asked = {
        "from_account": from_account,
        "to_account": to_account,
        "pence": amount.pence,
        "beneficiary": beneficiary.ref,
        "proposed_by": by.ref,
    }
    return once(
        lambda: _ask(asked, words, because, at, is_public, sent_as),
        before=Payment.objects.select_related("words", "from_account", "to_account"),
        sent_as=sent_as,
        is_it=lambda before: (_asked(before), before.words.text) == (asked, words),
    )


def _refuse_what_is_no_payment(from_account: Account, to_account: Account, amount: Money) -> None:
    if {from_account.unit, to_account.unit} != {Unit.GBP.value}:
        raise WrongUnit(from_account, to_account)
    if amount.pence <= 0:
        raise NothingMoves(amount)


def _ask(
    asked: dict[str, Any], words: str, because: Step, at: datetime, is_public: bool | None, sent_as: UUID | None
) -> Payment:
    id = uuid4()
    payment = Payment.objects.create(
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
    by, beneficiary = asked["proposed_by"], asked["beneficiary"]
    facts = {"pence": payment.pence, "from": str(payment.from_account_id), "beneficiary": str(beneficiary)}
    audit.enter(by=by, verb="ledger.propose_payment", subject=payment, at=at, facts=facts, words=[payment.words])
    states.tell("ledger.payment_proposed", payment, because, at)
    return payment


def _asked(payment: Payment) -> dict[str, Any]:
    return {
        "from_account": payment.from_account,
        "to_account": payment.to_account,
        "pence": payment.pence,
        "beneficiary": payment.beneficiary,
        "proposed_by": payment.proposed_by,
    }


def _reference(id: UUID) -> str:
    """What people and files call the payment: short, without letters that look like figures."""
    return "CW" + base64.b32encode(id.bytes)[:13].decode()
