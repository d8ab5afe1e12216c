"""Verbs of those who answer for the money: yes, no, and taking it back. All of them come before it is sent."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.organisations import queries as organisations
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref

from ..models import Authorisation, Objection, Payment
from . import holds, states
from .refusals import AlreadyAuthorised, NotEnough, OwnPayment, SayWhyNot, TakeItBack, TooFewEyes

State = Payment.State


@transaction.atomic
def authorise(*, payment: Payment, by: Person, at: datetime) -> Payment:
    """Say yes to a payment. With the last yes that it needs, its money is set aside.

    Above the limit of `four_eyes_above` two different people are needed, else one. Whoever asked is none of them: their
    asking is not a second look. Nor is anybody who is, or belongs to, the beneficiary.
    """
    payment = states.locked(payment, State.PROPOSED)
    if is_beneficiary(by, payment, timezone.localdate(at)):
        raise OwnPayment(payment)
    if payment.proposed_by == by.ref:
        raise TooFewEyes(payment)
    _refuse_what_is_not_there(payment)
    try:
        with transaction.atomic():
            Authorisation.objects.create(payment=payment, by=by.ref, at=at)
    except IntegrityError as twice:
        raise AlreadyAuthorised(payment) from twice
    given = Authorisation.objects.filter(payment=payment).count()
    audit.enter(by=by, verb="ledger.authorise", subject=payment, at=at, facts={"given": given, "needed": payment.eyes})
    if given >= payment.eyes:
        before = states.latest(payment)
        payment.hold = holds.hold(account=payment.from_account, amount=payment.amount, because=before, by=by, at=at)
        states.move(payment, State.AUTHORISED, "hold")
        states.tell("ledger.payment_authorised", payment, before, at)
    return payment


def _refuse_what_is_not_there(payment: Payment) -> None:
    """Told at the first yes, with the figures; the law itself is kept where the money is set aside."""
    account = payment.from_account
    if account.floor is not None and account.balance - account.held - payment.pence < account.floor:
        said = _("Only %(free)s is free there now, and this needs %(amount)s. Nothing has changed.")
        raise NotEnough(account, plainly=said % {"free": account.free, "amount": payment.amount})


@transaction.atomic
def decline(*, payment: Payment, words: str, by: Person, at: datetime, language: str = "") -> Payment:
    """Say no to a payment before it is sent, and why. One no is enough. What was set aside for it is free again, and
    whoever asked is told.

    Args:
        words: why not, and not nothing. Whoever may look at the payment reads them.
    """
    if not words.strip():
        raise SayWhyNot(payment)
    payment = states.locked(payment, State.PROPOSED, State.AUTHORISED)
    if is_beneficiary(by, payment, timezone.localdate(at)):
        raise OwnPayment(payment)
    if payment.proposed_by == by.ref:
        raise TakeItBack(payment)
    before = states.latest(payment)
    why = audit.keep_words(words, language=language)
    Objection.objects.create(payment=payment, by=by.ref, words=why, at=at)
    states.set_free(payment, by=by, at=at)
    payment.settled_at = at
    states.move(payment, State.DECLINED, "settled_at")
    audit.enter(by=by, verb="ledger.decline", subject=payment, at=at, words=[why])
    _tell_who_asked(payment, about=states.tell("ledger.payment_declined", payment, before, at), at=at)
    return payment


@transaction.atomic
def withdraw(*, payment: Payment, by: Record | Ref, at: datetime) -> Payment:
    """Take a payment back before it is sent. What was set aside for it is free again."""
    payment = states.locked(payment, State.PROPOSED, State.AUTHORISED)
    before = states.latest(payment)
    states.set_free(payment, by=by, at=at)
    payment.settled_at = at
    states.move(payment, State.WITHDRAWN, "settled_at")
    audit.enter(by=by, verb="ledger.withdraw", subject=payment, at=at)
    states.tell("ledger.payment_withdrawn", payment, before, at)
    return payment


def is_beneficiary(person: Person, payment: Payment, on: date) -> bool:
    """The payment goes to this person, or to a body that they belong to."""
    beneficiary = payment.beneficiary
    if beneficiary == person.ref:
        return True
    if (beneficiary.room, beneficiary.kind) != ("organisations", "organisation"):
        return False
    return organisations.belongs(person, Organisation(pk=beneficiary.uuid), on=on)


def _tell_who_asked(payment: Payment, *, about: Step, at: datetime) -> None:
    """Where a person asked, and not the place itself."""
    asked = payment.proposed_by
    person = Person.objects.filter(pk=asked.uuid).first() if (asked.room, asked.kind) == ("people", "person") else None
    if person is not None:
        notices.tell(person, about=about, at=at)
