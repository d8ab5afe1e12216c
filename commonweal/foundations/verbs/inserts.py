"""A row that every verb adds, told to each engine in its own way, so that another statement can carry it along.

PostgreSQL calls a stored function: a verb that adds its rows in the statement that does its work pays one round trip.
SQLite is in the process; there the row is put in by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass(frozen=True, slots=True)
class Insert:
    """Args:
    function: the stored function's call, as `audit_enter(%s, %s)`.
    sqlite: does the same through a cursor, and gives back what the function would.
    """

    function: str
    arguments: tuple[Any, ...]
    sqlite: Callable[[Any], Any]

    def run(self) -> Any:
        """Put it in by itself."""
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                return self.sqlite(cursor)
            cursor.execute(f"SELECT {self.function}", self.arguments)
            return cursor.fetchone()[0]
