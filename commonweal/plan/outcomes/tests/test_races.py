"""What is said while it is being agreed, with real commits."""

from threading import Thread

import pytest
from django.db import connection, transaction

from commonweal.foundations.decisions import actions as decisions
from commonweal.plan.outcomes import actions as outcomes

from .conftest import AT, Town
from .test_actions import proposed, say

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
