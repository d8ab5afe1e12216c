"""Sixteen at once, with real commits. Each has a control: what happens where the law is taken away."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from commonweal.foundations.decisions.models import OwedLine
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue.models import (
    Cast,
    Contribution,
    Gathered,
    Participant,
    SetAside,
    Statement,
    Theme,
    Vote,
)

from .conftest import AT, House, build

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]

AT_ONCE = 16


@pytest.fixture
def committed(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> House:
    return build(monkeypatch)


def at_once(act: Callable[[], Any]) -> list[Any]:
    gate = Barrier(AT_ONCE)

    def one(_: int) -> Any:
        try:
            gate.wait(timeout=30)
            return act()
        except Exception as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as people:
        return list(people.map(one, range(AT_ONCE)))


def test_sixteen_identical_suggestions_are_one(committed: House) -> None:
    token = uuid4()
    kept = at_once(lambda: committed.say(sent_as=token))
    assert {each.pk for each in kept} == {Contribution.objects.get().pk}


def test_sixteen_suggestions_without_the_form_s_number_are_sixteen(committed: House) -> None:
    """The control: it is the number, kept by the database, that makes them one."""
    at_once(lambda: committed.say())
    assert Contribution.objects.count() == AT_ONCE


def test_sixteen_different_suggestions_under_one_number_keep_the_first(committed: House) -> None:
    token, words = uuid4(), iter(range(AT_ONCE))
    kept = at_once(lambda: committed.say(f"Number {next(words)}", sent_as=token))
    assert Contribution.objects.count() == 1
    assert sum(isinstance(each, dialogue.SentBefore) for each in kept) == AT_ONCE - 1


def test_sixteen_identical_gatherings_are_one_theme(committed: House) -> None:
    said, token = committed.say(), uuid4()
    at_once(lambda: dialogue.gather(contributions=[said], title="Light", by=committed.cleo, at=AT, sent_as=token))
    assert Theme.objects.count() == OwedLine.objects.count() == 1


def test_what_is_put_into_a_theme_and_set_aside_at_once_is_one_of_both(committed: House) -> None:
    for number in range(8):
        said, turns = committed.say(f"Number {number}"), iter(range(AT_ONCE))

        def see_to_it(said: Contribution = said, turns: Iterator[int] = turns) -> Any:
            if next(turns) % 2:
                return dialogue.gather(contributions=[said], title="Light", by=committed.cleo, at=AT)
            return dialogue.set_aside(contributions=[said], reason="unclear", by=committed.cleo, at=AT)

        at_once(see_to_it)
        said.refresh_from_db()
        assert (said.aside is None) == Gathered.objects.filter(contribution=said).exists()
        assert SetAside.objects.filter(contribution=said).count() == int(said.aside is not None)


def test_sixteen_additions_of_the_same_suggestion_are_one(committed: House) -> None:
    first, second = committed.say("One"), committed.say("Two")
    theme = dialogue.gather(contributions=[first], title="Light", by=committed.cleo, at=AT)
    kept = at_once(lambda: dialogue.gather_more(theme=theme, contributions=[second], by=committed.cleo, at=AT))
    assert Gathered.objects.filter(contribution=second).count() == 1
    assert sum(isinstance(each, dialogue.GatheredAlready) for each in kept) == AT_ONCE - 1


@pytest.fixture
def statement(committed: House) -> Statement:
    words = ["Light the path."]
    return dialogue.seed(conversation=committed.conversation, statements=words, by=committed.cleo, at=AT)[0]


def test_sixteen_identical_first_votes_are_one_vote_of_one_person(statement: Statement) -> None:
    by = dialogue.Taking(uuid4())
    kept = at_once(lambda: dialogue.cast(statement=statement, choice=1, by=by, at=AT))
    assert {each.pk for each in kept} == {Vote.objects.get().pk}
    assert (Participant.objects.count(), Cast.objects.count()) == (1, 1)


def test_of_sixteen_different_votes_one_counts_and_it_is_the_last_that_was_cast(statement: Statement) -> None:
    by, choices = dialogue.Taking(uuid4()), iter([1, -1, 0] * 6)
    at_once(lambda: dialogue.cast(statement=statement, choice=next(choices), by=by, at=AT))
    assert Vote.objects.get().choice == Cast.objects.order_by("pk").last().choice  # type: ignore[union-attr]
    assert Participant.objects.count() == 1


def test_sixteen_first_votes_with_numbers_of_their_own_are_sixteen_people(statement: Statement) -> None:
    """The control: it is the browser's number, kept by the database, that makes them one."""
    at_once(lambda: dialogue.cast(statement=statement, choice=1, by=dialogue.Taking(uuid4()), at=AT))
    assert Vote.objects.count() == AT_ONCE


def test_sixteen_seedings_give_each_statement_a_number_of_its_own(committed: House) -> None:
    words = iter(f"Statement {number}" for number in range(AT_ONCE))
    at_once(
        lambda: dialogue.seed(conversation=committed.conversation, statements=[next(words)], by=committed.cleo, at=AT)
    )
    assert sorted(Statement.objects.values_list("number", flat=True)) == list(range(AT_ONCE))
