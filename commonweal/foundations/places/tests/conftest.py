"""Harbourton, an invented borough of two square wards."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from commonweal.foundations.places import actions
from commonweal.foundations.places.actions import Band
from commonweal.foundations.verbs.refs import SYSTEM

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
BEGAN = date(2002, 5, 2)
SURVEY = "Invented survey of Harbourton"


def square(west: float, south: float = 51.0, side: float = 0.1) -> dict[str, Any]:
    corners = [[west, south], [west + side, south], [west + side, south + side], [west, south + side], [west, south]]
    return {"type": "Polygon", "coordinates": [corners]}


@pytest.fixture
def harbourton(db: None) -> SimpleNamespace:
    signed = {"by": SYSTEM, "at": AT}
    place = actions.set_up_place(name="Harbourton", gss_code="E99999999", outline=square(-1, side=0.2), **signed)
    east = actions.add_area(name="East", gss_code="E99000001", boundary=square(-0.9), valid_from=BEGAN, **signed)
    west = actions.add_area(name="West", gss_code="E99000002", boundary=square(-1.0), valid_from=BEGAN, **signed)
    bands = [Band(0, 17, 200, east), Band(18, 64, 500, east), Band(65, None, 300, east), Band(0, None, 1000, east)]
    actions.record_population(bands=bands, year=2021, source=SURVEY, **signed)
    return SimpleNamespace(place=place, east=east, west=west)
