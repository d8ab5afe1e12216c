"""What a person takes with them. Each room registers its part in its `tasks.py`.

    from commonweal.foundations.people import exporters

    @exporters.register("dialogue")
    def everything_of(person):
        return {"suggestions": [{"said on": ..., "words": ...}]}

A part is made of dicts, lists, text, numbers, dates and None: it becomes JSON for machines and a page for people.
"""

from collections.abc import Callable, Mapping
from typing import Any

from .models import Person

Exporter = Callable[[Person], Mapping[str, Any]]

_exporters: dict[str, Exporter] = {}


def register(room: str) -> Callable[[Exporter], Exporter]:
    def keep(exporter: Exporter) -> Exporter:
        if _exporters.setdefault(room, exporter) is not exporter:
            raise ValueError(f"{room} has an exporter already")
        return exporter

    return keep


def everything_of(person: Person) -> dict[str, Any]:
    """Each room's part, by the name of the room."""
    return {room: dict(exporter(person)) for room, exporter in sorted(_exporters.items())}
