"""A production installation that is not safe does not start: non-zero, and the reason in words, in a real process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.postgres import private_server

ROOT = Path(__file__).resolve().parents[2]
GOOD_SECRET = "long enough to be nobody's guess, and not one that anybody else has 0123456789"

Start = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place whose database is migrated and holds nothing invented."""
    folder = tmp_path_factory.mktemp("production")
    done = commonweal(folder, "migrate", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    return folder


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("COMMONWEAL") and name != "DATABASE_URL"
    }
    return {
        **kept,
        "COMMONWEAL_MODE": "production",
        "COMMONWEAL_VAR": str(folder),
        "COMMONWEAL_SECRET_KEY": GOOD_SECRET,
        "COMMONWEAL_HOSTS": "place.example",
        "DJANGO_SETTINGS_MODULE": "commonweal.site.settings",
        **more,
    }


def commonweal(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "commonweal.cli", *words]
    return subprocess.run(
        command, env=environment(folder, **more), cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )


def start(folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Open the door as gunicorn does."""
    command = [sys.executable, "-c", "import commonweal.site.wsgi"]
    return subprocess.run(
        command, env=environment(folder, **more), cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )


def assert_refused(done: subprocess.CompletedProcess[str], reason: str) -> None:
    assert done.returncode != 0
    assert reason in done.stderr, done.stderr


def test_a_safe_installation_starts(ground: Path) -> None:
    done = start(ground)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("setting", "value", "reason"),
    [
        (
            "COMMONWEAL_SECRET_KEY",
            "a-secret-that-everybody-knows-and-production-refuses",
            "the one that everybody knows",
        ),
        ("COMMONWEAL_SECRET_KEY", "short", "fewer than 50 characters"),
        ("COMMONWEAL_DEBUG", "1", "COMMONWEAL_DEBUG is on"),
        ("COMMONWEAL_HOSTS", "*", "allows every host name"),
        ("COMMONWEAL_HOSTS", "place.example,*", "allows every host name"),
    ],
)
def test_it_does_not_start_with_a_setting_that_is_not_safe(ground: Path, setting: str, value: str, reason: str) -> None:
    assert_refused(start(ground, **{setting: value}), reason)


def test_it_does_not_start_on_a_database_that_is_not_migrated(tmp_path: Path) -> None:
    assert_refused(start(tmp_path), "are not applied")


def in_the_database(folder: Path, code: str, **more: str) -> None:
    command = [sys.executable, "-c", f"import django; django.setup()\n{code}"]
    subprocess.run(command, env=environment(folder, **more), cwd=ROOT, check=True, capture_output=True, timeout=120)


@pytest.fixture
def own_ground(ground: Path, tmp_path: Path) -> Path:
    for file in ground.glob("commonweal.sqlite3*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


def test_it_does_not_start_with_the_people_of_the_demonstration(own_ground: Path) -> None:
    built = commonweal(own_ground, "build_town", COMMONWEAL_MODE="demo")
    assert built.returncode == 0, built.stderr
    assert_refused(start(own_ground), "invented people")


def test_it_does_not_start_without_a_guard(own_ground: Path) -> None:
    drop = "from django.db import connection; connection.cursor().execute('DROP TRIGGER audit_entry_is_never_changed')"
    in_the_database(own_ground, drop)
    assert_refused(start(own_ground), "lost 1 of its guards (audit_entry_is_never_changed")


@pytest.mark.slow
def test_it_does_not_start_on_a_postgresql_that_may_forget(tmp_path: Path) -> None:
    safe = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
    with private_server(safe) as server:
        migrated = commonweal(tmp_path, "migrate", "--verbosity", "0", DATABASE_URL=server.url())
        assert migrated.returncode == 0, migrated.stderr
        for setting in safe:
            server.stop("fast")
            server.start({**safe, setting: "off"})
            assert_refused(start(tmp_path, DATABASE_URL=server.url()), f"The database's {setting} is off")
