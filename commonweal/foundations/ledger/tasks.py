"""What a person takes with them: their accounts, all that moved in them, and the payments they asked for."""

from typing import Any

from commonweal.foundations.people import exporters
from commonweal.foundations.people.models import Person

from .models import Account, Entry, Payment


@exporters.register("ledger")
def everything_of(person: Person) -> dict[str, Any]:
    accounts = Account.objects.filter(owner=person.ref).order_by("unit", "name")
    payments = Payment.objects.filter(beneficiary=person.ref)
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
        "payments to you": [str(payment.pk) for payment in payments.order_by("pk")],
    }


def _moved(account: Account) -> list[dict[str, Any]]:
    entries = Entry.objects.filter(account=account).select_related("journal").order_by("pk")
    return [{"on": each.journal.happened_at, "how much": str(account.amount(each.amount))} for each in entries]
