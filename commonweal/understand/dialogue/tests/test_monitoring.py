"""Answers about oneself are stored apart: no column joins them with a vote, a person, a word or a moment."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.test import Client

from commonweal.foundations.audit.models import Entry
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs import clock
from commonweal.methods.disclosure import HIDDEN_UP_TO
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue import queries
from commonweal.understand.dialogue.actions import Taking
from commonweal.understand.dialogue.characteristics import ANSWERS, Characteristic
from commonweal.understand.dialogue.models import Conversation, Statement, Tick, Ticked

from .conftest import AT, House

OVER = AT + timedelta(days=2)


@pytest.fixture
def statement(house: House, monkeypatch: pytest.MonkeyPatch) -> Statement:
    monkeypatch.setattr(clock, "now", lambda: AT)
    return dialogue.seed(conversation=house.conversation, statements=["One."], by=house.cleo, at=AT)[0]


def voter(statement: Statement) -> Taking:
    by = Taking(uuid4())
    dialogue.cast(statement=statement, choice=1, by=by, at=AT)
    return by


def ticked(house: House, by: Taking, **answers: str) -> bool:
    return dialogue.tick(conversation=house.conversation, by=by, answers=answers or {"sex": "female"}, at=AT)


def many(house: House, statement: Statement, **counts: int) -> None:
    for answer, count in counts.items():
        for _ in range(count):
            ticked(house, voter(statement), sex=answer)


def test_no_column_joins_an_answer_with_anybody_or_any_moment() -> None:
    """The whole shape of the table: a new column would have to be argued for here. The control is any other table."""
    assert {field.name for field in Tick._meta.get_fields()} == {
        "id",
        "conversation",
        "characteristic",
        "answer",
        "count",
    }
    assert _joins(Tick) == {Conversation}
    assert not any(isinstance(field, models.DateField) for field in Tick._meta.get_fields())
    assert {field.name for field in Ticked._meta.get_fields()} == {"id", "conversation", "digest"}
    assert _joins(Ticked) == {Conversation}
    assert len(_joins(apps.get_model("dialogue", "Vote"))) > 1
    pointing = [each for each in apps.get_models() if _joins(each) & {Tick, Ticked}]
    assert pointing == []


def _joins(model: type[models.Model]) -> set[type[models.Model]]:
    return {field.related_model for field in model._meta.get_fields() if field.is_relation}  # type: ignore[misc]


def test_nothing_kept_of_who_answered_is_kept_anywhere_else(house: House, statement: Statement) -> None:
    """The digest stands in no other column of the database, and no other column's text stands in it."""
    by = voter(statement)
    entries, steps = Entry.objects.count(), Step.objects.count()
    ticked(house, by)
    digest = Ticked.objects.get().digest
    assert (Entry.objects.count(), Step.objects.count()) == (entries, steps)
    texts = set()
    for model in apps.get_models():
        if model is not Ticked and model._meta.managed:
            for row in model._base_manager.values_list():
                texts |= {str(cell).replace("-", "") for cell in row}
    assert by.uuid.hex in texts, "the search looks into the rows"
    assert digest not in texts


def test_the_same_counts_come_out_whoever_gave_which_answers_together(house: House, statement: Statement) -> None:
    """Two people's answers, paired one way or the other, leave the very same rows: no pair can be read back."""
    ticked(house, voter(statement), sex="female", race="black")
    ticked(house, voter(statement), sex="male", race="white")
    one_way = _rows(house.conversation)
    Tick.objects.update(count=0)
    ticked(house, voter(statement), sex="male", race="black")
    ticked(house, voter(statement), sex="female", race="white")
    assert _rows(house.conversation) == one_way


def _rows(conversation: Conversation) -> list[tuple[str, str, int]]:
    return list(
        Tick.objects.filter(conversation=conversation).order_by("pk").values_list("characteristic", "answer", "count")
    )


def test_the_order_of_rows_is_that_of_the_lists_and_not_of_the_answers(house: House, statement: Statement) -> None:
    ticked(house, voter(statement), orientation="gay")
    listed = [(asked, answer) for asked in Characteristic for answer in ANSWERS[asked]]
    assert [row[:2] for row in _rows(house.conversation)] == listed


def test_somebody_answers_once(house: House, statement: Statement) -> None:
    by = voter(statement)
    assert ticked(house, by) is True
    assert ticked(house, by, sex="male") is False
    assert sum(row[2] for row in _rows(house.conversation)) == 1


def test_a_digest_and_a_count_cannot_be_taken_away(house: House, statement: Statement) -> None:
    ticked(house, voter(statement))
    for table in ("dialogue_ticked", "dialogue_tick"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")


def test_only_whoever_has_voted_is_asked_and_only_what_is_on_the_list(house: House, statement: Statement) -> None:
    with pytest.raises(dialogue.VoteFirst):
        ticked(house, Taking(uuid4()))
    for wrong in ({"sex": "purple"}, {"income": "high"}):
        with pytest.raises(dialogue.NotAnAnswer):
            ticked(house, voter(statement), **wrong)
    with pytest.raises(dialogue.NothingAnswered):
        dialogue.tick(conversation=house.conversation, by=voter(statement), answers={}, at=AT)
    dialogue.close(conversation=house.conversation, by=house.cleo, at=AT)
    with pytest.raises(dialogue.VotingIsOver):
        ticked(house, Taking(uuid4()))
    assert not Ticked.objects.exists()


@pytest.mark.parametrize(("women", "is_shown"), [(39, False), (40, True)])
def test_nothing_shows_under_fifty_answers(house: House, statement: Statement, women: int, is_shown: bool) -> None:
    many(house, statement, female=women, male=10)
    dialogue.close(conversation=house.conversation, by=house.cleo, at=AT)
    house.conversation.refresh_from_db()
    shown = {each.characteristic: each.counts for each in queries.ticks_of(house.conversation, OVER)}
    assert bool(shown["sex"]) == is_shown
    assert shown["race"] == ()


def test_small_counts_are_hidden_and_nothing_shows_while_it_is_open(house: House, statement: Statement) -> None:
    many(house, statement, female=52, male=HIDDEN_UP_TO)
    assert queries.ticks_of(house.conversation, AT) == []
    dialogue.close(conversation=house.conversation, by=house.cleo, at=AT)
    house.conversation.refresh_from_db()
    sex = next(each for each in queries.ticks_of(house.conversation, OVER) if each.characteristic == "sex")
    assert sex.counts == (("Female", 50), ("Male", None))


def test_all_nine_protected_characteristics_are_asked_and_each_may_be_left_out() -> None:
    assert len(Characteristic) == len(ANSWERS) == 9


def test_the_page_asks_after_the_first_vote_and_thanks_once(house: House, statement: Statement) -> None:
    client, page = Client(), f"/c/{house.conversation.code}/"
    assert not client.get(f"{page}about-you/").context["has_voted"]
    shown = client.get(page)
    client.post(f"{page}cast/", {"token": shown.context["token"], "statement": 0, "choice": "agree"})
    assert client.post(f"{page}about-you/", {}).status_code == 422
    assert client.post(f"{page}about-you/", {"sex": "purple"}).status_code == 422
    assert client.post(f"{page}about-you/", {"sex": "male", "race": ""}).status_code == 302
    assert client.post(f"{page}about-you/", {"sex": "female"}).status_code == 302
    assert client.get(f"{page}about-you/").context["has_ticked"]
    assert [row for row in _rows(house.conversation) if row[2]] == [("sex", "male", 1)]
