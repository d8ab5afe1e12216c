"""Drives one writer in slices and prints what it did, a line of JSON a slice. Both sides are timed by this."""

import json
import os
import random
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

Transfer = Callable[[int, int], None]


def drive(transfer: Transfer, accounts: int, connection: Any) -> None:
    """Warm up, say how many statements one transfer takes, then measure a slice for each line that comes in."""
    seconds, dice = float(os.environ["BENCH_SECONDS"]), random.Random(int(os.environ["BENCH_SEED"]))

    def one() -> None:
        transfer(*dice.sample(range(accounts), 2))

    for _ in range(30):
        one()
    print(_count(connection, one), flush=True)
    for _ in sys.stdin:
        print(json.dumps(_slice(one, seconds)), flush=True)


def _slice(one: Callable[[], None], seconds: float) -> dict[str, float]:
    before, began = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    took: list[float] = []
    at = began
    while at - began < seconds:
        one()
        now = time.perf_counter()
        took.append(now - at)
        at = now
    after = resource.getrusage(resource.RUSAGE_SELF)
    took.sort()
    return {
        "done": len(took),
        "seconds": at - began,
        "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "megabytes": after.ru_maxrss / 1024,
        "p50": took[len(took) // 2] * 1000,
        "p99": took[int(len(took) * 0.99)] * 1000,
    }


def _count(connection: Any, act: Callable[[], None]) -> int:
    """Statements of one transfer through Django, without BEGIN and COMMIT; 0 where it does not go through it."""
    sent = 0

    def note(execute: Any, *args: Any) -> Any:
        nonlocal sent
        sent += 1
        return execute(*args)

    with connection.execute_wrapper(note):
        act()
    return sent
