"""Verbs of the thread: record a step, note that a room has followed one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import connection

from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref

from . import kinds
from .models import Audience, Following, Step

STEP = """
INSERT INTO thread_step (uuid, kind, subject, params, audience, at)
VALUES (%(uuid)s, %(kind)s, %(subject)s, %(params)s, %(audience)s, %(at)s) RETURNING id
"""
CAUSE = "INSERT INTO thread_cause (effect_id, cause_id) VALUES (%s, %s)"
#: Both in one round trip.
STEP_AND_CAUSES = f"""
WITH step AS ({STEP}),
     caused AS (INSERT INTO thread_cause (effect_id, cause_id)
                SELECT step.id, cause FROM step, unnest(%(causes)s::bigint[]) AS cause)
SELECT id FROM step
"""  # noqa: S608  (only our own constants go in)


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
    kinds.kind(kind)
    row = {
        "uuid": uuid4(),
        "kind": kind,
        "subject": str(subject.ref),
        "params": {name: _plain(value) for name, value in (params or {}).items()},
        "audience": str(audience),
        "at": at,
    }
    causes = [because.pk] if isinstance(because, Step) else [cause.pk for cause in because or ()]
    return _keep(row, list(dict.fromkeys(causes)))


def follow(*, step: Step, room: str, at: datetime) -> bool:
    """Take a step up in a room. False when the room had taken it up before."""
    _, is_new = Following.objects.get_or_create(step=step, room=room, defaults={"at": at})
    return is_new


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


def _keep(row: dict[str, Any], causes: list[int]) -> Step:
    """Insert the step and its causes by plain SQL, since every verb of the house pays for it."""
    kept = {
        **row,
        "uuid": row["uuid"] if connection.features.has_native_uuid_field else row["uuid"].hex,
        "params": json.dumps(row["params"]),
        "at": connection.ops.adapt_datetimefield_value(row["at"]),
    }
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(STEP_AND_CAUSES, {**kept, "causes": causes})
            (id,) = cursor.fetchone()
        else:
            cursor.execute(STEP, kept)
            (id,) = cursor.fetchone()
            cursor.executemany(CAUSE, [(id, cause) for cause in causes])
    step = Step(id=id, **{**row, "subject": Ref.parse(row["subject"])})
    step._state.adding, step._state.db = False, connection.alias
    return step
