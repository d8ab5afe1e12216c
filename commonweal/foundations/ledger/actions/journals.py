"""Verbs of journals: post, correct."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Audience, Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref
from commonweal.foundations.verbs.refusals import Refusal
from commonweal.methods import bookkeeping
from commonweal.methods.quantities import Amount

from ..models import Account, Entry, Journal
from .refusals import AccountClosed, AlreadyCorrected, IdempotencyConflict, NoRoom, NotEnough, WrongUnit
from .store import Body, Outcome, store

_REFUSALS: dict[str, type[Refusal]] = {
    "conflict": IdempotencyConflict,
    "closed": AccountClosed,
    "below_floor": NotEnough,
    "above_ceiling": NoRoom,
}


@transaction.atomic
def post(
    *,
    id: UUID,
    entries: Sequence[tuple[Account, Amount]],
    because: Step,
    by: Record | Ref,
    at: datetime,
    kind: str | None = None,
    params: Mapping[str, Any] | None = None,
    audience: str = Audience.PUBLIC,
    corrects: Journal | None = None,
) -> Journal:
    """Move pounds or hours between accounts.

    Args:
        id: made by whoever asks, once for each thing to be posted. The same id with the same body gets the same
            answer however often it is sent (also later: `at` is no part of the body); with another body it is refused.
        entries: accounts with what comes in (positive) or goes out (negative), in their own units.
        because: the step that this is for. There is no posting without a reason.
        by: who answers for it: always whoever asks, never somebody else.
        kind: the step to write, where others may follow this; None writes none.
        params: what that step's title is filled with; where nothing is said and there are two entries: `amount`,
            `giver` and `taker`, as the kind `ledger.posting` wants them.

    Raises:
        bookkeeping.DoesNotBalance, bookkeeping.UnusableLines: the entries are no whole journal.
        WrongUnit, NotEnough, NoRoom, AccountClosed, IdempotencyConflict: see `refusals`.
    """
    check(entries)
    body = _body(id, entries, because, by, at, kind, corrects)
    journal = Ref("ledger", "journal", id)
    verb = "ledger.correct" if corrects else "ledger.post"
    beside = [audit.entry(by=by, verb=verb, subject=journal, at=at, facts=_facts(entries, because))]
    if kind is not None:
        told = _transfer(entries) if params is None else params
        step = thread.recording(kind=kind, subject=journal, because=because, at=at, audience=audience, params=told)
        beside.append(step)
    outcome = store(body, beside=beside)
    if outcome.word == "repeated":
        return Journal.objects.get(pk=id)
    if outcome.word != "posted":
        raise _REFUSALS.get(outcome.word, LookupError)(outcome.account_id or id)
    return _journal(body, outcome, because, by)


@transaction.atomic
def correct(
    *,
    journal: Journal,
    id: UUID,
    because: Step,
    by: Record | Ref,
    at: datetime,
    entries: Sequence[tuple[Account, Amount]] = (),
    audience: str = Audience.PUBLIC,
) -> Journal:
    """Put a posting right by another, linked one: the first is undone and, where given, these entries stand instead.

    Args:
        entries: what should have been posted; empty to undo it altogether.
    """
    journal = Journal.objects.select_for_update(of=("self",), no_key=True).get(pk=journal.pk)
    if Journal.objects.filter(corrects=journal).exclude(pk=id).exists():
        raise AlreadyCorrected(journal)
    if entries:
        check(entries)
    return post(
        id=id,
        entries=_instead(journal, entries),
        because=because,
        by=by,
        at=at,
        kind="ledger.correction",
        params={"first": journal},
        audience=audience,
        corrects=journal,
    )


def check(entries: Sequence[tuple[Account, Amount]]) -> None:
    """Refuse what is no journal before the database is asked."""
    for account, amount in entries:
        if amount.unit != account.unit:
            raise WrongUnit(account)
    bookkeeping.check(bookkeeping.Line.of(account.pk, amount) for account, amount in entries)


def _instead(journal: Journal, entries: Sequence[tuple[Account, Amount]]) -> list[tuple[Account, Amount]]:
    """The difference between what was posted and what should have been."""
    accounts: dict[UUID, Account] = {}
    sums: dict[UUID, Amount] = {}
    for entry in Entry.objects.filter(journal=journal).select_related("account"):
        accounts[entry.account_id], sums[entry.account_id] = entry.account, -entry.moved
    for account, amount in entries:
        accounts[account.pk] = account
        sums[account.pk] = sums[account.pk] + amount if account.pk in sums else amount
    return [(accounts[id], amount) for id, amount in sums.items() if amount]


def _transfer(entries: Sequence[tuple[Account, Amount]]) -> dict[str, Any]:
    """From whom to whom, where it is as simple as that."""
    if len(entries) != 2:
        return {}
    (giver, _), (taker, amount) = sorted(entries, key=lambda entry: entry[1].count)
    return {"amount": amount, "giver": giver, "taker": taker}


def _body(
    id: UUID,
    entries: Sequence[tuple[Account, Amount]],
    because: Step,
    by: Record | Ref,
    at: datetime,
    kind: str | None,
    corrects: Journal | None,
) -> Body:
    amounts = {account.pk: amount.count for account, amount in entries}
    told = [f"{account} {amount}" for account, amount in sorted(amounts.items())]
    text = "\n".join([str(by.ref), str(because.pk), kind or "", str(corrects.pk if corrects else ""), *told])
    digest = hashlib.sha256(text.encode()).digest()
    return Body(id, digest, because.pk, str(by.ref), at, amounts, corrects.pk if corrects else None)


def _journal(body: Body, outcome: Outcome, because: Step, by: Record | Ref) -> Journal:
    """The journal as it was written; its `recorded_at` is fetched when somebody asks for it."""
    row = {
        "id": body.id,
        "digest": body.digest,
        "reason_id": body.reason_id,
        "by": by.ref,
        "happened_at": body.at,
        "period_id": outcome.period_id,
        "is_late": outcome.is_late,
        "corrects_id": body.corrects,
        "lines": len(body.amounts),
    }
    journal = Journal.from_db("default", list(row), list(row.values()))
    journal.reason = because
    return journal


def _facts(entries: Sequence[tuple[Account, Amount]], because: Step) -> dict[str, Any]:
    return {
        "reason": str(because.uuid),
        "entries": [[str(account.pk), amount.unit, amount.count] for account, amount in entries],
    }
