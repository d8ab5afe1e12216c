"""A `Ref` names a record of any room without importing that room: (room, kind, uuid).

A foreign key may only point down the house. What points up or sideways is a Ref: opaque, indexed, never
joined. Its page, where it has one, is reversed by name, so a step links to a later room's page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.urls import NoReverseMatch, reverse

LONGEST = 100


@dataclass(frozen=True, slots=True)
class Ref:
    """The name of one record, written `room:kind:uuid`."""

    room: str
    kind: str
    uuid: UUID

    @classmethod
    def parse(cls, text: str) -> Ref:
        """Raises ValueError when the text is not of the form room:kind:uuid."""
        room, kind, uuid = text.split(":")
        return cls(room, kind, UUID(uuid))

    @property
    def ref(self) -> Ref:
        return self

    @property
    def page(self) -> str | None:
        """The address of the record's own page, or None for a record that has none."""
        try:
            return reverse(f"{self.room}:{self.kind}", args=[self.uuid])
        except NoReverseMatch:
            return None

    def __str__(self) -> str:
        return f"{self.room}:{self.kind}:{self.uuid}"


#: What the software did by itself, on a schedule.
SYSTEM = Ref("work", "system", UUID(int=0))


if TYPE_CHECKING:
    _Text = models.CharField[Any, Any]
else:
    _Text = models.CharField


class RefField(_Text):
    """Keeps a Ref in one indexed text column."""

    db_index: bool
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST)
        kwargs.setdefault("db_index", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "db_index": self.db_index}  # Django leaves out a False, and ours means True

    def db_type(self, connection: Any) -> str | None:
        """On PostgreSQL by its full name: beside every 'varchar' index Django makes a second one, for LIKE."""
        told = super().db_type(connection)
        return told.replace("varchar", "character varying") if told and connection.vendor == "postgresql" else told

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Ref | None:
        return Ref.parse(value) if value else None

    def to_python(self, value: Any) -> Ref | None:
        if value is None or value == "":
            return None
        return value.ref if hasattr(value, "ref") else Ref.parse(value)

    def get_prep_value(self, value: Any) -> str | None:
        if value is None or value == "":
            return None
        return str(value.ref) if hasattr(value, "ref") else str(Ref.parse(value))
