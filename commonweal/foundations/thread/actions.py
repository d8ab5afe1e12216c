"""Verbs of the thread: record a step, note that a room has followed one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import connection

from commonweal.foundations.verbs.inserts import Insert
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref

from . import kinds
from .models import Audience, Following, Step

STEP = """
INSERT INTO thread_step (uuid, kind, subject, params, audience, at) VALUES (%s, %s, %s, %s, %s, %s) RETURNING id
"""
CAUSE = "INSERT INTO thread_cause (effect_id, cause_id) VALUES (%s, %s)"
RECORD_BY_FUNCTION = "thread_record(%s, %s, %s, %s, %s, %s, %s::bigint[])"


def record(
    *,
    kind: str,
    subject: Record | Ref,
    because: Step | Iterable[Step] | None,
    at: datetime,
    audience: str = Audience.PUBLIC,
    params: Mapping[str, Any] | None = None,
) -> Step:
    """Write down that something happened. Call it in the verb's own transaction.

    Args:
        kind: a declared kind, as `dialogue.contribution`.
        because: the step or steps that caused it; None only where a story begins.
        params: what the kind's title is filled with: Refs or records, Money, Minutes, whole numbers, codes.
            Never anybody's words or name.
    """
    row = _row(kind, subject, at, audience, params)
    step = Step(id=_insert(row, _ids(because)).run(), **{**row, "subject": subject.ref})
    step._state.adding, step._state.db = False, connection.alias
    return step


def recording(
    *,
    kind: str,
    subject: Record | Ref,
    because: Step | Iterable[Step] | None,
    at: datetime,
    audience: str = Audience.PUBLIC,
    params: Mapping[str, Any] | None = None,
) -> Insert:
    """What `record` writes down, for a verb that sends it together with its own work."""
    return _insert(_row(kind, subject, at, audience, params), _ids(because))


def follow(*, step: Step, room: str, at: datetime) -> bool:
    """Take a step up in a room. False when the room had taken it up before."""
    _, is_new = Following.objects.get_or_create(step=step, room=room, defaults={"at": at})
    return is_new


def _row(
    kind: str, subject: Record | Ref, at: datetime, audience: str, params: Mapping[str, Any] | None
) -> dict[str, Any]:
    kinds.kind(kind)
    told = {name: _plain(value) for name, value in (params or {}).items()}
    return {
        "uuid": uuid4(),
        "kind": kind,
        "subject": str(subject.ref),
        "params": told,
        "audience": str(audience),
        "at": at,
    }


def _ids(because: Step | Iterable[Step] | None) -> list[int]:
    return [because.pk] if isinstance(because, Step) else list(dict.fromkeys(cause.pk for cause in because or ()))


def _plain(value: Any) -> Any:
    if hasattr(value, "ref"):
        return {"ref": str(value.ref)}
    if hasattr(value, "pence"):
        return {"pence": value.pence}
    if hasattr(value, "minutes"):
        return {"minutes": value.minutes}
    if isinstance(value, str | int) or value is None:
        return value
    raise TypeError(f"a step's params hold Refs, amounts, whole numbers and codes, not {type(value).__name__}")


def _insert(row: Mapping[str, Any], causes: list[int]) -> Insert:
    uuid = row["uuid"] if connection.features.has_native_uuid_field else row["uuid"].hex
    at = connection.ops.adapt_datetimefield_value(row["at"])
    values = (uuid, row["kind"], row["subject"], json.dumps(row["params"]), row["audience"], at)

    def one_after_the_other(cursor: Any) -> int:
        cursor.execute(STEP, values)
        (id,) = cursor.fetchone()
        cursor.executemany(CAUSE, [(id, cause) for cause in causes])
        return int(id)

    return Insert(RECORD_BY_FUNCTION, (*values, causes), one_after_the_other)
