"""A task is marked as done, with or without a word about what came of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from commonweal.foundations.audit.models import Entry
from commonweal.foundations.people import exporters
from commonweal.foundations.verbs import guards
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


def test_what_came_of_a_task_is_sealed_and_says_whose_words_they_are(town: Town, task: Obligation) -> None:
    done = outcomes.fulfil(obligation=task, by=town.olu, because=None, at=AT, words="Six benches stand.")
    assert done.came_of_it is not None
    assert Entry.objects.get(verb="outcomes.fulfil").sealed_words == [bytes(done.came_of_it.digest).hex()]
    assert done.done_by == town.olu


def test_whoever_said_it_takes_it_with_them(town: Town, task: Obligation) -> None:
    outcomes.fulfil(obligation=task, by=town.olu, because=None, at=AT, words="Six benches stand.")
    (taken,) = exporters.everything_of(town.olu)["outcomes"]["tasks that you marked as done"]
    assert (taken["what"], taken["what came of it"]) == ("Order benches", "Six benches stand.")
    assert not exporters.everything_of(town.gwen)["outcomes"]["tasks that you marked as done"]


@pytest.mark.parametrize("column", ["came_of_it", "done_by", "done_at"])
def test_what_was_said_of_a_done_task_stays(town: Town, task: Obligation, column: str) -> None:
    done = outcomes.fulfil(obligation=task, by=town.olu, because=None, at=AT, words="Six benches stand.")
    other = {"came_of_it": done.outcome.statement, "done_by": town.gwen, "done_at": datetime(2026, 4, 1, tzinfo=UTC)}[
        column
    ]
    with pytest.raises(DatabaseError, match="said of a done task"), transaction.atomic():
        Obligation.objects.filter(pk=done.pk).update(**{column: other})
    with guards.lifted():
        assert Obligation.objects.filter(pk=done.pk).update(**{column: other})


def test_the_number_of_a_form_stays(task: Obligation) -> None:
    for record in (task, task.outcome):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            type(record).objects.filter(pk=record.pk).update(sent_as=uuid4())
