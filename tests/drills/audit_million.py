"""A million entries, a hundred thousand pieces of text: sealed, and verified in under a minute.

    ./run drill audit_million [--entries 1000000]

On SQLite and on PostgreSQL; verify runs as the command that a steward runs, in a process of its own. Control: one row
of the million is changed, and the command must name it and fail.
"""

import argparse
import hashlib
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import tests.mode  # noqa: F401
from tests.postgres import private_server

WORDS_IN = 10
LIMIT = 60.0
STORY = datetime(2026, 1, 1, tzinfo=UTC)
COLUMNS = 'verb, "by", subject, happened_at, recorded_at, facts, sealed_words'


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--entries", type=int, default=1_000_000)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--here", action="store_true", help="on the database of the environment, and no other")
    told = words.parse_args()
    if told.here:
        return drill(told.entries, random.Random(told.seed))
    again = [sys.executable, "-m", "tests.drills.audit_million", *sys.argv[1:], "--here"]
    with tempfile.TemporaryDirectory() as folder, private_server() as server:
        on_sqlite = {**os.environ, "COMMONWEAL_VAR": f"{folder}/sqlite", "DATABASE_URL": ""}
        on_postgres = {**os.environ, "COMMONWEAL_VAR": f"{folder}/postgres", "DATABASE_URL": server.url("postgres")}
        return max(subprocess.call(again, env=environment) for environment in (on_sqlite, on_postgres))


def drill(count: int, dice: random.Random) -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal.site.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from commonweal.foundations.audit import actions
    from commonweal.foundations.verbs import clock, guards

    call_command("migrate", verbosity=0)
    begun = time.monotonic()
    write(count)
    written = time.monotonic()
    while actions.seal(at=clock.now()):
        pass
    actions.send_heads(at=clock.now())
    sealed = time.monotonic()
    connection.close()
    honest = verify()
    holds = honest.code == 0 and honest.seconds < LIMIT and f"{count} entries" in honest.said
    bad = dice.randrange(count)
    with guards.lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET facts = '{\"pence\": 1}' WHERE id = %s", [bad + 1])
    connection.close()
    control = verify()
    bites = control.code == 1 and f"position {bad}, entry {bad + 1}" in control.said
    print(
        f"{datetime.now(UTC):%Y-%m-%d} audit_million on {connection.vendor}: {'HELD' if holds else 'FAILED'}: "
        f"{count:,} entries written in {written - begun:.0f} s, sealed in {sealed - written:.0f} s, "
        f"verified in {honest.seconds:.1f} s ({honest.worked:.1f} s of processor) with {honest.memory} MB; "
        f"control {'failed as it must' if bites else 'DID NOT FAIL'}: one row changed, named {bites}"
    )
    if not (holds and bites):
        print(honest.said, control.said)
    return 0 if holds and bites else 1


@dataclass(frozen=True)
class Run:
    """One run of the command: what it answered, and what it took."""

    code: int
    said: str
    seconds: float
    #: Of the processor, where the machine has other things to do as well.
    worked: float
    memory: int


def verify() -> Run:
    begun, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen([sys.executable, "-m", "commonweal.cli", "verify"], stdout=out, stderr=out)
        memory = 0
        while process.poll() is None:
            memory = max(memory, megabytes(process.pid))
            time.sleep(0.1)
        out.seek(0)
        said = out.read()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(process.returncode, said, time.monotonic() - begun, worked, memory)


def megabytes(pid: int) -> int:
    """The most memory that the process has had so far."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    peak = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(peak[1]) // 1024 if peak else 0


def write(count: int) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        put(cursor, "audit_words", "id, text, language, salt, digest, removed_because", all_words(count))
        put(cursor, "audit_entry", COLUMNS, entries(count))


def put(cursor: Any, table: str, columns: str, rows: Iterator[tuple[Any, ...]]) -> None:
    from django.db import connection

    if connection.vendor == "sqlite":
        marks = ", ".join(["%s"] * len(columns.split(",")))
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)
        return
    with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def words_of(number: int) -> tuple[str, bytes, bytes]:
    text = f"Suggestion {number}: more benches by the pond, please, and somebody to talk to on them."
    salt = hashlib.sha256(b"salt %d" % number).digest()
    return text, salt, hashlib.sha256(salt + text.encode()).digest()


def all_words(count: int) -> Iterator[tuple[Any, ...]]:
    from django.db import connection

    for number in range(0, count, WORDS_IN):
        text, salt, digest = words_of(number)
        key = UUID(int=number)
        yield key.hex if connection.vendor == "sqlite" else key, text, "en-gb", salt, digest, ""


def entries(count: int) -> Iterator[tuple[Any, ...]]:
    """An act every ten seconds, one in ten with words."""
    for number in range(count):
        at = (STORY + timedelta(seconds=10 * number, microseconds=number)).replace(tzinfo=None)
        yield (
            "dialogue.suggest" if number % WORDS_IN == 0 else "ledger.post",
            f"people:person:{UUID(int=number % 5000)}",
            f"ledger:journal:{UUID(int=number)}",
            str(at),
            str(at),
            json.dumps({"pence": number, "account": f"ledger:account:{UUID(int=number % 700)}"}),
            json.dumps([words_of(number)[2].hex()] if number % WORDS_IN == 0 else []),
        )


if __name__ == "__main__":
    sys.exit(main())
