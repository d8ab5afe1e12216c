"""What needs no answer is set aside: for a reason, in the open, and not for good."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from commonweal.foundations.audit.models import Entry
from commonweal.foundations.notices.models import Notice
from commonweal.foundations.people import exporters
from commonweal.foundations.thread import queries as thread
from commonweal.foundations.thread import telling
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue import queries
from commonweal.understand.dialogue.models import Contribution, SetAside, SettingAside, TakingUp, Theme

from .conftest import AT, House, signed_in

LATER = AT + timedelta(days=3)


def aside(house: House, *said: Contribution, **more: Any) -> SettingAside:
    given: dict[str, Any] = {"reason": "asks_nothing", "by": house.cleo, "at": LATER} | more
    return dialogue.set_aside(contributions=said, **given)


def test_set_aside_takes_many_from_the_desk_with_one_reason(house: House) -> None:
    thanks, hello, lamps = house.say("Thank you"), house.say("Hello", by=house.ben), house.say("Lamps")
    act = aside(house, thanks, hello, words="How kind.")
    assert list(queries.ungathered()) == [lamps]
    assert set(act.step.causes.all()) == {thanks.step, hello.step}
    (line,) = telling.lines([act.step])
    assert line.title == (
        "Read and set aside, because no answer is needed (2): It asks for nothing that we could answer"
    )
    assert line.quote == "How kind."
    entry = Entry.objects.get(verb="dialogue.set_aside")
    assert act.words is not None
    assert entry.sealed_words == [bytes(act.words.digest).hex()]
    assert entry.facts == {"suggestions": 2, "reason": "asks_nothing"}


def test_set_aside_tells_each_person_beside_their_own_words(house: House) -> None:
    said = house.say("Thank you"), house.say("Hello", by=house.ben)
    act = aside(house, *said)
    told = {notice.to: (notice.about, notice.line) for notice in Notice.objects.all()}
    assert told == {house.ada: (act.step, said[0].step), house.ben: (act.step, said[1].step)}


def test_set_aside_keeps_what_everybody_can_read(house: House) -> None:
    said = house.say("Thank you")
    aside(house, said)
    assert queries.shown_contributions(house.conversation).get() == said
    assert [step.kind for step in thread.fruits(said.step)] == ["dialogue.aside"]


def test_set_aside_refuses_all_where_one_does_not_wait(house: House) -> None:
    gathered, held, gone, free = (house.say(words) for words in ("One", "Two", "Three", "Four"))
    dialogue.gather(contributions=[gathered], title="Light", by=house.cleo, at=LATER)
    dialogue.hold(contribution=held, by=house.cleo, reason="unkind", at=LATER)
    aside(house, gone)
    for other in (gathered, held, gone):
        with pytest.raises(dialogue.DoesNotWait):
            aside(house, free, other)
    assert queries.ungathered().get() == free
    with pytest.raises(dialogue.NothingToSetAside):
        aside(house)


def test_set_aside_counts_a_form_sent_twice_once(house: House) -> None:
    said, token = house.say(), uuid4()
    assert aside(house, said, sent_as=token) == aside(house, said, sent_as=token)
    assert SettingAside.objects.count() == Notice.objects.count() == 1
    with pytest.raises(dialogue.SentBefore):
        aside(house, said, sent_as=token, reason="unclear")


def test_set_aside_refuses_the_same_form_with_other_ticks(house: House) -> None:
    one, two, token = house.say("One"), house.say("Two"), uuid4()
    aside(house, one, sent_as=token)
    for ticked in ((two,), (one, two)):
        with pytest.raises(dialogue.SentBefore):
            aside(house, *ticked, sent_as=token)
    assert queries.ungathered().get() == two


def test_gather_refuses_all_where_one_is_set_aside_or_held_back(house: House) -> None:
    aside_, held, free = (house.say(words) for words in ("One", "Two", "Three"))
    theme = dialogue.gather(contributions=[house.say("Four")], title="Benches", by=house.cleo, at=LATER)
    aside(house, aside_)
    dialogue.hold(contribution=held, by=house.cleo, reason="unkind", at=LATER)
    for other in (aside_, held):
        with pytest.raises(dialogue.DoesNotWait):
            dialogue.gather(contributions=[free, other], title="Light", by=house.cleo, at=LATER)
        with pytest.raises(dialogue.DoesNotWait):
            dialogue.gather_more(theme=theme, contributions=[free, other], by=house.cleo, at=LATER)
    assert queries.ungathered().get() == free
    assert Theme.objects.get() == theme


def test_gather_refuses_the_same_form_with_other_ticks(house: House) -> None:
    one, two, three, four = (house.say(words) for words in ("One", "Two", "Three", "Four"))
    sent: dict[str, Any] = {"title": "Light", "by": house.cleo, "at": LATER, "sent_as": uuid4()}
    theme = dialogue.gather(contributions=[one], **sent)
    assert dialogue.gather(contributions=[one], **sent) == theme
    with pytest.raises(dialogue.SentBefore):
        dialogue.gather(contributions=[two], **sent)
    more: dict[str, Any] = {"theme": theme, "by": house.cleo, "at": LATER, "sent_as": uuid4()}
    added = dialogue.gather_more(contributions=[one, two], **more)
    assert dialogue.gather_more(contributions=[one, two], **more) == added
    other = dialogue.gather(contributions=[three], title="Benches", by=house.cleo, at=LATER)
    for twisted in ({"contributions": [four]}, {"contributions": [two], "by": house.dan},
                    {"contributions": [four], "theme": other}):  # fmt: skip
        with pytest.raises(dialogue.SentBefore):
            dialogue.gather_more(**more | twisted)
    assert queries.ungathered().get() == four


def test_take_up_lets_it_wait_again_and_keeps_both_in_the_record(house: House) -> None:
    said = house.say()
    act = aside(house, said)
    dialogue.take_up(contribution=said, by=house.dan, at=LATER)
    assert queries.ungathered().get() == said
    taken_up = TakingUp.objects.get(set_aside__act=act, set_aside__contribution=said)
    assert (taken_up.by, list(taken_up.step.causes.all())) == (house.dan, [act.step])
    assert [notice.about for notice in Notice.objects.order_by("pk")].count(taken_up.step) == 1
    with pytest.raises(dialogue.NotSetAside):
        dialogue.take_up(contribution=said, by=house.dan, at=LATER)
    aside(house, said, reason="unclear")
    assert SetAside.objects.filter(contribution=said).count() == 2


def test_people_take_with_them_what_they_added_and_why_theirs_was_set_aside(house: House) -> None:
    aside(house, house.say("Thank you"), house.say("Hello", by=house.ben), words="How kind.")
    convenor, author = (exporters.everything_of(each)["dialogue"] for each in (house.cleo, house.ada))
    (act,) = convenor["suggestions you set aside"]
    assert (act["words"], act["at"], act["suggestions"]) == ("How kind.", LATER, 2)
    assert act["reason"] == "It asks for nothing that we could answer"
    assert author["suggestions you set aside"] == []
    assert author["suggestions"][0]["set aside because"] == "It asks for nothing that we could answer"


def test_take_up_refuses_what_is_held_back(house: House) -> None:
    said = house.say()
    aside(house, said)
    dialogue.hold(contribution=said, by=house.cleo, reason="unkind", at=LATER)
    with pytest.raises(dialogue.IsHeldBack):
        dialogue.take_up(contribution=said, by=house.dan, at=LATER)
    page = page_of(signed_in(house.ada), said.get_absolute_url())
    assert "I want an answer" not in page and "While it is held back, nobody can answer it." in page
    dialogue.release(contribution=said, by=house.cleo, at=LATER)
    assert dialogue.take_up(contribution=said, by=house.dan, at=LATER).aside is None


def test_the_record_of_what_was_set_aside_never_changes(house: House) -> None:
    said = house.say()
    act = aside(house, said)
    dialogue.take_up(contribution=said, by=house.cleo, at=LATER)
    for rows, change in (
        (SettingAside.objects.filter(pk=act.pk), {"reason": "unclear"}),
        (SetAside.objects.all(), {"contribution": house.say("Else")}),
        (TakingUp.objects.all(), {"by": house.dan}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


# -- pages


def page_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def ticked(*said: Contribution, **more: Any) -> dict[str, Any]:
    return {
        "contributions": [each.pk for each in said], "aside": "yes", "reason": "asks_nothing", "words": "",
        "sent_as": str(uuid4()),
    } | more  # fmt: skip


DESK = "dialogue:desk"


def test_desk_sets_aside_what_is_ticked_and_stays_where_it_was(house: House) -> None:
    one, two, three = (house.say(words) for words in ("One", "Two", "Three"))
    client, sent = signed_in(house.cleo), ticked(one, two, words="Diolch")
    address = f"{reverse(DESK)}?conversation={house.conversation.pk}"
    response = client.post(address, sent)
    assert response["Location"] == address
    page = page_of(client, address)
    assert "2 are set aside." in page
    assert "Three" in page and "Two" not in page
    assert client.post(address, sent)["Location"] == address
    assert SettingAside.objects.count() == 1
    assert not Theme.objects.exists()
    assert queries.ungathered().get() == three


def test_desk_never_says_that_other_ticks_of_a_form_sent_before_were_set_aside(house: House) -> None:
    one, two = house.say("One"), house.say("Two")
    client, sent = signed_in(house.cleo), ticked(one)
    client.post(reverse(DESK), sent)
    for others in ([two.pk], [one.pk, two.pk]):
        response = client.post(reverse(DESK), sent | {"contributions": others})
        assert response.status_code == 422
        assert "There is a problem" in response.content.decode()
    named = {"sent_as": str(uuid4()), "title": "Light", "working_days": "20"}
    three = house.say("Three")
    assert client.post(reverse(DESK), named | {"contributions": [three.pk]}).status_code == 302
    assert client.post(reverse(DESK), named | {"contributions": [three.pk]}).status_code == 302
    assert client.post(reverse(DESK), named | {"contributions": [three.pk, two.pk]}).status_code == 422
    assert queries.ungathered().get() == two


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"contributions": []}, "Tick at least one suggestion first."),
        ({"reason": ""}, "Choose why it needs no answer."),
        ({"words": "x" * 501}, "That is 1 letter too long."),
        ({"contributions": [str(uuid4())]}, "Somebody else has seen to one of these."),
    ],
)
def test_desk_says_what_is_wrong_with_setting_aside(house: House, sent: dict[str, Any], told: str) -> None:
    said = house.say()
    response = signed_in(house.cleo).post(reverse(DESK), ticked(said) | sent)
    assert response.status_code == 422
    page = response.content.decode()
    assert told in page and "There is a problem" in page
    assert not SettingAside.objects.exists()


def test_the_author_and_everybody_read_that_it_is_set_aside_and_why(house: House) -> None:
    said = house.say("Thank you")
    aside(house, said, words="How kind.")
    own = page_of(signed_in(house.ada), said.get_absolute_url())
    assert "Thank you for saying this. We read it on 5 March 2026." in own
    assert "It asks for nothing that we could answer" in own and "How kind." in own
    assert "I want an answer" in own
    assert "Nobody has read it for an answer yet" not in own
    public = page_of(Client(), said.get_absolute_url())
    assert "It was read on 5 March 2026." in public and "How kind." in public
    assert "I want an answer" not in public and "Take it up again" not in public
    assert "needs no answer" in page_of(Client(), house.conversation.get_absolute_url())


def test_the_author_or_a_convenor_takes_it_up_again_and_nobody_else(house: House) -> None:
    said = house.say("Thank you")
    address = reverse("dialogue:take_up", args=[said.pk])
    for person in (house.ada, house.dan):
        aside(house, said)
        assert signed_in(house.ben).post(address).status_code == 403
        assert signed_in(person).post(address)["Location"] == said.get_absolute_url()
        assert queries.ungathered().get() == said
    assert "not set aside" in str(signed_in(house.ada).post(address, follow=True).content)


def test_a_receipt_s_line_says_how_to_ask_for_an_answer(house: House) -> None:
    kept = dialogue.key_in(
        conversation=house.conversation, words="Thanks", given_on=AT.date(), on_word_of="Card", by=house.cleo, at=AT
    )
    aside(house, kept.contribution)
    response = Client().post(reverse("notices:receipt"), {"words": kept.code}, follow=True)
    page = response.content.decode()
    assert "Thank you for saying this." in page
    assert "Tell anybody at one of our desks" in page
