"""Sixteen answers about oneself at once, with real commits: each person is counted once, and nobody is lost."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue.actions import Taking
from commonweal.understand.dialogue.models import Inkling, Participant, Pledge, Tick, Ticked

from .conftest import AT, House, build
from .test_races import AT_ONCE, at_once

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def committed(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> House:
    return build(monkeypatch)


def voters(house: House, count: int) -> list[Taking]:
    (statement, _other) = dialogue.seed(
        conversation=house.conversation, statements=["One.", "Two."], by=house.cleo, at=AT
    )
    found = [Taking(uuid4()) for _ in range(count)]
    for by in found:
        dialogue.cast(statement=statement, choice=1, by=by, at=AT)
    return found


def test_one_person_sixteen_times_is_counted_once(committed: House) -> None:
    (by,) = voters(committed, 1)
    answers = {"sex": "female", "race": "white"}
    told = at_once(lambda: dialogue.tick(conversation=committed.conversation, by=by, answers=answers, at=AT))
    assert told.count(True) == 1
    assert sorted(Tick.objects.filter(count__gt=0).values_list("answer", "count")) == [("female", 1), ("white", 1)]


def test_sixteen_people_at_once_are_sixteen(committed: House) -> None:
    waiting = voters(committed, AT_ONCE)
    answers = {"sex": "male", "race": "asian", "age": "25-34"}
    at_once(lambda: dialogue.tick(conversation=committed.conversation, by=waiting.pop(), answers=answers, at=AT))
    assert set(Tick.objects.filter(count__gt=0).values_list("count", flat=True)) == {AT_ONCE}


def test_without_the_digest_one_person_could_be_counted_twice(committed: House) -> None:
    """The control: the digest is what refuses."""
    (by,) = voters(committed, 1)
    dialogue.tick(conversation=committed.conversation, by=by, answers={"sex": "male"}, at=AT)
    known = Ticked.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticked.objects.create(conversation=committed.conversation, digest=known.digest)
    Participant.objects.update(uuid=(other := uuid4()))
    assert dialogue.tick(conversation=committed.conversation, by=Taking(other), answers={"sex": "male"}, at=AT)


def test_two_questions_sent_sixteen_times_are_answered_once(committed: House) -> None:
    (by,) = voters(committed, 1)
    at_once(
        lambda: dialogue.answer_two_questions(
            conversation=committed.conversation, by=by, at=AT, understands=3, trusts=3
        )
    )
    assert Inkling.objects.count() == 1


def test_a_pledge_sent_sixteen_times_is_made_once(committed: House) -> None:
    number = uuid4()
    at_once(
        lambda: dialogue.pledge(
            conversation=committed.conversation,
            words="I will carry a lamp.",
            by_on=AT.date(),
            by=committed.ada,
            at=AT,
            sent_as=number,
        )
    )
    assert Pledge.objects.count() == 1
