"""A small place, invented: two residents, two convenors, one open conversation."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from commonweal.foundations.people import actions as people
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs import clock
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue.models import Contribution, Conversation

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)


@dataclass
class House:
    ada: Person
    ben: Person
    cleo: Person
    dan: Person
    conversation: Conversation

    def say(self, words: str = "Light the path by the canal", **more: Any) -> Contribution:
        given: dict[str, Any] = {"conversation": self.conversation, "by": self.ada, "at": AT} | more
        return dialogue.suggest(words=words, **given)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person.sign_in)  # type: ignore[attr-defined]
    return client


def sending(**more: Any) -> dict[str, Any]:
    return {"words": "Light the path", "shows_name": "no", "has_read": "on", "sent_as": str(uuid4())} | more


@pytest.fixture
def house(db: None, monkeypatch: pytest.MonkeyPatch) -> House:
    return build(monkeypatch)


def build(monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setattr(clock, "today", AT.date)
    ada, ben, cleo, dan = (
        people.join(name=name, email=f"{name.split()[0].lower()}@example.org", at=AT, is_invented=True)
        for name in ("Ada Invented", "Ben Invented", "Cleo Invented", "Dan Invented")
    )
    for convenor in (cleo, dan):
        people.entrust(person=convenor, kind="convenor", by=convenor, at=AT, from_on=AT.date())
    opened = dialogue.open_conversation(
        question="How should the canal path feel at night?",
        why="Two people fell there in January.",
        promise="The council's highways team answers every suggestion by May.",
        by=cleo,
        because=None,
        at=AT,
    )
    return House(*(Person.objects.prefetch_related("roles").get(pk=each.pk) for each in (ada, ben, cleo, dan)), opened)
