"""The workbench: who has not been heard, what is owed, where people agree across their divide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs import clock
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue.models import Conversation

#: A signed-in board.
MOST_QUERIES = 20


@pytest.fixture
def desk(convenor: Person) -> Client:
    client = Client()
    client.force_login(convenor.sign_in)  # type: ignore[attr-defined]
    return client


def test_before_anything_is_open_it_says_what_will_stand_here(desk: Client) -> None:
    assert "No conversation is open." in desk.get("/workbench/").content.decode()


def test_what_cannot_be_known_yet_is_said(desk: Client, conversation: Conversation) -> None:
    shown = desk.get("/workbench/").content.decode()
    assert conversation.question in shown
    assert "It cannot be known yet" in shown and "There is no map yet" in shown


def test_what_unites_people_and_what_is_late_stand_on_it(
    desk: Client, conversation: Conversation, convenor: Person, busy: Callable[[int], None]
) -> None:
    busy(2)
    at = clock.now()
    words = [f"Statement {number}" for number in range(8)]
    for statement in dialogue.seed(conversation=conversation, statements=words, by=convenor, at=at):
        for number in range(12):
            divided = 1 if number < 6 else -1
            choice = 1 if statement.number < 3 else divided
            dialogue.cast(statement=statement, choice=choice, by=dialogue.Taking(UUID(int=number + 1)), at=at)
    dialogue.make_map(conversation=conversation, at=at)
    said = list(conversation.contributions.filter(channel="page"))
    dialogue.gather(contributions=said, title="Later buses", by=convenor, at=at - timedelta(days=60), working_days=5)
    desk.get("/workbench/")  # how much waits, which the header says, is remembered from now on
    with CaptureQueriesContext(connection) as asked:
        answer = desk.get("/workbench/")
    assert len(asked) <= MOST_QUERIES, "\n".join(each["sql"][:150] for each in asked)
    bench = answer.context["bench"]
    assert bench.reading.uniting and bench.late == 1
    assert "Later buses" in answer.content.decode()


def test_one_of_several_can_be_chosen(desk: Client, conversation: Conversation, convenor: Person) -> None:
    other = dialogue.open_conversation(
        question="And the trains?", why="Why not?", promise="Yes.", by=convenor, because=None, at=clock.now()
    )
    assert desk.get("/workbench/").context["bench"].conversation == other
    chosen = desk.get(f"/workbench/?conversation={conversation.pk}")
    assert chosen.context["bench"].conversation == conversation
    assert desk.get("/workbench/?conversation=nonsense").context["bench"].conversation == other


def test_it_is_for_convenors(conversation: Conversation, resident: Person, client: Client) -> None:
    client.force_login(resident.sign_in)  # type: ignore[attr-defined]
    assert client.get("/workbench/").status_code == 403
