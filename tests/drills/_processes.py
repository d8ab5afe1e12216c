"""Killing a database and starting it again."""

import os
import signal
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from tests.postgres import Server


def kill_all(parent: int) -> None:
    """The process and its children, with SIGKILL, the children first so that none can tidy up."""
    for pid in [*children(parent), parent]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def tidy_up_when_told_to_stop() -> None:
    """SIGTERM leaves as an error does, through every `finally`, so that no server of ours stays behind."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def revive(server: Server, settings: Mapping[str, str]) -> None:
    """Start a killed PostgreSQL, which then recovers by itself. Its leftovers go only once nobody is behind them."""
    pid = server.pid
    deadline = time.monotonic() + 20
    while is_alive(pid):
        if time.monotonic() > deadline:
            raise RuntimeError(f"process {pid} does not die")
        time.sleep(0.01)
    (server.folder / "data" / "postmaster.pid").unlink(missing_ok=True)
    for left in server.sockets.glob(".s.PGSQL*"):
        left.unlink(missing_ok=True)
    server.start(settings)


def children(parent: int) -> list[int]:
    return [pid for pid in pids() if parent_of(pid) == parent]


def pids() -> list[int]:
    return [int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdigit()]


def parent_of(pid: int) -> int | None:
    words = _stat(pid)
    return int(words[1]) if words else None


def is_alive(pid: int) -> bool:
    """A zombie, whom nobody has fetched yet, is not."""
    words = _stat(pid)
    return bool(words) and words[0] != "Z"


def _stat(pid: int) -> list[str]:
    """State, parent and so on: what follows the name in brackets."""
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
