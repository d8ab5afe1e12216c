"""How entries are read for sealing and checking: as rows, in one canonical form, a million in seconds.

The form is a JSON list without spaces, keys sorted, UTF-8: [id, verb, by, subject, happened_at, recorded_at, facts,
sealed_words]; times in UTC with microseconds, as 2026-11-21T20:00:00.000000Z. Both engines give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection, transaction

from .tree import leaf_digest

_encode = json.JSONEncoder(separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode
_NOTHING: dict[str, Any] = {"{}": {}, "[]": []}

#: Some rows at a time, so that a million never stand in memory.
AT_ONCE = 2000


def columns() -> str:
    """The columns of the entry `e`, as `digest` takes them."""
    if connection.vendor == "sqlite":
        times = ", ".join(
            f"replace(e.{column}, ' ', 'T') || substr('.000000', length(e.{column}) - 18) || 'Z'"
            for column in ("happened_at", "recorded_at")
        )
        return f'e.id, e.verb, e."by", e.subject, {times}, e.facts, e.sealed_words'
    times = ", ".join(
        f"""to_char(e.{column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
        for column in ("happened_at", "recorded_at")
    )
    return f'e.id, e.verb, e."by", e.subject, {times}, e.facts::text, e.sealed_words::text'


def digest(row: tuple[Any, ...]) -> bytes:
    """The leaf of one row of `columns`. Raises ValueError or TypeError for what cannot be an entry."""
    number, verb, by, subject, happened_at, recorded_at, facts, words = row
    facts = _NOTHING[facts] if facts in _NOTHING else json.loads(facts)
    words = _NOTHING[words] if words in _NOTHING else json.loads(words)
    return leaf_digest(_encode([number, verb, by, subject, happened_at, recorded_at, facts, words]).encode())


def unsealed(*, above: int, limit: int) -> list[tuple[Any, ...]]:
    """Committed entries without a leaf whose id is above a number, lowest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns()} FROM audit_entry e LEFT JOIN audit_leaf l ON l.entry_id = e.id"  # noqa: S608
            " WHERE e.id > %s AND l.entry_id IS NULL ORDER BY e.id LIMIT %s",
            [above, limit],
        )
        return cursor.fetchall()


def sealed(*, size: int) -> Generator[tuple[Any, ...], None, None]:
    """(position, entry's id, digest, *columns) of the first `size` positions; no columns where the entry is gone."""
    return stream(
        f"SELECT l.position, l.entry_id, l.digest, {columns()} FROM audit_leaf l"  # noqa: S608
        " LEFT JOIN audit_entry e ON e.id = l.entry_id WHERE l.position < %s ORDER BY l.position",
        [size],
    )


def stream(question: str, params: list[Any]) -> Generator[tuple[Any, ...], None, None]:
    """Rows a few at a time, through a cursor that the server keeps where it can."""
    if connection.vendor == "sqlite":  # a transaction would be a writer's, and hold everybody up
        with connection.chunked_cursor() as cursor:
            cursor.execute(question, params)
            while rows := cursor.fetchmany(AT_ONCE):
                yield from rows
        return
    with transaction.atomic(), connection.chunked_cursor() as cursor, ThreadPoolExecutor(1) as ahead:
        cursor.execute(question, params)
        coming = ahead.submit(cursor.fetchmany, AT_ONCE)
        while rows := coming.result():
            coming = ahead.submit(cursor.fetchmany, AT_ONCE)  # the server reads on while these are reckoned
            yield from rows
