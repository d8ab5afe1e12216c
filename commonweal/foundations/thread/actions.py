"""Verbs of the thread: record a step, note that a room has followed one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref

from . import kinds
from .models import Audience, Cause, Following, Step


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
    step = Step.objects.create(
        kind=kind,
        subject=subject.ref,
        params={name: _plain(value) for name, value in (params or {}).items()},
        audience=audience,
        at=at,
    )
    causes = [because] if isinstance(because, Step) else list(because or ())
    Cause.objects.bulk_create([Cause(effect=step, cause=cause) for cause in dict.fromkeys(causes)])
    return step


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
