"""Server and database are killed with kill -9, together, while 32 writers post: nothing said to be posted is lost.

    ./run drill kill_ledger [--rounds 50] [--transfers 10000] [--writers 32]

Writers stand outside: each asks a server over a socket, and counts a transfer as posted only when the server has said
so. What was asked and not answered is asked again with the same id, after the restart. Some of what was answered is
asked a second time too. At the end the books are read with SQL of the drill's own.

Control: with synchronous_commit=off and wal_writer_delay=10s the same drill must find transfers lost.
"""

import argparse
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import psycopg

import tests.mode  # noqa: F401
from tests.drills._processes import kill_all, revive, tidy_up_when_told_to_stop
from tests.postgres import Server, private_server

ROOT = Path(__file__).parents[2]
CARELESS = {"synchronous_commit": "off", "wal_writer_delay": "10s"}
REPLAYED = 0.05
READY_WITHIN = 60.0


@dataclass(frozen=True)
class Order:
    """A transfer that a writer wants posted."""

    id: str
    giver: int
    taker: int
    pence: int


@dataclass
class Desk:
    """What the writers know: what they asked, and what the server said was posted."""

    dice: random.Random
    socket: Path
    accounts: int
    asked: dict[str, Order] = field(default_factory=dict)
    acknowledged: dict[str, Order] = field(default_factory=dict)
    replayed: int = 0
    waiting: list[Order] = field(default_factory=list)
    is_open: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    first_after_restart: float | None = None

    def next(self, before: Order | None) -> Order:
        with self.lock:
            if before is not None and self.dice.random() < REPLAYED:
                self.replayed += 1
                return before
            if self.waiting:
                return self.waiting.pop()
            giver, taker = self.dice.sample(range(self.accounts), 2)
            order = Order(
                str(UUID(int=self.dice.getrandbits(128), version=4)), giver, taker, self.dice.randint(1, 9_999)
            )
            self.asked[order.id] = order
            return order

    def answered(self, order: Order) -> None:
        with self.lock:
            self.acknowledged[order.id] = order
            self.first_after_restart = self.first_after_restart or time.monotonic()

    def unanswered(self, order: Order) -> None:
        with self.lock:
            if order.id not in self.acknowledged:
                self.waiting.append(order)

    def write(self) -> None:
        """One writer, until the desk closes."""
        before = None
        with socket.socket(socket.AF_UNIX) as line, suppress(OSError):
            line.settimeout(30)
            line.connect(str(self.socket))
            answers = line.makefile("r")
            while self.is_open.is_set():
                order = self.next(before)
                try:
                    line.sendall((json.dumps(order.__dict__) + "\n").encode())
                    said = answers.readline().strip()
                except OSError:
                    said = ""
                if said != f"posted {order.id}":
                    self.unanswered(order)
                    return
                self.answered(order)
                before = order


@dataclass(frozen=True)
class Books:
    """What the database holds in the end."""

    lost: int
    duplicated: int
    wrong: int
    uninvited: int
    sum: int
    balances_off: int
    without_audit: int

    @property
    def hold(self) -> bool:
        return not any((self.lost, self.duplicated, self.wrong, self.uninvited, self.sum, self.off))

    @property
    def off(self) -> int:
        return self.balances_off + self.without_audit

    def __str__(self) -> str:
        return (
            f"{self.lost} acknowledged lost, {self.duplicated} duplicated, {self.wrong} wrong, "
            f"{self.uninvited} never asked for, sum {self.sum}, {self.balances_off} balances off, "
            f"{self.without_audit} without an audit entry"
        )


@dataclass(frozen=True)
class Outcome:
    rounds: int
    desk: Desk
    books: Books
    slowest: float
    slowest_database: float

    def __str__(self) -> str:
        return (
            f"{self.rounds} rounds, {len(self.desk.acknowledged)} acknowledged of {len(self.desk.asked)} asked, "
            f"{self.desk.replayed} replayed: {self.books}; the database back at most "
            f"{self.slowest_database:.1f} s, a new server posting at most {self.slowest:.1f} s after the kill"
        )


def main() -> int:
    tidy_up_when_told_to_stop()
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rounds", type=int, default=50)
    words.add_argument("--transfers", type=int, default=10_000)
    words.add_argument("--writers", type=int, default=32)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--no-control", action="store_true")
    words.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    words.add_argument("--prepare", action="store_true", help=argparse.SUPPRESS)
    told = words.parse_args()
    if told.prepare or told.serve:
        from tests.drills import _ledger_server

        return _ledger_server.prepare() if told.prepare else _ledger_server.serve(told.serve)
    each = -(-told.transfers // told.rounds)
    ours = drill({}, told.rounds, each, told.writers, random.Random(told.seed))
    held = ours.books.hold and len(ours.desk.acknowledged) >= told.transfers
    print(f"{datetime.now(UTC):%Y-%m-%d} kill_ledger {'HELD' if held else 'FAILED'}: {ours}", flush=True)
    if told.no_control:
        return 0 if held else 1
    control = drill(CARELESS, min(10, told.rounds), each, told.writers, random.Random(told.seed), until_lost=True)
    bites = control.books.lost > 0
    word = "failed as it must" if bites else "DID NOT FAIL"
    print(f"{datetime.now(UTC):%Y-%m-%d} kill_ledger control (synchronous_commit=off) {word}: {control}", flush=True)
    return 0 if held and bites else 1


def drill(
    settings: Mapping[str, str],
    rounds: int,
    each: int,
    writers: int,
    dice: random.Random,
    *,
    until_lost: bool = False,
) -> Outcome:
    with tempfile.TemporaryDirectory() as folder, private_server(settings) as database:
        environment = {**os.environ, "DATABASE_URL": database.url("postgres"), "COMMONWEAL_VAR": folder}
        accounts = json.loads(run("--prepare", environment=environment))["accounts"]
        desk = Desk(dice, Path(folder) / "line", accounts)
        killed_at, slowest, slowest_database, done = None, 0.0, 0.0, 0
        while done < rounds:
            done += 1
            post_until_killed(desk, database, environment, each, writers)
            if killed_at is not None and desk.first_after_restart is not None:
                slowest = max(slowest, desk.first_after_restart - killed_at)
            killed_at, desk.first_after_restart = time.monotonic(), None
            revive(database, settings)
            slowest_database = max(slowest_database, time.monotonic() - killed_at)
            if until_lost and read_books(database, desk).lost:
                break
        return Outcome(done, desk, read_books(database, desk), slowest, slowest_database)


def post_until_killed(desk: Desk, database: Server, environment: Mapping[str, str], each: int, writers: int) -> None:
    """One round: a server, its writers, enough transfers, and then both killed in the midst of it."""
    server = start_server(desk.socket, environment)
    wanted = len(desk.acknowledged) + each
    desk.is_open.set()
    threads = [threading.Thread(target=desk.write, daemon=True) for _ in range(writers)]
    try:
        for thread in threads:
            thread.start()
        deadline = time.monotonic() + READY_WITHIN + each
        while len(desk.acknowledged) < wanted:
            if time.monotonic() > deadline or server.poll() is not None or not any(t.is_alive() for t in threads):
                raise RuntimeError(f"the writers came to a stand at {len(desk.acknowledged)} of {wanted}")
            time.sleep(0.005)
        time.sleep(desk.dice.uniform(0, 0.2))
        for kill in desk.dice.sample([server.kill, lambda: kill_all(database.pid)], 2):
            kill()
            time.sleep(desk.dice.uniform(0, 0.02))
    finally:
        desk.is_open.clear()
        server.kill()
        server.wait()
        for thread in threads:
            thread.join(timeout=40)


def start_server(line: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    line.unlink(missing_ok=True)
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.drills.kill_ledger", "--serve", str(line)], cwd=ROOT, env=dict(environment)
    )
    deadline = time.monotonic() + READY_WITHIN
    while not answers(line):
        if server.poll() is not None or time.monotonic() > deadline:
            server.send_signal(signal.SIGKILL)
            raise RuntimeError("the server did not come up")
        time.sleep(0.01)
    return server


def answers(line: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as attempt:
        return attempt.connect_ex(str(line)) == 0


def run(*words: str, environment: Mapping[str, str]) -> str:
    command = [sys.executable, "-m", "tests.drills.kill_ledger", *words]
    return subprocess.run(
        command, cwd=ROOT, env=dict(environment), check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def read_books(database: Server, desk: Desk) -> Books:
    """The books as they are, not as our code would tell them."""
    with psycopg.connect(database.url("postgres")) as connection:
        ask = connection.execute
        journals = {str(id) for (id,) in ask("SELECT id FROM ledger_journal")}
        lines: dict[str, list[int]] = {}
        for id, amount in ask("SELECT journal_id, amount FROM ledger_entry ORDER BY journal_id, amount"):
            lines.setdefault(str(id), []).append(amount)
        total = ask("SELECT coalesce(sum(amount), 0) FROM ledger_entry").fetchone()
        off = ask(
            "SELECT count(*) FROM ledger_account a WHERE balance <> "
            "(SELECT coalesce(sum(amount), 0) FROM ledger_entry e WHERE e.account_id = a.id)"
        ).fetchone()
        audited = {
            subject.split(":")[-1] for (subject,) in ask("SELECT subject FROM audit_entry WHERE verb = 'ledger.post'")
        }
    assert total is not None and off is not None
    posted = {id: order for id, order in desk.asked.items() if id in journals}
    return Books(
        lost=len(desk.acknowledged.keys() - journals),
        duplicated=sum(len(lines.get(id, [])) > 2 for id in journals),
        wrong=sum(lines.get(id) != [-order.pence, order.pence] for id, order in posted.items()),
        uninvited=len(journals - desk.asked.keys()),
        sum=int(total[0]),
        balances_off=off[0],
        without_audit=len(journals - audited),
    )


if __name__ == "__main__":
    sys.exit(main())
