"""Everything that `./run test` runs: `python -m tests.everything PYTHON_WITHOUT_DJANGO`.

    methods      in an environment without Django
    SQLite       every test, the journeys in a real browser among them
    PostgreSQL   every test but the journeys, and the one journey marked for it, on a private server

The last two go side by side, one on each core; what each said is printed whole when it ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.postgres import private_server

PYTEST = [sys.executable, "-m", "pytest", "-q"]


@dataclass(frozen=True)
class Suite:
    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)

    def run(self) -> bool:
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="commonweal-var-") as var:
            environment = {**os.environ, "COMMONWEAL_VAR": var, **self.environment}
            done = subprocess.run(self.command, env=environment, capture_output=True, text=True, check=False)
        print(f"\n===== {self.name}: {time.monotonic() - began:.0f} s =====", flush=True)
        print(done.stdout + done.stderr, flush=True)
        return done.returncode == 0


def main(bare: str) -> int:
    without_django = Suite(
        "methods without Django",
        [bare, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", "."]
        + ["--import-mode=importlib", "--confcutdir=commonweal/methods", "--doctest-modules", "commonweal/methods"],
        {"PYTHONPATH": "."},
    )
    with private_server() as server, ThreadPoolExecutor() as side_by_side:
        on_postgres = {"DATABASE_URL": server.url("commonweal")}
        suites = [
            Suite("SQLite, with a real browser", [*PYTEST, "-m", "not postgres_only"]),
            Suite("PostgreSQL", [*PYTEST, "-m", "not browser or postgres_too"], on_postgres),
        ]
        results = [without_django.run(), *side_by_side.map(Suite.run, suites)]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
