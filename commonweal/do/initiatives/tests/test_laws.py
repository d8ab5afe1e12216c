"""What the database itself refuses of initiatives, whoever asks and however."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F

from commonweal.do.initiatives import actions as initiatives
from commonweal.do.initiatives.models import (
    Adopted,
    FundContribution,
    GivenHours,
    Initiative,
    Lead,
    Partner,
    PooledFund,
)
from commonweal.foundations.verbs import guards

from .conftest import AT, Town, filled
from .test_actions import given, task

#: What nobody may do, and the sentence in which the database says so.
CHANGES: dict[str, Callable[[Town], Any]] = {
    "initiatives initiative is never changed": lambda town: Initiative.objects.update(begun_by=town.nia),
    "initiatives lead is never changed": lambda town: Lead.objects.update(person=town.nia),
    "initiatives partner is never changed": lambda town: Partner.objects.update(role="backs"),
    "initiatives adopted is never changed": lambda town: Adopted.objects.update(adopted_at=AT + timedelta(days=1)),
    "initiatives pooledfund is never changed": lambda town: PooledFund.objects.update(pounds=F("hours")),
    "initiatives fundcontribution is never changed": lambda town: FundContribution.objects.update(count=1),
    "initiatives givenhours is never changed": lambda town: GivenHours.objects.update(minutes=1),
}
KEPT = (Initiative, Lead, Partner, Adopted, PooledFund, FundContribution, GivenHours)


@pytest.fixture
def full(town: Town) -> Town:
    filled(town)
    initiatives.adopt(initiative=town.initiative, obligation=task(town), by=town.cara, at=AT)
    given(town)
    return town


@pytest.mark.parametrize("sentence", CHANGES)
def test_what_was_said_is_never_changed(full: Town, sentence: str) -> None:
    with pytest.raises(DatabaseError, match=sentence), transaction.atomic():
        CHANGES[sentence](full)


@pytest.mark.parametrize("model", KEPT)
def test_nothing_of_it_is_ever_removed(full: Town, model: Any) -> None:
    with pytest.raises(DatabaseError, match="is never removed"), transaction.atomic():
        model.objects.all()._raw_delete("default")


def test_without_the_guards_a_contribution_would_be_changed(full: Town) -> None:
    """The control: it is the guards that refuse."""
    with guards.lifted(), transaction.atomic():
        assert FundContribution.objects.update(count=1)
        transaction.set_rollback(True)


def test_a_lead_may_still_end(full: Town) -> None:
    lead = Lead.objects.get(until_at=None)
    initiatives.hand_over(lead=lead, to=full.pia, by=full.cara, because=None, at=AT)
    assert Lead.objects.get(until_at=None).person == full.pia
