"""A small town, invented, made by verbs alone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import caches
from django.test import Client

from commonweal.foundations.people import actions as people
from commonweal.foundations.people.models import Person
from commonweal.foundations.places import actions as places
from commonweal.foundations.verbs import clock
from commonweal.foundations.verbs.refs import SYSTEM
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue.models import Conversation

LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    caches["near"].clear()


@pytest.fixture
def place(db: None) -> None:
    places.set_up_place(
        name="Abermor (invented)", name_cy="Abermôr (dychmygol)", by=SYSTEM, at=LONG_AGO, colour="#123c69"
    )


@pytest.fixture
def convenor(place: None) -> Person:
    person = people.join(name="Cerys Convenor (invented)", email="cerys@example.org", at=LONG_AGO)
    people.entrust(person=person, kind="convenor", by=SYSTEM, at=LONG_AGO, from_on=LONG_AGO.date())
    return person


@pytest.fixture
def resident(place: None) -> Person:
    return people.join(name="Rhys Resident (invented)", email="rhys@example.org", at=LONG_AGO)


@pytest.fixture
def conversation(convenor: Person) -> Conversation:
    return dialogue.open_conversation(
        question="How should the buses run?",
        why="The contract ends next year.",
        promise="The council answers every theme.",
        by=convenor,
        because=None,
        at=clock.now() - timedelta(days=9),
        closes_at=clock.now() + timedelta(days=30),
    )


@pytest.fixture
def busy(conversation: Conversation, resident: Person) -> Callable[[int], None]:
    """So many suggestions more."""

    def suggest(count: int) -> None:
        for number in range(count):
            dialogue.suggest(conversation=conversation, words=f"Bus {number}, please", by=resident, at=clock.now())

    return suggest


@pytest.fixture
def signed_in() -> Callable[[Person], Client]:
    def client_of(person: Person) -> Client:
        client = Client()
        client.force_login(person.sign_in, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return client_of
