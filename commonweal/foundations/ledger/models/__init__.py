"""The records of the ledger: accounts, journals and their entries, money set aside, payments, periods."""

from .accounts import Account, Unit
from .holds import Hold
from .journals import Entry, Journal
from .payments import Authorisation, Dispatch, Objection, Payment
from .periods import Period
from .strays import Stray

__all__ = [
    "Account",
    "Authorisation",
    "Dispatch",
    "Entry",
    "Hold",
    "Journal",
    "Objection",
    "Payment",
    "Period",
    "Stray",
    "Unit",
]
