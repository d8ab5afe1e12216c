"""What waits for a person: payments to agree to and to see through, and time to confirm. The subject stands first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Q
from django.utils import formats, timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.foundations.ledger import queries as ledger
from commonweal.foundations.ledger.models import Payment
from commonweal.foundations.notices.waiting import Waiting
from commonweal.foundations.organisations import queries as organisations
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.naming import known_names
from commonweal.foundations.verbs.refs import Ref

from ..models import IS_ASKED, GivenHours, Partner

#: So many of a kind; the next ones come up when these are done.
AT_ONCE = 50
#: So many letters of what a payment is for.
LETTERS = 80


def waiting_for(person: Person, at: datetime) -> list[Waiting]:
    on = timezone.localdate(at)
    return [*_payments_waiting(person, on), *_hours_waiting(person, on), *_asked_to_join(person, on)]


def _payments_waiting(person: Person, on: date) -> list[Waiting]:
    waiting = [
        *ledger.waiting_for(person, on=on)[:AT_ONCE],
        *ledger.payments_to_send(person, on=on)[:AT_ONCE],
        *ledger.payments_to_settle(person, on=on)[:AT_ONCE],
    ]
    names = known_names([payment.beneficiary for payment in waiting])
    return [
        Waiting(_asked_of(payment, names), "ledger:payment", (payment.pk,), since=_since(payment))
        for payment in waiting
    ]


def _asked_of(payment: Payment, names: Mapping[Ref, str]) -> str:
    """Whom it is for, how much and what for; then what the person is asked to do."""
    told = {
        "amount": payment.amount,
        "payee": names.get(payment.beneficiary) or _("someone"),
        "words": Truncator(payment.words.shown).chars(LETTERS),
    }
    if payment.state == Payment.State.AUTHORISED:
        return _("Pay %(amount)s to %(payee)s for “%(words)s”: send it to the paying system") % told
    if payment.state == Payment.State.SENT:
        return _("%(amount)s to %(payee)s for “%(words)s”: say whether it was paid") % told
    missing = ledger.yeses_missing(payment)
    asked = ngettext(
        "Pay %(amount)s to %(payee)s for “%(words)s”: one more person has to agree, or say why not",
        "Pay %(amount)s to %(payee)s for “%(words)s”: %(missing)s people have to agree, or one says why not",
        missing,
    )
    return asked % (told | {"missing": missing})


def _since(payment: Payment) -> datetime:
    """Since when it has been as it is."""
    if payment.dispatch is not None:
        return payment.dispatch.made_at
    return payment.proposed_at if payment.hold is None else payment.hold.made_at


def _hours_waiting(person: Person, on: date) -> list[Waiting]:
    theirs = organisations.organisations_of(person, on=on)
    waiting = (
        GivenHours.objects.filter(confirmed_at=None, ended_at=None)
        .filter(
            Q(fund__initiative__leads__person=person, fund__initiative__leads__until_at=None)
            | Q(
                fund__initiative__partners__organisation__in=theirs,
                fund__initiative__partners__joined_at__isnull=False,
                fund__initiative__partners__left_at=None,
            )
        )
        .exclude(told_by=person)
        .exclude(giver=person)
        .exclude(group__in=theirs)
        .select_related("fund__initiative", "group")
        .order_by("told_at", "id")
        .distinct()
    )
    return [
        Waiting(_to_confirm(given), "initiatives:hours", (given.pk,), since=given.told_at)
        for given in waiting[:AT_ONCE]
    ]


def _to_confirm(given: GivenHours) -> str:
    return _("%(time)s that %(giver)s gave to “%(initiative)s” on %(day)s: say whether it was so") % {
        "time": given.time,
        "giver": given.group or _("a neighbour"),
        "initiative": given.fund.initiative.title,
        "day": formats.date_format(given.given_on, "j F Y"),
    }


def _asked_to_join(person: Person, on: date) -> list[Waiting]:
    """Organisations whose word the person may give, and that were asked to take part."""
    theirs = organisations.organisations_acted_for(person, on=on)
    asked = Partner.objects.filter(IS_ASKED, organisation__in=theirs).select_related("initiative", "organisation")
    return [
        Waiting(_to_join(partner), "initiatives:initiative", (partner.initiative_id,), since=partner.asked_at)
        for partner in asked.order_by("asked_at", "id")[:AT_ONCE]
    ]


def _to_join(partner: Partner) -> str:
    return _("“%(initiative)s”: %(organisation)s was asked to take part (%(role)s). Say yes or no") % {
        "initiative": partner.initiative.title,
        "organisation": partner.organisation,
        "role": partner.get_role_display(),
    }
