"""The bare posting: one journal into the database, whole or not at all. Verbs call it; it checks no rights.

PostgreSQL does it in one stored function (`post.sql`). On SQLite a writing transaction is alone from its beginning, so
the same questions are asked from here, one after the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from commonweal.foundations.verbs.inserts import Insert

from ..models import Period
from ..models.periods import next_month

CALL = "ledger_post(%s, %s, %s, %s, %s, %s, %s, %s::uuid[], %s::bigint[])"


@dataclass(frozen=True, slots=True)
class Body:
    """What is asked for: everything that must be the same in a repetition, and when it happened."""

    id: UUID
    digest: bytes
    reason_id: int
    by: str
    at: datetime
    amounts: Mapping[UUID, int]
    corrects: UUID | None = None

    @property
    def month(self) -> date:
        return timezone.localdate(self.at).replace(day=1)

    @property
    def arguments(self) -> list[Any]:
        """What `ledger_post` is called with."""
        accounts, amounts = list(self.amounts), list(self.amounts.values())
        reason, at = self.reason_id, self.at
        return [self.id, self.digest, reason, self.by, at, self.month, self.corrects, accounts, amounts]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went: posted, repeated, conflict, no_account, closed, below_floor or above_ceiling."""

    word: str
    period_id: UUID | None = None
    is_late: bool = False
    account_id: UUID | None = None


def store(body: Body, *, beside: Sequence[Insert] = ()) -> Outcome:
    """Post the body, in a transaction that the caller holds. Nothing is written unless the word is 'posted'.

    Args:
        beside: rows that go in with it, where it is posted; on PostgreSQL in the same round trip.
    """
    outcome = _store(body, beside)
    if outcome.word == "no_period":
        open_period(body.month)
        outcome = _store(body, beside)
    return outcome


def open_period(month: date) -> Period:
    """The month if it is open, else the next open one after it, made where there is none yet."""
    while not (period := Period.objects.get_or_create(first_on=month)[0]).is_open:
        month = next_month(month)
    return period


def _store(body: Body, beside: Sequence[Insert]) -> Outcome:
    if connection.vendor == "postgresql":
        return _store_by_function(body, beside)
    outcome = _store_in_turn(body)
    if outcome.word == "posted":
        for insert in beside:
            insert.run()
    return outcome


def _store_by_function(body: Body, beside: Sequence[Insert]) -> Outcome:
    inserts = "".join(f", CASE WHEN outcome = 'posted' THEN {insert.function} END" for insert in beside)
    question = f"SELECT outcome, period, late, account{inserts} FROM {CALL}"  # noqa: S608  (only our own constants)
    with connection.cursor() as cursor:
        cursor.execute(question, [*(value for insert in beside for value in insert.arguments), *body.arguments])
        word, period, late, account, *_ = cursor.fetchone()
    return Outcome(word, period, bool(late), account)


def _store_in_turn(body: Body) -> Outcome:
    """The same in SQLite's words: entries under a deferred key, then the journal, whose guard looks at the whole."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest, period_id, is_late FROM ledger_journal WHERE id = %s", [body.id.hex])
        if before := cursor.fetchone():
            digest, period, late = before
            return Outcome("repeated" if digest == body.digest else "conflict", UUID(period), bool(late))
        if refusal := _refusal(cursor, body.amounts):
            return refusal
        cursor.execute(
            "SELECT id, first_on FROM ledger_period"
            " WHERE first_on >= %s AND closed_at IS NULL ORDER BY first_on LIMIT 1",
            [body.month],
        )
        period, first_on = cursor.fetchone() or (None, None)
        late = str(first_on) != str(body.month)
        if period is None or late and not Period.objects.filter(first_on=body.month).exists():
            return Outcome("no_period")
        cursor.executemany(
            "INSERT INTO ledger_entry (journal_id, account_id, amount) VALUES (%s, %s, %s)",
            [(body.id.hex, account.hex, amount) for account, amount in sorted(body.amounts.items())],
        )
        cursor.execute(
            'INSERT INTO ledger_journal (id, digest, reason_id, "by", happened_at, period_id, is_late, corrects_id,'
            " lines) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                body.id.hex, body.digest, body.reason_id, body.by, connection.ops.adapt_datetimefield_value(body.at),
                period, late, body.corrects.hex if body.corrects else None, len(body.amounts),
            ],
        )  # fmt: skip
    return Outcome("posted", UUID(period), late)


def _refusal(cursor: Any, amounts: Mapping[UUID, int]) -> Outcome | None:
    places = ", ".join(["%s"] * len(amounts))
    cursor.execute(
        f"SELECT id, balance, held, floor, ceiling, closed_at FROM ledger_account WHERE id IN ({places})",  # noqa: S608
        [account.hex for account in amounts],
    )
    found = cursor.fetchall()
    refusal = None if len(found) == len(amounts) else Outcome("no_account")
    for id, balance, held, floor, ceiling, closed_at in found:
        account = UUID(id)
        amount = amounts[account]
        if closed_at is not None:
            return Outcome("closed", account_id=account)
        if amount < 0 and floor is not None and balance - held + amount < floor:
            return Outcome("below_floor", account_id=account)
        if amount > 0 and ceiling is not None and balance + amount > ceiling:
            refusal = Outcome("above_ceiling", account_id=account)  # said only where nothing else is wrong
    return refusal
