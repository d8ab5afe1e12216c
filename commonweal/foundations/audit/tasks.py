"""What the worker does for the audit, again and again."""

from __future__ import annotations

from datetime import datetime, timedelta

from commonweal.foundations.work import schedules

from . import sealing


@schedules.every(timedelta(seconds=20), "audit.seal")
def seal(*, at: datetime) -> None:
    """Seal what was committed, batch by batch, until nothing waits."""
    while sealing.seal(at=at):
        pass


@schedules.every(timedelta(hours=1), "audit.send_heads")
def send_heads(*, at: datetime) -> None:
    sealing.send_heads(at=at)
