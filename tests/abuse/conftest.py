"""The town with what it lacks for these tests, and a browser for each role."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from commonweal.town.building import Town
from tests.abuse import streets
from tests.abuse.streets import Street


@pytest.fixture(scope="module")
def street(town: Town, django_db_blocker: Any) -> Iterator[Street]:
    with django_db_blocker.unblock():
        yield streets.lay(town)
