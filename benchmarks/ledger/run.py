"""Our ledger beside django-hordak on the same PostgreSQL server in one run; and ours on SQLite.

./run bench ledger [--rounds 7] [--seconds 2] [--keep]      see README.md
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import psycopg

from tests.postgres import Server, private_server

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PEER = ROOT / ".cache/peers/hordak/bin/python"
ACCOUNTS = 100
PORT = "5432"
REQUIREMENTS = ROOT / "requirements/peers.txt"


@dataclass
class Measured:
    what: str
    writers: int
    per_second: float
    times_hordak: float | None
    p50: float
    p99: float
    cpu: float
    megabytes: float
    round_trips: int


class Side:
    """One system with so many writers: processes that wait for the word to measure a slice."""

    def __init__(self, what: str, command: list[str], environment: dict[str, str], besides: int, writers: int) -> None:
        self.what, self.writers = what, writers
        self.slices: list[list[dict[str, float]]] = []
        environment = {**os.environ, **environment, "PYTHONPATH": f"{ROOT}:{HERE}"}
        self.started = [
            subprocess.Popen(
                command,
                env={**environment, "BENCH_SEED": str(seed)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                cwd=ROOT,
            )
            for seed in range(writers)
        ]
        self.round_trips = max(int(each.stdout.readline()) for each in self.started) + besides

    def measure(self) -> None:
        for each in self.started:
            each.stdin.write("go\n")
            each.stdin.flush()
        self.slices.append([json.loads(each.stdout.readline()) for each in self.started])

    def stop(self) -> None:
        for each in self.started:
            each.stdin.close()
            each.wait()

    @property
    def rates(self) -> list[float]:
        return [sum(each["done"] / each["seconds"] for each in slice) for slice in self.slices]

    def result(self, beside: Side | None) -> Measured:
        told = [each for slice in self.slices for each in slice]
        ratios = [ours / theirs for ours, theirs in zip(self.rates, beside.rates, strict=True)] if beside else []
        return Measured(
            self.what,
            self.writers,
            median(self.rates),
            median(ratios) if ratios else None,
            median(each["p50"] for each in told),
            median(each["p99"] for each in told),
            sum(each["cpu"] for each in told) / sum(each["done"] for each in told) * 1e6,
            max(each["megabytes"] for each in told),
            self.round_trips,
        )


def main() -> None:
    arguments = _arguments()
    os.environ["BENCH_SECONDS"] = str(arguments.seconds)
    busy = os.getloadavg()[0]
    install_peer()
    with private_server({}) as server:
        measured = measure_all(server, arguments.rounds)
        facts = [
            f"PostgreSQL {ask(server, 'SHOW server_version')}, fsync {ask(server, 'SHOW fsync')}, "
            f"synchronous_commit {ask(server, 'SHOW synchronous_commit')}; SQLite WAL, synchronous FULL",
            f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}; {ACCOUNTS} accounts; "
            f"medians of {arguments.rounds} rounds of {arguments.seconds:g} s, the systems taking turns in each round",
            f"load of the machine before the run {busy:.1f}, at its end {os.getloadavg()[0]:.1f}",
        ]
    text = table(measured, facts)
    print(text)
    if arguments.keep:
        results = HERE / "RESULTS.md"
        before = results.read_text(encoding="utf-8") if results.exists() else "# Results\n"
        results.write_text(f"{before}\n{text}", encoding="utf-8")


def measure_all(server: Server, rounds: int) -> list[Measured]:
    for database in ("hordak", "ours"):
        ask(server, f"CREATE DATABASE {database}")
    hordak = {"BENCH_DATABASE": "hordak", "BENCH_SOCKET": str(server.sockets), "BENCH_PORT": PORT}
    ours = {"DATABASE_URL": server.url("ours")}
    folder = tempfile.mkdtemp(prefix="bench-ledger-sqlite-", dir=os.environ.get("BENCH_DISK"))
    sqlite = {"DATABASE_URL": "", "COMMONWEAL_VAR": folder}
    prepare(PEER, "hordak_writer.py", hordak)
    prepare(Path(sys.executable), "our_writer.py", ours)
    prepare(Path(sys.executable), "our_writer.py", sqlite)

    def our(what: str, how: str, environment: dict[str, str], besides: int, writers: int) -> Side:
        return Side(what, [sys.executable, str(HERE / "our_writer.py"), how], environment, besides, writers)

    try:
        measured = []
        for writers in (1, 8):
            peer = Side(
                "django-hordak 2.0.0 `transfer_to`",
                [str(PEER), str(HERE / "hordak_writer.py"), "run"],
                hordak,
                2,
                writers,
            )
            sides = [
                peer,
                our("ours, bare stored function", "function", ours, 1, writers),
                our("ours, bare posting through Django", "store", ours, 2, writers),
                our("ours, full verb (audit)", "verb", ours, 2, writers),
                our("ours, full verb (audit and step)", "verb-and-step", ours, 2, writers),
            ]
            measured += in_turns(sides, rounds, peer)
        small = [
            our("ours on SQLite, bare posting", "store", sqlite, 2, 1),
            our("ours on SQLite, full verb (audit)", "verb", sqlite, 2, 1),
            our("ours on SQLite, full verb (audit and step)", "verb-and-step", sqlite, 2, 1),
        ]
        return measured + in_turns(small, rounds, None)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def install_peer() -> None:
    """The peer in an environment of its own, by hash, where it is not there yet."""
    if not PEER.exists():
        subprocess.run([sys.executable, "-m", "venv", PEER.parent.parent], check=True)
        subprocess.run([PEER, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", REQUIREMENTS], check=True)


def ask(server: Server, question: str) -> str:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        answer = connection.execute(question)
        return str(answer.fetchone()[0]) if answer.description else ""


def prepare(python: Path, writer: str, environment: dict[str, str]) -> None:
    environment = {**os.environ, **environment, "PYTHONPATH": f"{ROOT}:{HERE}"}
    command = [str(python), str(HERE / writer), "prepare", str(ACCOUNTS)]
    subprocess.run(command, check=True, cwd=ROOT, env=environment)


def in_turns(sides: list[Side], rounds: int, peer: Side | None) -> list[Measured]:
    """Every side a slice, then all again: what else the machine does falls on all of them alike."""
    for _ in range(rounds):
        for side in sides:
            side.measure()
    for side in sides:
        side.stop()
    return [side.result(peer) for side in sides]


def table(measured: list[Measured], facts: list[str]) -> str:
    lines = [
        f"## {datetime.now(UTC):%-d %B %Y}",
        "",
        *[f"- {fact}" for fact in facts],
        "",
        "| what | writers | transfers/s | × hordak | p50 ms | p99 ms | client CPU µs each | client MB | round trips |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for each in measured:
        ratio = "-" if each.times_hordak is None else f"{each.times_hordak:.2f}"
        trips = "0 (in the process)" if "SQLite" in each.what else str(each.round_trips)
        lines.append(
            f"| {each.what} | {each.writers} | {each.per_second:,.0f} | {ratio} | {each.p50:.2f} | {each.p99:.2f} "
            f"| {each.cpu:,.0f} | {each.megabytes:.0f} | {trips} |"
        )
    return "\n".join(lines) + "\n"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=2.0, help="how long one slice is")
    parser.add_argument("--rounds", type=int, default=7, help="how many slices each system gets")
    parser.add_argument("--keep", action="store_true", help="add the table to RESULTS.md")
    return parser.parse_args()
