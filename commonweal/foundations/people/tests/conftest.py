"""A small invented cast: a steward, a resident, and somebody who came on paper."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from commonweal.foundations.people import actions
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs.refs import SYSTEM

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ON = date(2026, 3, 2)


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    steward = actions.join(name="Stella Steward", email="stella@example.org", at=AT, is_invented=True)
    actions.entrust(person=steward, kind="steward", by=SYSTEM, at=AT, from_on=ON)
    resident = actions.join(name="Rosa Resident", email="rosa@example.org", postcode="N3 2TH", at=AT, is_invented=True)
    paper = actions.enter_on_paper(
        name="Percy Paper", by=steward, at=AT, postal_address="1 Invented Row", is_invented=True
    )
    return SimpleNamespace(steward=steward, resident=resident, paper=paper)


@pytest.fixture
def signed_in(client: Client) -> Callable[[Person], Client]:
    def sign_in(person: Person) -> Client:
        client.force_login(person.sign_in)
        return client

    return sign_in


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet(request: Any) -> None:
    if "db" in request.fixturenames or "client" in request.fixturenames:
        request.getfixturevalue("db")
        cache.clear()
