"""Words that one person wrote down in the name of another."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.urls import reverse

from commonweal.foundations.audit.models import Entry
from commonweal.foundations.decisions import actions as decisions
from commonweal.foundations.decisions import queries
from commonweal.foundations.decisions.models import Decision, Dissent, OwnWord
from commonweal.foundations.notices.models import Notice
from commonweal.foundations.people import exporters

from .conftest import AT, Town
from .test_actions import decide_simply
from .test_views import as_


def named(town: Town, **also) -> Decision:
    return decide_simply(town, dissents=[(town.nia, "I was against it.")], **also)


def told(person) -> list[str]:
    return list(Notice.objects.filter(to=person).order_by("told_at").values_list("about__kind", flat=True))


def test_who_is_named_as_not_agreeing_is_told_and_finds_it_on_my_day(town: Town) -> None:
    decision = named(town)
    assert told(town.nia) == ["decisions.dissent"]
    [waiting] = queries.waiting_for(town.nia, AT)
    assert waiting.args == (decision.pk,) and "Shall we?" in str(waiting.what)


def test_a_body_that_is_named_is_told_through_those_who_act_for_it(town: Town) -> None:
    decide_simply(town, dissents=[(town.library, "Not enough seats.")])
    assert told(town.dev) == ["decisions.dissent"]
    assert queries.whose_to_say(town.dev, on=AT.date()).count() == 1


def test_who_writes_down_their_own_dissent_is_told_nothing(town: Town, client) -> None:
    decision = decide_simply(town, dissents=[(town.cara, "I was against it.")])
    assert told(town.cara) == [] and queries.waiting_for(town.cara, AT) == []
    assert "As written down by" not in client.get(decision.get_absolute_url()).content.decode()


def test_the_page_says_who_wrote_it_down(town: Town, client) -> None:
    shown = client.get(named(town).get_absolute_url()).content.decode()
    assert "As written down by Cara." in shown and "These are not my words" not in shown


@pytest.mark.parametrize(
    ("whose", "said"), [("theirs", "These are my words"), ("not_theirs", "These are not my words")]
)
def test_who_is_named_says_whose_words_they_are_and_it_stands_beside_them(
    town: Town, client, whose: str, said: str
) -> None:
    decision = named(town)
    page, dissent = reverse("decisions:say_whose", args=[decision.pk]), Dissent.objects.get()
    assert "wrote this down in your name" in as_(town.nia).get(decision.get_absolute_url()).content.decode()
    assert as_(town.nia).post(page, {"dissent": str(dissent.pk), "whose": whose}).status_code == 302
    shown = client.get(decision.get_absolute_url()).content.decode()
    assert f"<strong>{said}</strong>" in shown and "I was against it." in shown
    assert queries.waiting_for(town.nia, AT) == []
    assert told(town.cara) == (["decisions.own_word"] if whose == "not_theirs" else [])
    assert Entry.objects.get(verb="decisions.say_whose").facts == {"whose": whose}


def test_nobody_else_says_whose_words_they_are(town: Town) -> None:
    decision = named(town)
    dissent = Dissent.objects.get()
    sent = {"dissent": str(dissent.pk), "whose": "not_theirs"}
    as_(town.tom).post(reverse("decisions:say_whose", args=[decision.pk]), sent)
    assert not OwnWord.objects.exists()
    with pytest.raises(decisions.NotYourWords):
        decisions.say_whose(dissent=dissent, whose="not_theirs", by=town.cara, at=AT)


def test_it_is_said_once_and_for_good(town: Town) -> None:
    named(town)
    dissent = Dissent.objects.get()
    decisions.say_whose(dissent=dissent, whose="not_theirs", by=town.nia, at=AT)
    with pytest.raises(decisions.SaidWhoseAlready):
        decisions.say_whose(dissent=dissent, whose="theirs", by=town.nia, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        OwnWord.objects.update(whose="theirs")


def test_who_is_named_in_a_decision_that_is_not_public_can_read_it(town: Town, client) -> None:
    decision = named(town, is_public=False, exempt_because="Schedule 12A, paragraph 3")
    assert as_(town.nia).get(decision.get_absolute_url()).status_code == 200
    assert as_(town.tom).get(decision.get_absolute_url()).status_code == 404
    assert "wrote down" not in client.get(reverse("thread:step", args=[decision.step.uuid])).content.decode()


def test_the_news_leads_to_where_it_can_be_said(town: Town) -> None:
    decision = named(town)
    about = Notice.objects.get(to=town.nia).about
    shown = as_(town.nia).get(reverse("thread:step", args=[about.uuid])).content.decode()
    assert "Say whether these are your words" in shown and decision.get_absolute_url() in shown


def test_what_they_take_along_says_who_wrote_it_down(town: Town) -> None:
    named(town)
    [mine] = exporters.everything_of(town.nia)["decisions"]["did not agree with a decision"]
    assert mine["written down by"] == "Cara"
