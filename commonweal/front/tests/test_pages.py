import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs import clock
from commonweal.front import navigation
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue.models import Conversation

PUBLIC = ("home", "understand", "plan", "do", "review", "accessibility", "privacy", "language", "api")


def questions_of(client: Client, page: str) -> int:
    client.get(page)  # warm
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


@pytest.mark.parametrize("page", PUBLIC)
def test_every_public_page_stands_before_anything_was_set_up(page: str, db: None, client: Client) -> None:
    answer = client.get(reverse(f"front:{page}"))
    assert answer.status_code == 200
    html = answer.content.decode()
    assert html.count("<h1") == 1
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"", html)


def test_an_empty_home_says_so_kindly(place: None, client: Client) -> None:
    html = client.get("/").content.decode()
    for words in ("No suggestions yet", "Nothing agreed yet", "Nothing begun yet", "No lessons kept yet"):
        assert words in html
    assert "No conversation is open just now" in html
    assert "What comes first" in html
    assert "Follow one voice" not in html


def test_only_who_may_is_offered_to_open_the_first_conversation(
    convenor: Person, resident: Person, signed_in: Callable[[Person], Client]
) -> None:
    offered = f'href="{reverse("dialogue:open")}"'
    assert offered in signed_in(convenor).get("/").content.decode()
    assert offered not in signed_in(resident).get("/").content.decode()


def test_what_comes_first_goes_when_something_has_happened(conversation: Conversation, client: Client) -> None:
    assert "What comes first" not in client.get("/").content.decode()


@pytest.mark.parametrize("stage", navigation.STAGES, ids=lambda stage: stage.key)
def test_an_empty_stage_says_what_comes_first(stage: navigation.Stage, place: None, client: Client) -> None:
    assert str(stage.first) in client.get(stage.page).content.decode()


@pytest.mark.parametrize("role", ["", "resident", "convenor"])
def test_every_list_of_a_new_place_stands_for_whoever_comes(
    role: str, request: pytest.FixtureRequest, place: None, signed_in: Callable[[Person], Client]
) -> None:
    visitor = signed_in(request.getfixturevalue(role)) if role else Client()
    for stage in navigation.STAGES:
        for _door, address in navigation.doors(stage):
            assert visitor.get(address).status_code == 200, address
    if role:
        assert "Nothing waits for you" in visitor.get("/my-day/").content.decode()


def test_home_shows_what_people_said_and_where_to_say_more(
    busy: Callable[[int], None], conversation: Conversation, client: Client
) -> None:
    busy(3)
    html = client.get("/").content.decode()
    assert "3 suggestions made" in html
    assert "How should the buses run?" in html
    assert conversation.get_absolute_url() in html


def test_home_asks_few_questions_however_much_happened(busy: Callable[[int], None], client: Client) -> None:
    busy(1)
    few = questions_of(client, "/")
    busy(30)
    assert questions_of(client, "/") <= few <= 12


def test_a_stage_asks_few_questions_however_much_happened(busy: Callable[[int], None], client: Client) -> None:
    busy(40)
    assert questions_of(client, "/understand/") <= 12


def test_the_stage_of_a_page_is_marked(place: None, client: Client) -> None:
    html = client.get("/plan/").content.decode()
    assert re.findall(r'href="([^"]+)" aria-current="true"', html) == ["/plan/"]


def test_every_door_of_every_stage_opens(db: None, client: Client) -> None:
    missing = [door.page for stage in navigation.STAGES for door in stage.doors if not _is_there(door.page)]
    assert missing == []
    for stage in navigation.STAGES:
        for _door, address in navigation.doors(stage):
            assert client.get(address).status_code == 200, address


def _is_there(page: str) -> bool:
    return any(door.page == page for stage in navigation.STAGES for door, _address in navigation.doors(stage))


def test_my_day_is_for_somebody_who_is_signed_in(place: None, client: Client) -> None:
    answer = client.get("/my-day/")
    assert answer.status_code == 302
    assert reverse("people:sign_in") in answer["Location"]


def test_my_day_says_when_nothing_waits(resident: Person, signed_in: Callable[[Person], Client]) -> None:
    assert "Nothing waits for you" in signed_in(resident).get("/my-day/").content.decode()


def test_my_day_shows_what_waits_and_the_header_counts_it(
    convenor: Person, busy: Callable[[int], None], signed_in: Callable[[Person], Client]
) -> None:
    busy(4)
    client = signed_in(convenor)
    html = client.get("/my-day/").content.decode()
    assert "4 suggestions to put into themes" in html
    assert re.search(r'cw-count">1<', client.get("/").content.decode())


def test_my_day_asks_few_questions_however_much_waits(
    convenor: Person, busy: Callable[[int], None], signed_in: Callable[[Person], Client]
) -> None:
    client = signed_in(convenor)
    busy(1)
    few = questions_of(client, "/my-day/")
    busy(20)
    assert questions_of(client, "/my-day/") <= few <= 20
    assert questions_of(client, "/") <= 20


def test_the_place_is_called_by_its_name_in_each_language(place: None, client: Client) -> None:
    assert "Abermor (invented)" in client.get("/").content.decode()
    answer = client.post("/language/", {"language": "cy", "next": "/privacy/"})
    assert answer["Location"] == "/privacy/"
    html = client.get("/").content.decode()
    assert '<html lang="cy"' in html
    assert "Abermôr (dychmygol)" in html


def test_the_language_switch_never_leads_away(db: None, client: Client) -> None:
    answer = client.post("/language/", {"language": "cy", "next": "https://evil.example/"})
    assert "evil" not in answer["Location"]
    assert client.post("/language/", {"language": "<script>"}).status_code == 302


def test_the_places_colour_comes_in_a_stylesheet_that_can_be_kept(place: None, client: Client) -> None:
    address = re.search(r'href="(/colours\.css[^"]+)"', client.get("/").content.decode())
    assert address
    answer = client.get(address[1])
    assert "--govuk-brand-colour:#123c69" in answer.content.decode()
    assert "immutable" in answer["Cache-Control"]


@pytest.mark.parametrize("colour", ["", "zzz", "00594f;}", "a" * 9000, "\u0000"])
def test_nonsense_for_a_colour_gives_the_colour_of_the_house(colour: str, client: Client) -> None:
    assert "--govuk-brand-colour:#00594f;" in client.get("/colours.css", {"of": colour}).content.decode()


def test_leaving_goes_elsewhere_and_does_not_say_from_where(client: Client) -> None:
    answer = client.get("/leave/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("https://")
    assert answer["Referrer-Policy"] == "no-referrer"


def test_healthz_answers_in_two_questions(db: None, client: Client) -> None:
    assert questions_of(client, "/healthz") == 2


def test_the_accessibility_statement_holds_what_the_law_asks(client: Client, place: None) -> None:
    html = client.get("/accessibility/").content.decode()
    for words in ("SI 2018/952", "partially compliant", "2.2", "Equality and Human Rights Commission", "mailto:"):
        assert words in html


@pytest.mark.parametrize(
    "untrue",
    ["mostly in English", "Whatever you can do on a page", "sets the dates here", "documents that others send"],
)
def test_the_accessibility_statement_says_only_what_is_so(untrue: str, client: Client, place: None) -> None:
    assert untrue not in client.get("/accessibility/").content.decode()


def test_the_header_counts_what_waits_before_my_day_was_opened(
    convenor: Person, busy: Callable[[int], None], signed_in: Callable[[Person], Client]
) -> None:
    busy(4)
    assert re.search(r'cw-count">1<', signed_in(convenor).get("/").content.decode())


def test_the_header_asks_the_rooms_once_and_not_on_every_page(
    convenor: Person, busy: Callable[[int], None], signed_in: Callable[[Person], Client]
) -> None:
    busy(20)
    client = signed_in(convenor)
    with CaptureQueriesContext(connection) as first:
        client.get("/privacy/")
    asked = len(first)
    assert asked <= 25
    assert questions_of(client, "/privacy/") < asked - 5


def test_the_header_says_who_is_signed_in(resident: Person, signed_in: Callable[[Person], Client]) -> None:
    assert "Rhys Resident (invented)</li>" in signed_in(resident).get("/").content.decode()
    assert "You are signed in as" not in Client().get("/").content.decode()


@pytest.mark.parametrize("language", ["en-gb", "cy"])
def test_home_and_the_conversation_name_the_same_last_day(conversation: Conversation, language: str) -> None:
    """A conversation that ends at midnight is open until the day before."""
    closes = datetime(2027, 2, 2, tzinfo=timezone.get_default_timezone())
    until = dialogue.open_conversation(
        question="Q?", why="W", promise="P", by=conversation.opened_by, because=None, at=clock.now(), closes_at=closes
    )
    client = Client(headers={"accept-language": language})
    for page in ("/", until.get_absolute_url(), reverse("dialogue:conversations")):
        shown = client.get(page).content.decode()
        assert re.search(r"\b1 \w+ 2027", shown) and not re.search(r"\b2 \w+ 2027", shown), page
