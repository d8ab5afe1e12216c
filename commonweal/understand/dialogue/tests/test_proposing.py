"""What the machine proposes: nothing is gathered by it, and no words are kept in it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue import queries
from commonweal.understand.dialogue.models import Gathered, Proposals, Theme

from .conftest import AT, House, signed_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
DESK = "/understand/dialogue/desk/"
LAMPS = ("Mend the lamps by the canal", "Mend the lamp by the canal, please", "The lamps by the canal are dark")


def said(house: House) -> list[str]:
    return [str(house.say(words).pk) for words in (*LAMPS, "Fruit in the school kitchen")]


def test_what_is_alike_is_proposed_and_nothing_is_gathered(house: House) -> None:
    ids = said(house)
    assert dialogue.propose(at=AT) == 1
    (proposal,) = queries.proposals()
    assert {str(each) for each in proposal.members} == set(ids[:3])
    assert not Gathered.objects.exists()


def test_it_looks_again_only_when_something_new_was_said(house: House) -> None:
    said(house)
    assert [dialogue.propose(at=AT) for _ in range(2)] == [1, 0]
    house.say("Lamps by the canal")
    assert dialogue.propose(at=AT) == 1


def test_no_words_are_kept_in_a_proposal(house: House) -> None:
    said(house)
    dialogue.propose(at=AT)
    assert "canal" not in json.dumps(Proposals.objects.get().found)


def test_what_was_seen_to_since_is_proposed_no_more(house: House) -> None:
    said(house)
    dialogue.propose(at=AT)
    (proposal,) = queries.proposals()
    first = list(queries.members_of(proposal))
    dialogue.hold(contribution=first[0], by=house.cleo, reason="unkind", at=AT)
    assert len(queries.proposals()[0].members) == 2
    dialogue.gather(contributions=first[1:2], title="Light", by=house.cleo, at=AT)
    assert queries.proposals() == []


def test_the_desk_shows_a_proposal_ticked_and_a_person_gathers_it(house: House) -> None:
    said(house)
    dialogue.propose(at=AT)
    (proposal,) = queries.proposals()
    client = signed_in(house.cleo)
    assert "3 suggestions like this one" in client.get(DESK).content.decode()
    page = client.get(DESK, {"proposal": str(proposal.name)}).content.decode()
    assert page.count(" checked>") == 3
    assert "Fruit in the school" not in page
    assert not Theme.objects.exists()
    sent = {"contributions": [str(each) for each in proposal.members], "title": "Lamps", "working_days": "20"}
    sent |= {"sent_as": "0b8f3c1e-7f0e-4a77-9d3c-3a1f62f0c111", "stay": "yes"}
    page = client.post(f"{DESK}?proposal={proposal.name}", sent, follow=True).content.decode()
    assert "Put together: Lamps." in page
    assert Theme.objects.get().contributions.count() == 3


def test_a_proposal_that_is_gone_shows_the_whole_desk(house: House) -> None:
    said(house)
    page = signed_in(house.cleo).get(DESK, {"proposal": "not-there"}).content.decode()
    assert "Fruit in the school" in page


def test_the_desk_s_questions_do_not_grow_with_what_waits(house: House) -> None:
    client = signed_in(house.cleo)
    counts = []
    for number in range(2):
        for each in range(6):
            house.say(f"Mend lamp {number} {each} by the canal")
        dialogue.gather(contributions=[house.say("One more")], title=f"T{number}", by=house.cleo, at=AT)
        dialogue.propose(at=AT)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(DESK)
        counts.append(len(asked))
    assert counts[1] <= min(counts[0], 20)


def test_split_and_merge_by_their_pages(house: House) -> None:
    client = signed_in(house.cleo)
    lamps, bench = house.say("Lamps"), house.say("Bench")
    theme = dialogue.gather(contributions=[lamps, bench], title="All", by=house.cleo, at=AT)
    page = reverse("dialogue:split", args=[theme.pk])
    sent = {"contributions": [str(bench.pk)], "title": "Seats", "sent_as": "0b8f3c1e-7f0e-4a77-9d3c-3a1f62f0c112"}
    assert client.post(page, {**sent, "title": ""}).status_code == 422
    told = client.post(page, sent, follow=True).content.decode()
    assert "This theme was split." in told
    parts = list(queries.themes_without_answer())
    merge = {"themes": [str(each.pk) for each in parts], "merged_title": "Together"}
    merge["sent_as"] = "0b8f3c1e-7f0e-4a77-9d3c-3a1f62f0c113"
    assert (
        "Tick at least two" in client.post(f"{DESK}merge/", {**merge, "themes": merge["themes"][:1]}).content.decode()
    )
    assert "Merged." in client.post(f"{DESK}merge/", merge, follow=True).content.decode()
    assert [each.title for each in queries.themes_without_answer()] == ["Together"]
