"""Before or after; held back with a reason, shown again, flagged, many at once; the log without names and words."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from commonweal.foundations.audit.models import Entry
from commonweal.foundations.notices.models import Notice
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue import queries
from commonweal.understand.dialogue.models import Contribution, Flag, Moderation, Policy

from .conftest import AT, House, sending, signed_in

LATER = AT + timedelta(hours=1)
PHONE = "Ring my neighbour on 07700 900123 about the lamps"


def page_of(client: Client, name: str, record: Any = None, status: int = 200) -> str:
    response = client.get(reverse(f"dialogue:{name}", args=[record.pk] if record else []))
    assert response.status_code == status
    return response.content.decode()


@pytest.fixture
def strict(house: House) -> House:
    dialogue.change_moderation(conversation=house.conversation, moderated="before", by=house.cleo, at=AT)
    house.conversation.refresh_from_db()
    return house


def public_pages(house: House, said: Contribution) -> str:
    """Every page, feed and file of the house on which a stranger could come upon it."""
    stranger = Client()
    addresses = [
        reverse("dialogue:conversations"),
        house.conversation.get_absolute_url(),
        reverse("dialogue:log", args=[house.conversation.pk]),
        reverse("thread:step", args=[house.conversation.step.uuid]),
        reverse("thread:story", args=[house.conversation.step.uuid]),
        reverse("front:home"),
        reverse("front:understand"),
        reverse("front:conversations"),
        reverse("front:story", args=[house.conversation.step.uuid]),
    ]
    told = ""
    for address in addresses:
        response = stranger.get(address)
        assert response.status_code == 200, address
        told += response.content.decode()
    assert stranger.get(said.get_absolute_url()).status_code == 404
    return told


# -- before or after


def test_a_conversation_says_when_it_looks_at_suggestions(house: House) -> None:
    assert "Others see a suggestion at once." in page_of(Client(), "conversation", house.conversation)
    sent = {"moderated": "before"}
    response = signed_in(house.cleo).post(
        reverse("dialogue:change_moderation", args=[house.conversation.pk]), sent, follow=True
    )
    assert "We look at each suggestion before others see it." in response.content.decode()
    assert "We look at each suggestion before others see it." in page_of(Client(), "conversation", house.conversation)
    story = Client().get(reverse("thread:story", args=[house.conversation.step.uuid])).content.decode()
    assert "The conversation changed how it shows suggestions" in story


def test_a_choice_that_there_is_not_is_refused_on_a_page_of_its_own(house: House) -> None:
    address = reverse("dialogue:change_moderation", args=[house.conversation.pk])
    response = signed_in(house.cleo).post(address, {"moderated": "never"})
    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()
    house.conversation.refresh_from_db()
    assert house.conversation.moderated == "after"


def test_a_strict_conversation_shows_nothing_before_somebody_looked(strict: House) -> None:
    said = strict.say("Lamps by the weir")
    assert said.held_because == "waiting"
    assert "Lamps by the weir" not in public_pages(strict, said)
    assert "Lamps by the weir" in page_of(signed_in(strict.ada), "contribution", said)
    assert "Lamps by the weir" in page_of(signed_in(strict.cleo), "moderation")
    dialogue.moderate(contributions=[said], by=strict.cleo, at=LATER)
    assert "Lamps by the weir" in page_of(Client(), "conversation", strict.conversation)
    said.refresh_from_db()
    assert said.step.kind == "dialogue.approval"
    assert Notice.objects.get(to=strict.ada).about == said.step


def test_a_conversation_that_looks_afterwards_shows_at_once(house: House) -> None:
    """The control: without the choice, nothing waits."""
    assert not house.say("Lamps by the weir").is_held
    assert "Lamps by the weir" in page_of(Client(), "conversation", house.conversation)


def test_what_a_convenor_keyed_in_was_looked_at_already(strict: House) -> None:
    kept = dialogue.key_in(
        conversation=strict.conversation,
        words="Benches",
        given_on=AT.date(),
        on_word_of="A letter",
        by=strict.cleo,
        at=AT,
    )
    assert not kept.contribution.is_held


def test_a_convenor_opens_a_conversation_that_looks_before(house: House) -> None:
    sent = {"question": "Q?", "why": "W", "promise": "P", "moderated": "before", "sent_as": str(uuid4())}
    response = signed_in(house.cleo).post(reverse("dialogue:open"), sent, follow=True)
    assert "We look at each suggestion before others see it." in response.content.decode()


# -- private details


def test_private_details_are_held_back_and_the_author_is_told_which(house: House) -> None:
    client = signed_in(house.ada)
    response = client.post(reverse("dialogue:suggest", args=[house.conversation.pk]), sending(words=PHONE), follow=True)
    told, said = response.content.decode(), Contribution.objects.get()
    assert "a telephone number: <strong>07700 900123</strong>" in told
    assert "Say it again in other words" in told and reverse("dialogue:policy") in told
    assert "07700" not in public_pages(house, said)
    assert "07700 900123" in page_of(signed_in(house.cleo), "moderation")


def test_one_click_gives_the_words_back_and_the_old_ones_wait_for_nobody(house: House) -> None:
    said = house.say(PHONE)
    client = signed_in(house.ada)
    address = f"{reverse('dialogue:suggest', args=[house.conversation.pk])}?again={said.pk}"
    form = client.get(address).content.decode()
    assert PHONE in form and f"again={said.pk}" in form
    assert client.post(address, sending(words="Ask my neighbour about the lamps")).status_code == 302
    said.refresh_from_db()
    assert said.held_because == "again"
    assert not queries.to_look_at().exists()
    assert "Ask my neighbour about the lamps" in page_of(Client(), "conversation", house.conversation)


def test_nobody_gets_the_words_of_somebody_else_back(house: House) -> None:
    said = house.say(PHONE)
    address = f"{reverse('dialogue:suggest', args=[house.conversation.pk])}?again={said.pk}"
    assert "07700" not in signed_in(house.ben).get(address).content.decode()
    assert signed_in(house.ben).get(address.replace(str(said.pk), "x")).status_code == 200


def test_a_convenor_releases_a_false_alarm(house: House) -> None:
    said = dialogue.release(contribution=house.say(PHONE), by=house.cleo, at=LATER)
    assert PHONE in page_of(Client(), "conversation", house.conversation)
    assert [line.what for line in queries.lines_of_log(queries.log_of(house.conversation))] == [
        "Held back",
        "Looked at and shown",
    ]
    with pytest.raises(dialogue.NotHeld):
        dialogue.release(contribution=said, by=house.cleo, at=LATER)


# -- the desk


def test_many_are_shown_or_held_at_once_with_one_form(strict: House) -> None:
    first, second, third = (strict.say(f"Number {number}") for number in range(3))
    client, desk = signed_in(strict.cleo), reverse("dialogue:moderation")
    sent = {"contributions": [first.pk, second.pk], "outcome": "show", "sent_as": str(uuid4())}
    assert "Everybody can see all 2 now." in client.post(desk, sent, follow=True).content.decode()
    sent = {"contributions": [third.pk], "outcome": "advert", "sent_as": str(uuid4())}
    assert "1 is held back." in client.post(desk, sent, follow=True).content.decode()
    assert "Nothing waits to be looked at." in page_of(client, "moderation")
    third.refresh_from_db()
    assert third.held_because == "advert"
    told = page_of(signed_in(strict.ada), "contribution", third)
    assert "It advertises something" in told and reverse("dialogue:policy") in told


def test_the_desk_says_what_is_missing(strict: House) -> None:
    strict.say()
    response = signed_in(strict.cleo).post(reverse("dialogue:moderation"), {"sent_as": str(uuid4())})
    told = response.content.decode()
    assert response.status_code == 422
    assert "Tick at least one suggestion first." in told and "Choose whether they are shown, or why not." in told


def test_a_form_sent_twice_moderates_once_and_another_is_refused(strict: House) -> None:
    said, other, number = strict.say("One"), strict.say("Two"), uuid4()
    acts = [
        dialogue.moderate(contributions=[said], by=strict.cleo, at=LATER, sent_as=number, reason="unkind")
        for _ in range(2)
    ]
    assert acts == [1, 1] and Moderation.objects.count() == 1
    with pytest.raises(dialogue.SentBefore):
        dialogue.moderate(contributions=[other], by=strict.cleo, at=LATER, sent_as=number, reason="unkind")
    with pytest.raises(dialogue.SeenToAlready):
        dialogue.moderate(contributions=[said], by=strict.dan, at=LATER, sent_as=uuid4())
    with pytest.raises(dialogue.NothingToModerate):
        dialogue.moderate(contributions=[], by=strict.dan, at=LATER)


def test_all_of_them_are_moderated_or_none(strict: House) -> None:
    seen, waiting = strict.say("One"), strict.say("Two")
    dialogue.release(contribution=seen, by=strict.cleo, at=LATER)
    with pytest.raises(dialogue.SeenToAlready):
        dialogue.moderate(contributions=[seen, waiting], by=strict.cleo, at=LATER, reason="unkind")
    waiting.refresh_from_db()
    assert waiting.held_because == "waiting"


def test_the_desk_asks_few_questions_however_much_waits(strict: House, django_assert_max_num_queries: Any) -> None:
    client = signed_in(strict.cleo)
    for number in range(30):
        dialogue.flag(contribution=strict.say(f"Number {number}"), because="unkind", by=strict.ben, at=AT)
    page_of(client, "moderation")
    with django_assert_max_num_queries(20):
        assert page_of(client, "moderation").count("tick-") >= 60


def test_my_day_reminds_of_what_waits_longer_than_a_working_day(strict: House) -> None:
    said = strict.say()  # on Monday 2 March
    (waiting,) = queries.waiting_for(strict.cleo, AT)
    assert (waiting.what, waiting.due_on) == ("1 suggestion to look at", AT.date() + timedelta(days=1))
    assert queries.waiting_for(strict.ada, AT) == []
    dialogue.release(contribution=said, by=strict.cleo, at=AT)
    assert "to put into a theme" in str(queries.waiting_for(strict.cleo, AT)[0].what)


# -- flags


def test_a_flag_hides_nothing_and_brings_it_to_the_desk(house: House) -> None:
    said = house.say("You are all fools")
    client = signed_in(house.ben)
    assert "Tell us that something is wrong with this" in page_of(client, "contribution", said)
    client.post(reverse("dialogue:flag", args=[said.pk]), {"because": "unkind"})
    assert "You are all fools" in page_of(Client(), "conversation", house.conversation)
    desk = page_of(signed_in(house.cleo), "moderation")
    assert "Flagged: It insults or threatens somebody (1)" in desk and "Ben" not in desk
    again = client.post(reverse("dialogue:flag", args=[said.pk]), {"because": "advert"}, follow=True)
    assert "You told us of this before." in again.content.decode()
    dialogue.moderate(contributions=[said], by=house.cleo, at=LATER)
    assert not queries.to_look_at().exists() and Flag.objects.get().looked_at == LATER
    assert client.post(reverse("dialogue:flag", args=[said.pk]), {}).status_code == 422


# -- the log and the policy


def test_the_public_log_tells_day_reason_and_number_and_nothing_else(house: House) -> None:
    for words, reason in (("Bluebell one", "unkind"), ("Bluebell two", "unkind"), ("Bluebell three", "advert")):
        dialogue.hold(contribution=house.say(words, shows_name=True), by=house.cleo, reason=reason, at=LATER)
    page = page_of(Client(), "log", house.conversation)
    assert [(line.reason, line.count) for line in queries.lines_of_log(queries.log_of(house.conversation))] == [
        ("It advertises something", 1),
        ("It insults or threatens somebody", 2),
    ]
    assert "2 March 2026" in page
    for secret in ("Bluebell", "Ada", "Cleo", *(str(each.pk) for each in Contribution.objects.all())):
        assert secret not in page


def test_the_log_says_when_nothing_was_held(house: House) -> None:
    assert "Nothing has been held back in this conversation." in page_of(Client(), "log", house.conversation)


def test_acts_of_moderation_are_never_changed(house: House) -> None:
    dialogue.hold(contribution=house.say(), by=house.cleo, reason="unkind", at=AT)
    for change in (
        lambda: Moderation.objects.update(reason="advert"),
        lambda: Moderation.objects.get().moderated.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_policy_is_the_place_s_own_and_the_old_one_stays(house: House) -> None:
    assert "Nothing is deleted because somebody does not agree with it." in page_of(Client(), "policy")
    client = signed_in(house.cleo)
    number = str(uuid4())
    for _ in range(2):
        client.post(reverse("dialogue:write_policy"), {"words": "We are kind here.", "sent_as": number})
    dialogue.write_policy(words="We are kinder now.", language="en-gb", by=house.dan, at=LATER)
    page = page_of(Client(), "policy")
    assert Policy.objects.count() == 2
    assert "We are kinder now." in page or "We are kind here." in page
    assert signed_in(house.ada).get(reverse("dialogue:write_policy")).status_code == 403
    assert Entry.objects.filter(verb="dialogue.write_policy").count() == 2
