"""A task is marked as done, with or without a word about what came of it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from commonweal.foundations.audit.models import Entry
from commonweal.plan.outcomes import actions as outcomes
from commonweal.plan.outcomes.models import Obligation

from .conftest import AT, Town
from .test_views import agreed, signed_in, text_of


@pytest.fixture
def task(town: Town) -> Obligation:
    return outcomes.oblige(
        outcome=agreed(town),
        organisation=town.council,
        what="Order benches",
        due_on=date(2026, 9, 1),
        by=town.cara,
        at=AT,
    )


def test_what_came_of_a_task_is_read_with_it(town: Town, task: Obligation) -> None:
    client, address = signed_in(town.olu), reverse("outcomes:fulfil", args=[task.pk])
    page = text_of(client, task.get_absolute_url())
    assert "What came of it?" in page and "(optional)" in page
    assert client.post(address, {"words": "x" * 501}).status_code == 422
    assert client.post(address, {"words": "Six benches stand."}).status_code == 302
    for record in (task, task.outcome):
        assert "Six benches stand." in text_of(Client(), record.get_absolute_url())
    assert Entry.objects.get(verb="outcomes.fulfil").subject == task.ref


def test_a_task_is_done_without_a_word(town: Town, task: Obligation) -> None:
    signed_in(town.olu).post(reverse("outcomes:fulfil", args=[task.pk]), {"words": " "})
    task.refresh_from_db()
    assert task.is_done and task.came_of_it is None
    assert "What came of it" not in text_of(Client(), task.get_absolute_url())


def test_a_second_click_says_nothing_else(town: Town, task: Obligation) -> None:
    for words in ("Six benches stand.", "Seven."):
        signed_in(town.olu).post(reverse("outcomes:fulfil", args=[task.pk]), {"words": words})
    task.refresh_from_db()
    assert task.came_of_it is not None and task.came_of_it.text == "Six benches stand."


def test_nothing_comes_of_a_task_that_is_not_done(task: Obligation) -> None:
    other = outcomes.raise_concern(words="x", by=task.outcome.proposed_by, because=None, at=AT)
    words = other.versions.get().words
    with pytest.raises(IntegrityError, match="something_came_only"), transaction.atomic():
        Obligation.objects.filter(pk=task.pk).update(came_of_it=words)
