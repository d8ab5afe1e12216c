"""Laws that the database itself keeps: triggers on both engines; and the functions that PostgreSQL stores.

A room registers its guards in its own `guards.py`, found by autodiscovery. They are made again after every migration,
because a table rebuild on SQLite drops triggers without a word. `missing` finds what is not there; start-up refuses.
A guard's name is a sentence, and the sentence is what the database says when it refuses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import connection as default_connection

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Trigger:
    """One trigger, as each engine is told. `postgres` may begin with the function that it runs."""

    name: str
    table: str
    sqlite: str | None
    postgres: str | None

    def statement(self, vendor: str) -> str | None:
        return self.sqlite if vendor == "sqlite" else self.postgres

    def drop(self, vendor: str) -> str:
        return f"DROP TRIGGER IF EXISTS {self.name}" + ("" if vendor == "sqlite" else f" ON {self.table}")


@dataclass(frozen=True)
class Function:
    """What PostgreSQL does for every verb, stored there: one round trip, planned once. SQLite is asked statement by
    statement, which costs it nothing.

    `postgres` replaces it in one statement: the verbs of a running site never find it gone.
    """

    name: str
    table: str
    postgres: str

    def statement(self, vendor: str) -> str | None:
        return None if vendor == "sqlite" else self.postgres


Guard = Trigger | Function

_guards: dict[str, Guard] = {}

REFUSE = """
CREATE OR REPLACE FUNCTION commonweal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', replace(TG_ARGV[0], '_', ' ') USING ERRCODE = '23514'; END $$
"""


def register(*guards: Guard) -> None:
    for guard in guards:
        if guard.name in _guards and _guards[guard.name] != guard:
            raise ValueError(f"two guards are called {guard.name}")
        _guards[guard.name] = guard


def append_only(table: str, *, frozen: Iterable[str] = ()) -> tuple[Trigger, ...]:
    """Rows of the table may be added, never changed, removed or swept away.

    Args:
        table: name of the table.
        frozen: columns that may not change; empty for all of them.
    """
    columns = f" OF {', '.join(frozen)}" if frozen else ""
    changed, removed, swept = (
        f"{table}_{ending}" for ending in ("is_never_changed", "is_never_removed", "is_never_swept")
    )
    return (
        Trigger(
            changed,
            table,
            _sqlite(changed, f"UPDATE{columns}", table),
            _postgres(changed, f"UPDATE{columns}", table),
        ),
        Trigger(removed, table, _sqlite(removed, "DELETE", table), _postgres(removed, "DELETE", table)),
        Trigger(swept, table, None, _postgres(swept, "TRUNCATE", table, each="STATEMENT")),
    )


def install(connection: BaseDatabaseWrapper = default_connection) -> None:
    """Make every guard afresh, for the tables that exist."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(REFUSE)
        for guard in _wanted(connection):
            if guard.table in tables:
                if isinstance(guard, Trigger):
                    cursor.execute(guard.drop(connection.vendor))
                cursor.execute(guard.statement(connection.vendor) or "")


def lift(connection: BaseDatabaseWrapper = default_connection) -> None:
    """Take every trigger off. Only tests and the upgrade of a guard have a reason to."""
    present = _present(connection)
    with connection.cursor() as cursor:
        for guard in _wanted(connection):
            if isinstance(guard, Trigger) and guard.name in present:
                cursor.execute(guard.drop(connection.vendor))


@contextmanager
def lifted(connection: BaseDatabaseWrapper = default_connection) -> Iterator[None]:
    lift(connection)
    try:
        yield
    finally:
        install(connection)


def missing(connection: BaseDatabaseWrapper = default_connection) -> list[str]:
    """Names of the guards that the database should have and has not."""
    present = _present(connection)
    return sorted(guard.name for guard in _wanted(connection) if guard.name not in present)


def registered() -> tuple[Guard, ...]:
    return tuple(_guards.values())


def _wanted(connection: BaseDatabaseWrapper) -> list[Guard]:
    installed = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    return [guard for guard in _guards.values() if guard.statement(connection.vendor) and guard.table in installed]


def _present(connection: BaseDatabaseWrapper) -> set[str]:
    question = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        " UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        return {name for (name,) in cursor.fetchall()}


def _sqlite(name: str, event: str, table: str) -> str:
    sentence = re.sub("_", " ", name)
    return f"CREATE TRIGGER {name} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"


def _postgres(name: str, event: str, table: str, each: str = "ROW") -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each} EXECUTE FUNCTION commonweal_refuse('{name}')"
    )
