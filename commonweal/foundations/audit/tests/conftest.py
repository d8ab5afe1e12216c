"""A trail of its own for each test, a key of its own, and invented people with roles."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from commonweal.foundations.audit import actions
from commonweal.foundations.audit.models import Words
from commonweal.foundations.verbs.refs import Ref

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Role:
    kind: str

    def covers(self, record: object) -> bool:
        return True

    def is_held_on(self, day: object) -> bool:
        return True


class Invented:
    """Somebody who was never there, with the roles that a test needs."""

    def __init__(self, *kinds: str) -> None:
        self.ref = Ref("people", "person", uuid4())
        self._kinds = kinds

    @property
    def roles(self) -> "Invented":
        return self

    def all(self) -> list[Role]:
        return [Role(kind) for kind in self._kinds]


@pytest.fixture(autouse=True)
def var(settings, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    settings.WITNESSES = []
    return tmp_path


@pytest.fixture
def steward() -> Invented:
    return Invented("steward")


@pytest.fixture
def auditor() -> Invented:
    return Invented("auditor")


@pytest.fixture
def resident() -> Invented:
    return Invented("resident")


@pytest.fixture
def act(resident) -> Callable[..., Words]:
    """Something happens: words are kept, and an entry seals them."""

    def do(text: str = "A bench by the pond, please.", *, number: int = 0) -> Words:
        words = actions.keep_words(text, language="en-gb")
        actions.enter(
            by=resident,
            verb="dialogue.suggest",
            subject=Ref("dialogue", "contribution", UUID(int=number)),
            at=AT,
            facts={"number": number, "place": "Llyn Tegid – ŵyr"},
            words=[words],
        )
        return words

    return do
