"""What a person takes with them: their accounts, all that moved in them, payments to or by them, and each no they said.

And what goes when they are erased: their words. Who asked, who said no, and every sum stay.
"""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.people import erasers, exporters
from commonweal.foundations.people.models import Person
from commonweal.methods.quantities import Money

from .models import Account, Entry, Objection, Payment


@erasers.register
def forget_reasons(person: Person, at: datetime) -> None:
    """What they wrote for a payment, and against one."""
    asked = Payment.objects.filter(proposed_by=person.ref).values_list("words", flat=True)
    declined = Objection.objects.filter(by=person.ref).values_list("words", flat=True)
    audit.forget_words([*asked, *declined], at=at)


@exporters.register("ledger")
def everything_of(person: Person) -> dict[str, Any]:
    accounts = Account.objects.filter(owner=person.ref).order_by("unit", "name")
    payments = Payment.objects.filter(Q(beneficiary=person.ref) | Q(proposed_by=person.ref)).select_related("words")
    return {
        "accounts": [
            {
                "name": account.name,
                "holds": str(account.holds),
                "opened at": account.opened_at,
                "closed at": account.closed_at,
                "what moved": _moved(account),
            }
            for account in accounts
        ],
        "payments to you or asked for by you": [
            {
                "reference": payment.reference,
                "how much": str(Money(payment.pence)),
                "for": payment.words.shown,
                "asked for at": payment.proposed_at,
                "how it stands": payment.get_state_display(),
            }
            for payment in payments.order_by("proposed_at", "pk")
        ],
        "payments that you said no to": [
            {"reference": each.payment.reference, "why not": each.words.shown, "at": each.at}
            for each in _said_no_to(person)
        ],
    }


def _said_no_to(person: Person) -> QuerySet[Objection]:
    return Objection.objects.filter(by=person.ref).select_related("payment", "words").order_by("at", "pk")


def _moved(account: Account) -> list[dict[str, Any]]:
    entries = Entry.objects.filter(account=account).select_related("journal").order_by("pk")
    return [{"on": each.journal.happened_at, "how much": str(account.amount(each.amount))} for each in entries]
