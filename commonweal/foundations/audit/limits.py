"""No transaction outlives what the seal counts on: an entry an hour late would look as if it had been put in."""

from __future__ import annotations

from typing import Any

from django.db.backends.signals import connection_created
from django.dispatch import receiver

from .sealing import LONGEST_TRANSACTION

#: PostgreSQL before 17 knows no limit for a whole transaction, only for its statements and for the time between them.
WHOLE_SINCE = 170_000
BEFORE = ("statement_timeout", "idle_in_transaction_session_timeout")


@receiver(connection_created)
def limit_transactions(connection: Any, **_: Any) -> None:
    """Tell each new session. On SQLite a writer is alone, and the others wait for twenty seconds at most."""
    if connection.vendor != "postgresql":
        return
    names = ("transaction_timeout",) if connection.pg_version >= WHOLE_SINCE else BEFORE
    milliseconds = int(LONGEST_TRANSACTION.total_seconds() * 1000)
    with connection.cursor() as cursor:
        cursor.execute("; ".join(f"SET {name} = {milliseconds}" for name in names))
