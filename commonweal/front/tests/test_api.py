from collections.abc import Callable
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commonweal.foundations.people.models import Person
from commonweal.foundations.publishing.models import Measure
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.verbs import clock
from commonweal.foundations.verbs.refs import SYSTEM
from commonweal.front import api
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue.models import Conversation


def test_the_description_is_openapi_3_1_and_says_every_refusal(client: Client) -> None:
    described = client.get("/api/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    for address, verbs in described["paths"].items():
        assert set(verbs) == {"get"}, address
        answers = {str(code) for code in verbs["get"]["responses"]}
        assert {"200", "422"} <= answers, address
        assert "404" in answers or "{" not in address, address


def test_every_operation_says_who_may_call_it() -> None:
    assert len(api.urlpatterns) == 1 + len(api.operations())
    assert all(pattern.callback.access == "open to all" for pattern in api.urlpatterns)


def test_conversations_are_listed(busy: Callable[[int], None], client: Client) -> None:
    busy(2)
    told = client.get("/api/conversations").json()
    assert told["count"] == 1
    assert told["conversations"][0]["question"] == "How should the buses run?"
    assert told["conversations"][0]["suggestions"] == 2


def test_a_story_is_told_in_words(busy: Callable[[int], None], conversation: Conversation, client: Client) -> None:
    busy(2)
    told = client.get(f"/api/thread/{conversation.step.uuid}/story").json()
    assert told["count"] == 3
    assert [line["quote"] for line in told["lines"]][1:] == ["Bus 0, please", "Bus 1, please"]


def test_a_step_that_is_not_public_is_not_there(conversation: Conversation, client: Client) -> None:
    hidden = thread.record(
        kind="dialogue.closing",
        subject=conversation,
        because=conversation.step,
        at=clock.now(),
        audience="parties",
        params={"conversation": conversation},
    )
    assert client.get(f"/api/thread/{hidden.uuid}/story").status_code == 404
    assert client.get(f"/api/thread/{uuid4()}/story").status_code == 404
    lines = client.get(f"/api/thread/{conversation.step.uuid}/story").json()["lines"]
    assert lines[-1] == {
        "id": None,
        "title": "A step that is not public",
        "word": "",
        "stage": "",
        "quote": "",
        "at": None,
    }


@pytest.mark.parametrize("page", ["0", "-1", "x", "1e9", "99999999999999999999", ""])
def test_a_page_out_of_bounds_is_refused(page: str, db: None, client: Client) -> None:
    answer = client.get("/api/conversations", {"page": page})
    assert answer.status_code == 422
    assert answer.json()["detail"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_only_reads(method: str, db: None, client: Client) -> None:
    assert getattr(client, method)("/api/conversations").status_code == 405


def test_measures_keep_every_digit_and_say_what_cannot_be_known(db: None, client: Client) -> None:
    common = {
        "title": "Lonely",
        "from_on": "2025-01-01",
        "until_on": "2026-01-01",
        "rung": "claimed",
        "unit": "%",
        "source": "A survey (invented)",
    }
    by = {"published_by": SYSTEM, "published_at": clock.now()}
    Measure.objects.create(key="a", value=Decimal("12.300000"), **common, **by)
    Measure.objects.create(key="b", unknown_because="too few answered", **common, **by)
    first, second = client.get("/api/measures").json()["measures"]
    assert (first["value"], second["value"]) == ("12.3", None)
    assert second["unknown_because"] == "too few answered"
    assert (first["first_day"], first["last_day"], first["rung"]) == ("2025-01-01", "2025-12-31", "claimed")


def test_the_api_asks_few_questions_however_much_there_is(
    busy: Callable[[int], None], conversation: Conversation, client: Client
) -> None:
    busy(30)
    for page in ("/api/conversations", "/api/measures", f"/api/thread/{conversation.step.uuid}/story"):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200
        assert len(asked) <= 6, page


def test_a_conversation_is_told_whole(voted: Conversation, client: Client) -> None:
    """What its pages tell: the briefing, the promise, the statements with their tallies, the map."""
    at = f"/api/conversations/{voted.pk}"
    told = client.get(at).json()
    assert (told["question"], told["code"]) == (voted.question, voted.code)
    assert told["briefing"][0]["source"] == "Invented"
    statements = client.get(f"{at}/statements").json()
    assert statements["count"] == 2
    assert statements["statements"][0] | {"words": ""} == {
        "number": 0,
        "words": "",
        "agrees": 9,
        "passes": 0,
        "disagrees": 0,
        "is_closed": False,
    }
    made = client.get(f"{at}/map").json()
    assert (made["people"], made["votes"]) == (9, 18)
    assert client.get(f"{at}/suggestions").json()["count"] == 2


def test_what_is_held_back_is_in_no_answer(voted: Conversation, convenor: Person, client: Client) -> None:
    statement = voted.statements.get(number=0)
    dialogue.hold(contribution=statement.contribution, by=convenor, reason="off_topic", at=clock.now())
    for piece in ("statements", "suggestions"):
        assert statement.contribution.words.text not in client.get(f"/api/conversations/{voted.pk}/{piece}").text


def test_themes_and_their_answers_are_listed(
    busy: Callable[[int], None], conversation: Conversation, client: Client
) -> None:
    busy(2)
    themes = client.get(f"/api/conversations/{conversation.pk}/themes").json()
    assert themes["count"] == len(themes["themes"])


@pytest.mark.parametrize("piece", ["", "/statements", "/suggestions", "/themes", "/map"])
def test_what_nobody_knows_is_not_there(piece: str, db: None, client: Client) -> None:
    assert client.get(f"/api/conversations/{uuid4()}{piece}").status_code == 404


@pytest.fixture
def voted(conversation: Conversation, convenor: Person) -> Conversation:
    at = clock.now()
    words = ["Buses should run late.", "Buses should be free."]
    dialogue.brief(conversation=conversation, kind="for", words="They help.", source="Invented", by=convenor, at=at)
    for statement in dialogue.seed(conversation=conversation, statements=words, by=convenor, at=at):
        for number in range(9):
            dialogue.cast(statement=statement, choice=1, by=dialogue.Taking(UUID(int=number + 1)), at=at)
    dialogue.make_map(conversation=conversation, at=at)
    return conversation
