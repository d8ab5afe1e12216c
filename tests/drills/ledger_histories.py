"""Two thousand random histories of the ledger beside a model of it, on SQLite and on PostgreSQL.

    ./run drill ledger_histories [--histories 2000]

The histories are those of the room's own test, which runs a hundred. Control, in the same test: a model that is a penny
off must be noticed.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime

import tests.mode  # noqa: F401
from tests.postgres import private_server

TEST = "commonweal/foundations/ledger/tests/test_model.py"


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--histories", type=int, default=2000)
    count = words.parse_args().histories
    with tempfile.TemporaryDirectory() as folder, private_server() as server:
        on = {"SQLite": "", "PostgreSQL": server.url("postgres")}
        return max(run(name, count, {"COMMONWEAL_VAR": folder, "DATABASE_URL": url}) for name, url in on.items())


def run(engine: str, count: int, environment: dict[str, str]) -> int:
    begun = time.monotonic()
    told = {**os.environ, **environment, "COMMONWEAL_LEDGER_HISTORIES": str(count)}
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", TEST], env=told, check=False)
    word = "HELD, and a model a penny off was noticed" if done.returncode == 0 else "FAILED"
    seconds = time.monotonic() - begun
    print(
        f"{datetime.now(UTC):%Y-%m-%d} ledger_histories on {engine}: {count:,} in {seconds:.0f} s: {word}", flush=True
    )
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
