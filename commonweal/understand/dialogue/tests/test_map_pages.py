"""The map page, where I stand, who is missing, and what is printed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from django.test import Client

from commonweal.foundations.places import actions as places
from commonweal.foundations.places.actions import Band
from commonweal.foundations.verbs import clock
from commonweal.foundations.verbs.refs import SYSTEM
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue import queries
from commonweal.understand.dialogue.models import Cast, Participant, Statement, Vote

from .conftest import AT, House, signed_in
from .test_maps import SOON, WORDS, camps
from .test_maps import statements as statements

YESTERDAY = AT.date() - timedelta(days=1)


@pytest.fixture
def page(house: House) -> str:
    return f"/understand/dialogue/{house.conversation.pk}/map/"


@pytest.fixture
def own_page(house: House) -> str:
    return f"/c/{house.conversation.code}/map/"


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def voter(house: House, choices: list[str]) -> Client:
    """A browser that voted so, on the first statements."""
    client, page = Client(), f"/c/{house.conversation.code}/"
    for number, choice in enumerate(choices):
        token = client.get(page).context["token"]
        client.post(f"{page}cast/", {"token": token, "statement": number, "choice": choice})
    return client


def test_before_the_first_vote_there_is_no_map_and_it_says_so(client: Client, house: House, page: str) -> None:
    assert "There is no map yet" in text(client.get(page))


def test_the_map_says_first_what_unites_then_what_divides(
    client: Client, house: House, statements: list[Statement], page: str
) -> None:
    camps(statements)
    dialogue.make_map(conversation=house.conversation, at=SOON)
    shown = text(client.get(page))
    assert shown.index("What unites all groups") < shown.index("What divides them") < shown.index("What group A says")
    assert WORDS[0] in shown
    assert "21 people have voted" in shown
    assert "Would it come out again?" in shown
    assert client.get(page).content.decode().count("cw-dots__cloud--") == 2


def test_fewer_than_seven_people_have_no_map_and_are_told_why(
    client: Client, house: House, statements: list[Statement], page: str
) -> None:
    camps(statements, (3, 3))
    dialogue.make_map(conversation=house.conversation, at=SOON)
    shown = client.get(page)
    assert "Fewer than 7 people have voted on 7 statements or more. So there is no map" in text(shown)
    assert "cw-dots" not in shown.content.decode()


def test_words_that_are_held_back_leave_the_map_at_once(
    client: Client, house: House, statements: list[Statement], page: str
) -> None:
    camps(statements)
    dialogue.make_map(conversation=house.conversation, at=SOON)
    dialogue.hold(contribution=statements[0].contribution, by=house.cleo, reason="unkind", at=SOON)
    assert WORDS[0] not in text(client.get(page))


def test_whoever_has_voted_sees_where_they_stand(house: House, statements: list[Statement], own_page: str) -> None:
    camps(statements)
    dialogue.make_map(conversation=house.conversation, at=SOON)
    like_a = voter(house, ["agree"] * 12)
    like_b = voter(house, ["agree"] * 4 + ["disagree"] * 8)
    assert "You stand nearest to Group A." in text(like_a.get(own_page))
    assert "Group A: on 12 of the 12 statements where both chose a side" in text(like_a.get(own_page))
    assert "You stand nearest to Group B." in text(like_b.get(own_page))
    between = voter(house, ["agree"] * 8 + ["disagree"] * 4)
    assert "You stand between Group A and Group B" in text(between.get(own_page))


def test_with_fewer_than_seven_votes_one_is_told_how_many_more(
    client: Client, house: House, statements: list[Statement], own_page: str
) -> None:
    camps(statements)
    dialogue.make_map(conversation=house.conversation, at=SOON)
    shown = text(voter(house, ["agree"] * 4).get(own_page))
    assert "Vote on 3 more, and we can tell you." in shown
    assert "You stand" not in shown
    assert "You have not voted here yet" in text(client.get(own_page))


def test_nobody_sees_another_s_place(house: House, statements: list[Statement], page: str, own_page: str) -> None:
    """The public page is the same for all; the own one asks the signed cookie, and nothing that can be typed."""
    camps(statements)
    dialogue.make_map(conversation=house.conversation, at=SOON)
    mine = voter(house, ["agree"] * 12)
    uuid = str(_participant_of(mine, house).uuid)
    assert "You stand" not in text(mine.get(page))
    for asked in (f"{own_page}?token={uuid}", f"{own_page}?participant={uuid}", f"{page}?token={uuid}"):
        assert "You stand" not in text(Client().get(asked))
    forged = Client()
    forged.cookies["taking-part"] = uuid
    assert "You stand" not in text(forged.get(own_page))
    assert mine.get(own_page)["Cache-Control"].count("no-store")


def _participant_of(client: Client, house: House) -> Participant:
    found = client.get(f"/c/{house.conversation.code}/").context["place"].participant
    assert isinstance(found, Participant)
    return found


def test_a_person_s_place_is_not_shown_to_somebody_signed_in_with_their_browser_s_number(
    house: House, statements: list[Statement], own_page: str
) -> None:
    camps(statements)
    dialogue.make_map(conversation=house.conversation, at=SOON)
    ada = signed_in(house.ada)
    token = ada.get(f"/c/{house.conversation.code}/").context["token"]
    for number in range(8):
        ada.post(f"/c/{house.conversation.code}/cast/", {"token": token, "statement": number, "choice": "agree"})
    assert "You stand" in text(ada.get(own_page))
    ben = signed_in(house.ben)
    ben.cookies["taking-part"] = ada.cookies["taking-part"].value
    assert "You stand" not in text(ben.get(own_page))


def plant(statements: list[Statement], people: int, *, scripted: int) -> None:
    """People of two minds and many paces; and accounts of one hand, from one network, quicker than anybody reads."""
    rng, conversation = np.random.default_rng(8), statements[0].conversation
    minds = np.ones((2, len(WORDS)), dtype=int)
    minds[1, 4:] = -1
    script = np.array([-1, -1, -1, -1, *[1, -1] * 4])
    everybody = [
        Participant(
            conversation=conversation,
            uuid=UUID(int=number + 1, version=4),
            number=number + 1,
            network="one-server" if number >= people else f"home-{number // 2}",
        )
        for number in range(people + scripted)
    ]
    made = Participant.objects.bulk_create(everybody)
    casts = []
    for number, each in enumerate(made):
        is_script = number >= people
        choices = (
            script if is_script else np.where(rng.random(len(WORDS)) < 0.12, -minds[number % 2], minds[number % 2])
        )
        waits = rng.uniform(0.1, 0.4, len(WORDS)) if is_script else rng.lognormal(1.8, 0.6, len(WORDS))
        begun = (
            AT - timedelta(hours=2) + timedelta(seconds=number)
            if is_script
            else AT - timedelta(hours=int(rng.integers(3, 400)))
        )
        for statement, choice, moment in zip(statements, choices.tolist(), np.cumsum(waits).tolist(), strict=True):
            casts.append((each, statement, choice, begun + timedelta(seconds=moment)))
    for model in (Cast, Vote):
        model.objects.bulk_create(  # type: ignore[attr-defined]
            [model(participant=who, statement=what, choice=choice, at=at) for who, what, choice, at in casts]
        )


def test_a_hundred_scripted_accounts_are_flagged_and_results_shown_with_and_without(
    client: Client, house: House, statements: list[Statement], page: str
) -> None:
    plant(statements, 200, scripted=100)
    kept = dialogue.make_map(conversation=house.conversation, at=SOON)
    assert (kept.flagged["people"], kept.flagged["of"]) == (100, 300)
    assert (kept.people, sum(group["size"] for group in kept.told_without["groups"])) == (300, 200)
    shown = text(client.get(page))
    assert "100 of 300 people who voted enough look as if a machine voted" in shown
    assert "With everybody" in shown
    assert "Without them" in shown
    # The script is against the first statements: with it nothing unites, without it four statements do.
    with_all, without = (re.findall(r"statement number \d+", part, re.I) for part in _unites(shown))
    assert not with_all
    assert len(without) >= 4


def _unites(shown: str) -> list[str]:
    both = shown[shown.index("With everybody") :]
    return [part.split("Divides")[0] for part in both.split(" Unites ")[1:3]]


def test_nobody_is_flagged_among_people_alone_and_a_convenor_sees_numbers_only(
    house: House, statements: list[Statement], page: str
) -> None:
    plant(statements, 120, scripted=0)
    kept = dialogue.make_map(conversation=house.conversation, at=SOON)
    assert (kept.flagged["people"], kept.told_without) == (0, None)
    shown = signed_in(house.cleo).get(page).content.decode()
    assert "found none that looks as if a machine voted" in shown
    assert "home-" not in shown


@pytest.fixture
def place(house: House) -> dict[str, Any]:
    places.set_up_place(name="Harbourton", by=SYSTEM, at=AT)
    hill, harbour = (
        places.add_area(name=name, gss_code=code, valid_from=YESTERDAY, by=SYSTEM, at=AT)
        for name, code in (("Hill", "E05000001"), ("Harbour", "E05000002"))
    )
    ages = [(0, 24, 300), (25, 34, 140), (35, 49, 220), (50, 64, 180), (65, 79, 110), (80, None, 50)]
    bands = [Band(first, last, persons) for first, last, persons in ages]
    places.record_population(bands=bands, year=2024, source="A count", by=SYSTEM, at=AT)
    wards = [Band(0, None, 500, area=hill), Band(0, None, 500, area=harbour)]
    places.record_population(bands=wards, year=2024, source="A count", by=SYSTEM, at=AT)
    return {"hill": hill, "harbour": harbour}


def told(house: House, band: str, count: int, area: Any = None, on: Any = YESTERDAY) -> None:
    first = Participant.objects.count() + 1
    Participant.objects.bulk_create(
        Participant(conversation=house.conversation, number=first + at, age_band=band, area=area, began_on=on)
        for at in range(count)
    )


def test_who_is_missing_is_told_beside_the_place(house: House, place: dict[str, Any]) -> None:
    told(house, "0-17", 6, place["hill"])
    told(house, "18-24", 5, place["hill"])
    told(house, "35-49", 60, place["hill"])
    told(house, "50-64", 30, place["harbour"])
    told(house, "65-79", 3)
    told(house, "", 21)
    missing = queries.who_is_missing(house.conversation, SOON)
    rows = {row.key: row for row in missing.by_age.rows}
    assert list(rows) == ["0-24", "25-34", "35-49", "50-64", "65-79", "80+"]
    # 10 + 0 + 60 + 30 + (3, hidden, taken for 4) + 0, rounded: about 105.
    assert (missing.people, missing.by_age.told, missing.by_age.silent) == (125, 105, 20)
    assert rows["0-24"].in_words == "People under 25 are 30 in 100 of the place and 10 in 100 of those who told us."
    assert rows["65-79"].of_told is None
    assert "Fewer than 8 of those who told us are among them" in rows["65-79"].in_words
    assert [row.key for row in missing.by_age.missing] == ["0-24", "25-34", "65-79"]
    assert [(row.name, row.of_place, row.of_told) for row in missing.by_area.rows] == [
        ("Harbour", 50, 30),
        ("Hill", 50, 70),
    ]
    assert [row.name for row in missing.by_area.missing] == ["Harbour"]


def test_a_hidden_number_changes_nothing_that_is_shown(house: House, place: dict[str, Any]) -> None:
    """Nobody finds out from the totals how many the hidden ones are."""
    told(house, "35-49", 40)
    told(house, "65-79", 1)
    told(house, "", 20)
    before = queries.who_is_missing(house.conversation, SOON).by_age
    Participant.objects.filter(pk__in=Participant.objects.filter(age_band="").values("pk")[:6]).update(age_band="65-79")
    assert queries.who_is_missing(house.conversation, SOON).by_age == before


def test_who_came_today_is_counted_tomorrow(house: House, place: dict[str, Any]) -> None:
    told(house, "35-49", 40)
    told(house, "50-64", 40, on=AT.date())
    assert queries.who_is_missing(house.conversation, SOON).people == 40
    assert queries.who_is_missing(house.conversation, SOON + timedelta(days=1)).people == 80


def test_too_few_who_told_cannot_be_known(client: Client, house: House, place: dict[str, Any], page: str) -> None:
    told(house, "35-49", 12)
    told(house, "", 50)
    assert "This cannot be known: too few people told us. About 52 told us nothing." in text(client.get(page))
    assert queries.who_is_missing(house.conversation, SOON).by_age.missing == []


def test_a_convenor_is_led_to_an_invitation_and_others_are_not(
    client: Client, house: House, place: dict[str, Any], page: str
) -> None:
    told(house, "35-49", 90)
    link = f"/understand/dialogue/{house.conversation.pk}/invite/?age=0-24"
    assert link in signed_in(house.cleo).get(page).content.decode()
    assert link not in client.get(page).content.decode()
    shown = signed_in(house.cleo).get(link)
    assert "People under 25: we want to hear from you." in text(shown)
    assert house.conversation.code in text(shown)


def test_an_invitation_speaks_to_an_age_in_an_area(house: House, place: dict[str, Any], monkeypatch: Any) -> None:
    page = f"/understand/dialogue/{house.conversation.pk}/invite/"
    cleo = signed_in(house.cleo)
    both = cleo.get(page, {"age": "65-79", "area": str(place["hill"].pk)})
    assert "People of 65 to 79 in Hill: we want to hear from you." in text(both)
    assert "we want to hear" not in text(cleo.get(page))
    for wrong in ({"age": "3-5"}, {"age": "<b>"}, {"area": "nowhere"}):
        answer = cleo.get(page, wrong)
        assert (answer.status_code, "we want to hear" in text(answer)) == (422, False)
    assert signed_in(house.ada).get(page).status_code == 403


def test_the_poster_has_the_question_the_address_and_a_code_to_scan(client: Client, house: House) -> None:
    shown = client.get(f"/understand/dialogue/{house.conversation.pk}/poster/")
    assert house.conversation.question in text(shown)
    assert f"/c/{house.conversation.code}" in text(shown)
    assert re.search(r'<svg [^>]*viewBox[^>]*class="commonweal-qr"', shown.content.decode())
    dialogue.close(conversation=house.conversation, by=house.cleo, at=AT)
    assert "Take its posters down" in text(client.get(f"/understand/dialogue/{house.conversation.pk}/poster/"))


def test_after_ten_votes_and_when_all_is_voted_the_ballot_leads_to_the_map(
    house: House, statements: list[Statement], own_page: str
) -> None:
    ballot = f"/c/{house.conversation.code}/"
    assert own_page not in voter(house, ["agree"] * 9).get(ballot).content.decode()
    assert own_page in voter(house, ["agree"] * 10).get(ballot).content.decode()


def test_the_map_asks_few_questions(
    house: House,
    statements: list[Statement],
    place: dict[str, Any],
    page: str,
    own_page: str,
    django_assert_max_num_queries: Any,
) -> None:
    plant(statements, 40, scripted=20)
    dialogue.make_map(conversation=house.conversation, at=SOON)
    client = voter(house, ["agree"] * 8)
    for address in (page, own_page):
        client.get(address)
        with django_assert_max_num_queries(12):
            client.get(address)


def test_a_last_map_says_that_it_stays(
    client: Client, house: House, statements: list[Statement], page: str, monkeypatch: Any
) -> None:
    camps(statements)
    dialogue.close(conversation=house.conversation, by=house.cleo, at=AT)
    dialogue.make_map(conversation=house.conversation, at=SOON)
    monkeypatch.setattr(clock, "now", lambda: SOON)
    assert "This is the last map" in text(client.get(page))
