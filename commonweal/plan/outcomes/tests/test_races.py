"""What is said while it is being agreed, and a form that arrives many times at once, with real commits."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from commonweal.foundations.decisions import actions as decisions
from commonweal.plan.outcomes import actions as outcomes
from commonweal.plan.outcomes.models import Concern, Indicator, Reading

from .conftest import AT, Town
from .test_actions import agreed, defined, proposed, read, say

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


def while_it_is_agreed(town: Town) -> tuple[bool, list[str]]:
    """Whether a dissent that came in by the page of decisions waited for the agreement; and what came of it."""
    outcome = proposed(town)
    for party, person in ((town.council, town.olu), (town.clinic, town.pia), (town.group, town.gwen)):
        say(outcome, party, person)
    came: list[str] = []

    def dissent() -> None:
        try:
            decisions.give_assent(
                subject=outcome,
                party=town.council,
                stance="dissent",
                words="No.",
                by=town.olu,
                because=outcome.step,
                at=AT,
            )
            came.append("said")
        finally:
            connection.close()

    with transaction.atomic():
        outcomes.agree(outcome=outcome, by=town.cara, at=AT)
        thread = Thread(target=dissent)
        thread.start()
        thread.join(timeout=1)
        waited = thread.is_alive()
    thread.join(timeout=30)
    return waited, came


def test_nobody_says_otherwise_while_it_is_being_agreed(town: Town) -> None:
    assert while_it_is_agreed(town) == (True, ["said"])


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write at a time, with a lock or without")
def test_without_the_lock_somebody_would(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decisions.assenting, "hold_askings", lambda subject: None)
    assert while_it_is_agreed(town) == (False, ["said"])


AT_ONCE = 8


def sent_at_once(act: Callable[[], Any]) -> set[Any]:
    gate = Barrier(AT_ONCE)

    def each(_number: int) -> Any:
        gate.wait()
        try:
            return act().pk
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return set(threads.map(each, range(AT_ONCE)))


def test_one_form_that_arrives_many_times_at_once_is_kept_once(town: Town) -> None:
    outcome = agreed(town)
    indicator = defined(town, outcome)

    def a_problem(number: UUID) -> Concern:
        return outcomes.raise_concern(words="Dark.", by=town.cara, because=None, at=AT, sent_as=number)

    def an_indicator(number: UUID) -> Indicator:
        return defined(town, outcome, name="Falls", sent_as=number)

    def a_reading(number: UUID) -> Reading:
        return read(town, indicator, sent_as=number)

    for kind, make in ((Concern, a_problem), (Indicator, an_indicator), (Reading, a_reading)):
        before, number = kind.objects.count(), uuid4()
        assert len(sent_at_once(lambda make=make, number=number: make(number))) == 1
        assert kind.objects.count() == before + 1, kind


def test_without_its_number_each_would_be_kept(town: Town) -> None:
    """The control: the same words many times at once, and nothing that says that they are one form."""
    made = sent_at_once(lambda: outcomes.raise_concern(words="Dark.", by=town.cara, because=None, at=AT))
    assert len(made) == AT_ONCE
