"""The ground of the journeys: the demonstration place as `commonweal demo` runs it, a real Chromium, a real mail sink.

The town is built once and copied for every journey, so that each begins on the same day of its story.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, sync_playwright

from .visitors import Check, Visitor

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking") + (
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
PATIENCE = 90


class Postbox:
    """Keeps every mail that the place sends."""

    def __init__(self) -> None:
        self.mails: list[Message] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  (aiosmtpd's name)
        self.mails.append(message_from_bytes(envelope.content))
        return "250 kept"

    def to(self, address: str, *, saying: str = "", within: float = PATIENCE, count: int = 1) -> list[Message]:
        """The mails to an address that say this, once there are `count`; fails when they do not come."""
        until = time.monotonic() + within
        while time.monotonic() < until:
            found = [mail for mail in self.mails if address in str(mail["To"]) and saying in _body(mail)]
            if len(found) >= count:
                return found
            time.sleep(0.1)
        raise AssertionError(f"{count} mails to {address} did not come; there are {[m['To'] for m in self.mails]}")


@dataclass
class RunningPlace:
    url: str
    postbox: Postbox
    process: subprocess.Popen[bytes]


@pytest.fixture(scope="session")
def town_ground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a place whose town has been built: on SQLite here; on PostgreSQL it is the database `town`."""
    ground = tmp_path_factory.mktemp("town")
    environment = _environment(ground, database=_make_database("town"))
    for words in (["migrate", "--verbosity", "0"], ["build_town"]):
        subprocess.run([sys.executable, "-m", "commonweal.cli", *words], env=environment, cwd=ROOT, check=True)
    return ground


@pytest.fixture
def place(town_ground: Path, tmp_path: Path) -> Iterator[RunningPlace]:
    """A fresh copy of the town, running; ended with the test."""
    with _running(town_ground, tmp_path, "journey") as running:
        yield running


@pytest.fixture(scope="session")
def shared_place(town_ground: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPlace]:
    """One running town for journeys that only look."""
    with _running(town_ground, tmp_path_factory.mktemp("shared"), "looked_at") as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("COMMONWEAL_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM))
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Callable[..., Visitor]]:
    """Opens windows: `visitor(place, java_script_enabled=False, locale="cy")`. Any fault in one fails the test.

    Someone `named` is signed in at once; `checks` are made on every page that they come to.
    """
    with ExitStack() as windows:
        opened: list[Visitor] = []

        def open_window(place: RunningPlace, **options: Any) -> Visitor:
            opened.append(windows.enter_context(opened_in(chromium, place, **options)))
            return opened[-1]

        yield open_window
    faults = [fault for window in opened for fault in window.faults]
    assert not faults, faults


@contextmanager
def opened_in(
    chromium: Browser, place: RunningPlace, *, named: str = "", checks: tuple[Check, ...] = (), **options: Any
) -> Iterator[Visitor]:
    """A window of its own, with its own cookies."""
    context = chromium.new_context(**{"locale": "en-GB", **options})
    context.set_default_timeout(PATIENCE * 500)
    window = Visitor(context.new_page(), place.url, checks)
    window.page.on("pageerror", lambda error: window.said.append(str(error)))
    window.page.on("console", lambda told: window.said.append(told.text) if told.type == "error" else None)
    try:
        if named:
            window.sign_in_as(named)
        yield window
    finally:
        context.close()


def _body(mail: Message) -> str:
    body = mail.get_payload(decode=True)
    return " ".join(body.decode().split()) if isinstance(body, bytes) else ""


@contextmanager
def _running(ground: Path, folder: Path, name: str) -> Iterator[RunningPlace]:
    for file in ground.glob("commonweal.sqlite3*"):
        shutil.copy(file, folder / file.name)
    postbox = Postbox()
    sink = Controller(postbox, hostname="127.0.0.1", port=_free_port())
    sink.start()
    port = _free_port()
    environment = _environment(folder, database=_make_database(name, template="town")) | {
        "COMMONWEAL_MAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "COMMONWEAL_MAIL_HOST": "127.0.0.1",
        "COMMONWEAL_MAIL_PORT": str(sink.port),
    }
    command = [sys.executable, "-m", "commonweal.cli", "demo", "--port", str(port)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz", process, folder / "log")
        yield RunningPlace(f"http://127.0.0.1:{port}", postbox, process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        sink.stop()


def _environment(folder: Path, database: str | None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**kept, "COMMONWEAL_MODE": "demo", "COMMONWEAL_VAR": str(folder)} | (
        {"DATABASE_URL": database} if database else {}
    )


def _make_database(name: str, template: str = "template1") -> str | None:
    """A fresh database beside the suite's own, where the suite runs on PostgreSQL; None on SQLite."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        return None
    import psycopg

    address, _, query = url.partition("?")
    beside = lambda database: f"{address.rpartition('/')[0]}/{database}?{query}"  # noqa: E731
    with psycopg.connect(beside("postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return beside(name)


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the place did not start:\n{log.read_text()[-4000:]}")


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
