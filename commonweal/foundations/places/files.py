"""Files of areas, postcodes and figures as statistical offices give them out, read whole or refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from commonweal.foundations.intake.readers import text, whole_number
from commonweal.foundations.intake.tables import Column, read_table

from .models import Population

LONGEST_CODE = 9


@dataclass(frozen=True)
class Figure:
    """One row of a file of figures: an area's code, blank for the whole place; ages; persons."""

    gss_code: str
    age_from: int
    age_to: int | None
    persons: int


def figures_in(file: Any, *, name: str = "") -> list[Figure]:
    """Read a table with the columns gss_code, age_from, age_to (blank for 'and over') and persons."""
    table = read_table(
        file,
        name=name,
        columns=[
            Column("gss_code", text(LONGEST_CODE), may_be_blank=True),
            Column("age_from", whole_number(0, Population.OLDEST)),
            Column("age_to", whole_number(0, Population.OLDEST), may_be_blank=True),
            Column("persons", whole_number(0)),
        ],
        unique=["gss_code", "age_from", "age_to"],
    )
    return [Figure(row["gss_code"] or "", row["age_from"], row["age_to"], row["persons"]) for row in table]


def postcodes_in(file: Any, *, name: str = "") -> dict[str, list[str]]:
    """Read a table with the columns postcode and gss_code; postcodes by area code."""
    table = read_table(
        file,
        name=name,
        columns=[Column("postcode", text(10)), Column("gss_code", text(LONGEST_CODE))],
        unique=["postcode"],
    )
    lying: dict[str, list[str]] = {}
    for row in table:
        lying.setdefault(row["gss_code"], []).append(row["postcode"])
    return lying
