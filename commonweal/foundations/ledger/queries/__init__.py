"""Questions to the ledger, by what they are about."""

from .accounts import account_for, accounts_of, balance, entries_in, entries_of, holds_on, journal_for
from .books import Drift, drifts, totals, unbalanced_journals
from .dispatches import DISPATCH_COLUMNS, dispatch_for, dispatch_rows, dispatches_of, payments_in
from .payments import (
    authorisers_of,
    objection_to,
    payment_for,
    payments_to_send,
    payments_to_settle,
    waiting_for,
    yeses_missing,
)
from .strays import strays_seen_by

__all__ = [
    "DISPATCH_COLUMNS",
    "Drift",
    "account_for",
    "accounts_of",
    "authorisers_of",
    "balance",
    "dispatch_for",
    "dispatch_rows",
    "dispatches_of",
    "drifts",
    "entries_in",
    "entries_of",
    "holds_on",
    "journal_for",
    "objection_to",
    "payment_for",
    "payments_in",
    "payments_to_send",
    "payments_to_settle",
    "strays_seen_by",
    "totals",
    "unbalanced_journals",
    "waiting_for",
    "yeses_missing",
]
