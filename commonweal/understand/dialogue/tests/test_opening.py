"""Opening a conversation: a promise with a date, a briefing with sources, one like another, and none before a poll."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from commonweal.foundations.decisions import actions as decisions
from commonweal.foundations.organisations import actions as organisations
from commonweal.foundations.organisations.models import Organisation
from commonweal.methods.quantities import Money
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue import queries
from commonweal.understand.dialogue.models import Conversation, Point

from .conftest import AT, House, signed_in

DUE = date(2026, 6, 1)
#: Five weeks before the local elections of 7 May 2026.
NEAR_A_POLL = datetime(2026, 4, 20, 10, tzinfo=UTC)


@pytest.fixture
def council(house: House) -> Organisation:
    return organisations.found(name="Invented Council", kind="council", by=house.cleo, at=AT, is_invented=True)


def opened(house: House, **more: Any) -> Conversation:
    given: dict[str, Any] = {"question": "Who walks here?", "why": "We ask.", "promise": "We answer.", "because": None}
    return dialogue.open_conversation(**(given | {"by": house.cleo, "at": AT} | more))


def point(house: House, **more: Any) -> Point:
    given: dict[str, Any] = {
        "conversation": house.conversation,
        "kind": "for",
        "words": "Light helps.",
        "source": "TfL",
    }
    return dialogue.brief(**(given | {"by": house.cleo, "at": AT} | more))


def test_a_promise_has_somebody_and_a_day_or_neither(house: House, council: Organisation) -> None:
    for half in ({"promised_by": council}, {"promised_until": DUE}):
        with pytest.raises(dialogue.PromiseHasNoDate):
            opened(house, **half)
    kept = opened(house, promised_by=council, promised_until=DUE)
    assert kept.owed is not None and kept.owed.first_due_on == DUE


def test_a_promise_is_not_due_before_people_have_spoken(house: House, council: Organisation) -> None:
    with pytest.raises(dialogue.PromiseEndsTooSoon):
        opened(house, promised_by=council, promised_until=AT.date(), closes_at=AT + timedelta(days=9))


def test_everybody_sees_a_promise_that_is_late_put_off_and_kept(house: House, council: Organisation) -> None:
    kept = opened(house, promised_by=council, promised_until=DUE)
    assert kept.owed is not None
    page, late = kept.get_absolute_url(), DUE + timedelta(days=3)
    shown = Client().get(page).content
    assert b"Invented Council promised to say by 1 June 2026 what was done" in shown and b"Late" in shown
    assert is_late(kept, late) and not is_late(kept, DUE)
    decisions.extend(owed=kept.owed, until=date(2026, 7, 1), because_words="Snow.", by=house.cleo, at=AT)
    assert b"Snow." in Client().get(page).content and not is_late(kept, late)
    decisions.draft(owed=kept.owed, reason_code="adopted", words="Ten lamps stand.", by=house.cleo, at=AT)
    decisions.clear(owed=kept.owed, by=house.dan, at=AT)
    decisions.publish(owed=kept.owed, by=house.dan, at=AT)
    assert b"Ten lamps stand." in Client().get(page).content and not is_late(kept, late + timedelta(days=90))


def is_late(conversation: Conversation, on: date) -> bool:
    promise = queries.promise_of(queries.conversation_for(None, conversation.pk), on=on)
    assert promise is not None
    return promise.is_late


def test_near_a_poll_it_opens_only_with_a_reason_that_everybody_reads(house: House) -> None:
    with pytest.raises(dialogue.PollIsNear, match="7 May 2026"):
        opened(house, at=NEAR_A_POLL)
    kept = opened(house, at=NEAR_A_POLL, despite_hold="The bridge is closing.")
    assert b"The bridge is closing." in Client().get(kept.get_absolute_url()).content


def test_far_from_a_poll_no_reason_is_kept(house: House) -> None:
    assert opened(house, despite_hold="Just so.").despite_hold is None


def test_a_point_has_a_source_and_says_its_cost(house: House) -> None:
    point(house, cost=Money(12_000_00))
    shown = Client().get(house.conversation.get_absolute_url()).content.decode()
    assert "It would cost £12,000" in shown and "TfL" in shown
    with pytest.raises(dialogue.NotAKindOfPoint):
        point(house, kind="maybe")
    with transaction.atomic(), pytest.raises(DatabaseError):
        Point.objects.filter(words__text="Light helps.").update(source="")


def test_points_are_read_in_the_order_of_their_kinds(house: House) -> None:
    for kind in ("against", "for", "fixed"):
        point(house, kind=kind, words=f"It is {kind}.")
    assert [each.kind for each in queries.points_of(house.conversation)] == ["fixed", "for", "against"]


def test_what_is_taken_back_stays_struck_out_with_its_reason(house: House) -> None:
    wrong = point(house)
    dialogue.take_back(point=wrong, because_words="The figure was old.", by=house.dan, at=AT)
    with pytest.raises(dialogue.PointIsTakenBack):
        dialogue.take_back(point=wrong, because_words="Again.", by=house.dan, at=AT)
    shown = Client().get(house.conversation.get_absolute_url()).content.decode()
    assert "<s>" in shown and "The figure was old." in shown


def test_a_point_sent_twice_is_one(house: House) -> None:
    number = uuid4()
    assert point(house, sent_as=number) == point(house, sent_as=number)


def test_one_like_another_takes_over_its_briefing_and_seeds_and_nobody_s_votes(house: House) -> None:
    point(house, cost=Money(5_00))
    dialogue.take_back(point=point(house, words="Old."), because_words="Old.", by=house.cleo, at=AT)
    statement = dialogue.seed(conversation=house.conversation, statements=["Light it."], by=house.cleo, at=AT)[0]
    dialogue.cast(statement=statement, choice=1, by=dialogue.Taking(uuid4()), at=AT)
    kept = opened(house, like=house.conversation)
    assert [(each.words.text, each.cost) for each in queries.points_of(kept)] == [("Light helps.", Money(5_00))]
    assert [each.contribution.words.text for each in queries.on_the_vote(kept)] == ["Light it."]
    assert not queries.votes_of(kept).exists()
    assert kept.code != house.conversation.code


def test_a_convenor_opens_one_like_another_by_the_page(house: House, council: Organisation) -> None:
    dialogue.seed(conversation=house.conversation, statements=["Light it."], by=house.cleo, at=AT)
    convenor, page = signed_in(house.cleo), f"/understand/dialogue/open/?like={house.conversation.pk}"
    form = convenor.get(page).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {
        "question": "And now?",
        "promised_by": str(council.pk),
        "promised_until": "2027-06-01",
    }
    answer = convenor.post(page, sent)
    assert answer.status_code == 302, answer.context["form"].errors
    assert queries.on_the_vote(Conversation.objects.get(question="And now?")).count() == 1


def test_a_conversation_that_nobody_knows_is_no_pattern(house: House) -> None:
    convenor = signed_in(house.cleo)
    for unknown in ("x", uuid4()):
        assert convenor.get(f"/understand/dialogue/open/?like={unknown}").status_code == 404
