"""What may tell of harm: held, help shown at once, for few eyes, with a clock. Nobody else learns of it."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.audit.models import Entry
from commonweal.foundations.notices import composing
from commonweal.foundations.notices.models import Notice
from commonweal.foundations.people import actions as people
from commonweal.foundations.people import exporters
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Audience
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue import queries
from commonweal.understand.dialogue.actions import care, first_look
from commonweal.understand.dialogue.models import CareAct, Concern, Contribution, Participant, Statement, Vote

from .conftest import AT, House, sending, signed_in
from .test_moderation import public_pages

WORDS = "My husband hits me. Quokkaqx knows"
MARK = "Quokkaqx"
IN_A_CONVERSATION = ("conversation", "log", "suggest", "themes", "key_in")
LATE = AT + timedelta(hours=25)


@pytest.fixture
def roles(house: House) -> dict[str, Person]:
    """Somebody of each role, none of whom said it."""
    made = {}
    for kind in (
        "resident", "convenor", "practitioner", "commissioner", "partner", "councillor", "safeguarding", "steward",
        "auditor",
    ):  # fmt: skip
        person = people.join(name=f"{kind} Invented", email=f"{kind}@example.org", at=AT, is_invented=True)
        people.entrust(person=person, kind=kind, by=house.cleo, at=AT, from_on=date(2020, 1, 1))
        made[kind] = Person.objects.prefetch_related("roles").get(pk=person.pk)
    return made


@pytest.fixture
def held(house: House, roles: dict[str, Person]) -> Concern:
    return Concern.objects.get(contribution=house.say(WORDS))


def every_address(house: House, concern: Concern) -> list[str]:
    said = concern.contribution
    plain = (
        "conversations", "desk", "own", "moderation", "policy", "word_rules", "numbers", "care", "write_policy"
    )  # fmt: skip
    return [
        *(reverse(f"dialogue:{name}") for name in plain),
        *(reverse(f"dialogue:{name}", args=[house.conversation.pk]) for name in IN_A_CONVERSATION),
        said.get_absolute_url(),
        concern.get_absolute_url(),
        reverse("thread:step", args=[said.step.uuid]),
        reverse("thread:story", args=[said.step.uuid]),
        reverse("thread:story", args=[house.conversation.step.uuid]),
        reverse("audit:trail"),
        reverse("audit:words", args=[said.words.pk]),
        "/", "/my-day/", "/understand/",
    ]  # fmt: skip


# -- who may read it


def test_nobody_reads_it_but_its_author_and_the_safeguarding_role(
    house: House, held: Concern, roles: dict[str, Person]
) -> None:
    """A walk through every page as everybody. Its author sees it behind one press, and on no list."""
    readers: dict[str, set[str]] = {}
    for role, person in {**roles, "author": house.ada, "stranger": None}.items():
        client = signed_in(person) if person else Client()
        for address in every_address(house, held):
            response = client.get(address)
            assert response.status_code in {200, 302, 403, 404}, (role, address)
            if MARK in response.content.decode():
                readers.setdefault(role, set()).add(address)
    assert set(readers) == {"author", "safeguarding"}
    assert readers["author"] == {held.contribution.get_absolute_url()}
    assert readers["safeguarding"] == {held.get_absolute_url()}


def test_the_walk_would_find_what_is_shown(house: House, held: Concern, roles: dict[str, Person]) -> None:
    """The control: the same walk over words that nobody holds finds them for everybody."""
    Contribution.objects.filter(pk=held.contribution_id).update(held_at=None, held_because="")
    for person in (roles["councillor"], roles["steward"]):
        pages = [signed_in(person).get(address).content.decode() for address in every_address(house, held)]
        assert any(MARK in page for page in pages)


def test_it_shows_nowhere_public_and_leaves_no_gap(house: House, held: Concern) -> None:
    pages = public_pages(house, held.contribution)
    assert MARK not in pages
    assert "A step that is not public" not in pages
    assert "held for care" not in pages.lower()
    assert not queries.shown_contributions(house.conversation).exists()
    assert not queries.suggestions_made().exists()


def test_the_trail_says_that_it_was_held_and_opens_no_words(
    house: House, held: Concern, roles: dict[str, Person]
) -> None:
    client = signed_in(roles["steward"])
    trail = client.get(reverse("audit:trail")).content.decode()
    assert "dialogue.hold_for_care" in trail
    assert reverse("audit:words", args=[held.contribution.words.pk]) not in trail
    assert client.get(reverse("audit:words", args=[held.contribution.words.pk])).status_code == 404
    for entry in Entry.objects.filter(verb__contains="care"):
        assert MARK not in str(entry.facts) and entry.sealed_words == []


# -- the author


def test_help_is_shown_at_once_and_nothing_else_gives_it_away(house: House, roles: dict[str, Person]) -> None:
    client = signed_in(house.ada)
    response = client.post(reverse("dialogue:suggest", args=[house.conversation.pk]), sending(words=WORDS), follow=True)
    page = response.content.decode()
    assert response.redirect_chain == [(reverse("dialogue:numbers"), 302)]
    for number in ("999", "0808 800 5000", "116 123", "0800 1111", "0808 2000 247"):
        assert number in page
    assert MARK not in page and "data-leave" in page
    assert "no-store" in response["Cache-Control"]
    for address in (reverse("dialogue:own"), house.conversation.get_absolute_url(), "/my-day/"):
        listed = client.get(address).content.decode()
        assert MARK not in listed and "husband" not in listed and "harm" not in listed
    own = client.get(reverse("dialogue:own")).content.decode()
    assert "A suggestion of yours" in own and "We have kept it." in own


def test_the_author_gets_no_mail_about_it(house: House, held: Concern) -> None:
    assert not Notice.objects.filter(to=house.ada).exists()
    assert mail.outbox == []


def test_a_receipt_in_somebody_else_s_hand_opens_no_words(house: House, roles: dict[str, Person]) -> None:
    client = signed_in(house.cleo)
    kept = dialogue.key_in(
        conversation=house.conversation, words=WORDS, given_on=AT.date(), on_word_of="A card", by=house.cleo, at=AT
    )  # fmt: skip
    assert kept.contribution.is_in_care
    opened = Client().post(reverse("notices:receipt"), {"words": kept.code}, follow=True)
    assert opened.status_code == 200
    assert MARK not in opened.content.decode()
    assert client.get(kept.contribution.get_absolute_url()).status_code == 404


def test_what_its_author_keeps_private_never_goes_back(house: House, held: Concern, roles: dict[str, Person]) -> None:
    address = reverse("dialogue:keep_private", args=[held.contribution.pk])
    assert signed_in(house.ben).post(address).status_code == 404
    page = signed_in(house.ada).post(address, follow=True).content.decode()
    assert "It will never be shown to others, as you asked." in page
    ruth = roles["safeguarding"]
    dialogue.take_up_concern(concern=held, by=ruth, at=AT)
    with pytest.raises(dialogue.StaysPrivate):
        dialogue.find_no_concern(concern=held, goes_back=True, by=ruth, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        Concern.objects.filter(pk=held.pk).update(state="back")


def test_the_author_takes_their_words_along_and_erasing_them_removes_them(house: House, held: Concern) -> None:
    assert MARK in str(exporters.everything_of(house.ada))
    people.erase(person=house.ada, by=house.ada, at=AT)
    held.contribution.words.refresh_from_db()
    assert held.contribution.words.text == ""


def test_who_voted_on_it_takes_no_words_of_somebody_else_along(house: House, held: Concern) -> None:
    statement = Statement.objects.create(conversation=house.conversation, contribution=held.contribution, number=1)
    voter = Participant.objects.create(conversation=house.conversation, number=1, person=house.ben)
    Vote.objects.create(participant=voter, statement=statement, choice=1)
    taken = exporters.everything_of(house.ben)
    assert MARK not in str(taken) and "Agree" in str(taken)


def test_the_trail_opens_not_how_we_know_of_it_either(house: House, roles: dict[str, Person]) -> None:
    kept = dialogue.key_in(
        conversation=house.conversation, words=WORDS, given_on=AT.date(), on_word_of="Her sister", by=house.cleo, at=AT
    )  # fmt: skip
    source = kept.contribution.on_word_of
    assert source is not None
    address = reverse("audit:words", args=[source.pk])
    assert signed_in(roles["steward"]).get(address).status_code == 404
    Contribution.objects.update(held_at=None, held_because="")
    assert signed_in(roles["steward"]).get(address).status_code == 200


def test_a_proposal_to_remove_them_shows_no_words_either(house: House, roles: dict[str, Person]) -> None:
    said = house.say("He is not kind, Quokkaqx")
    proposal = audit.propose_redaction(words=said.words, by=roles["steward"], because="private", at=AT)
    client = signed_in(roles["auditor"])
    assert MARK in client.get(proposal.get_absolute_url()).content.decode()
    dialogue.hold(contribution=said, by=house.cleo, reason="care", at=AT)
    page = client.get(proposal.get_absolute_url()).content.decode()
    assert MARK not in page and "kept for few eyes" in page


# -- the clock


def test_the_clock_starts_with_the_words_or_neither_is_kept(
    house: House, roles: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: Any, **__: Any) -> None:
        raise RuntimeError("no clock")

    monkeypatch.setattr(care, "_tell", breaks)
    with pytest.raises(RuntimeError):
        house.say(WORDS)
    assert not Contribution.objects.exists() and not Concern.objects.exists()


def test_a_twin_that_starts_no_clock_would_be_noticed(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without `begin` the words are held and nobody would ever read them."""
    monkeypatch.setattr(first_look, "begin", lambda *_: None)
    said = house.say(WORDS)
    assert said.is_in_care and not Concern.objects.filter(contribution=said).exists()


def test_the_clock_runs_for_the_hours_of_the_place_and_is_not_set_back(held: Concern) -> None:
    assert held.due_at - held.opened_at == timedelta(hours=24)
    with pytest.raises(DatabaseError), transaction.atomic():
        Concern.objects.update(due_at=held.due_at + timedelta(days=9))
    with pytest.raises(DatabaseError), transaction.atomic():
        Concern.objects.all().delete()


def test_the_role_is_told_at_once_without_words(held: Concern, roles: dict[str, Person]) -> None:
    notice = Notice.objects.get()
    assert notice.to == roles["safeguarding"]
    assert notice.about.audience == Audience.PLAN
    letter = composing.mail_for(notice)
    assert MARK not in letter.body + letter.subject
    assert "care" not in letter.subject.lower() and "harm" not in letter.body.lower()


def test_where_nobody_holds_the_role_the_stewards_are_told(house: House) -> None:
    steward = people.join(name="S Invented", email="s@example.org", at=AT, is_invented=True)
    people.entrust(person=steward, kind="steward", by=house.cleo, at=AT, from_on=date(2020, 1, 1))
    house.say(WORDS)
    assert Notice.objects.get().to == steward


def test_when_it_is_late_the_role_and_the_stewards_are_told_once(held: Concern, roles: dict[str, Person]) -> None:
    assert dialogue.tell_of_late_ones(at=AT + timedelta(hours=23)) == 0
    assert [dialogue.tell_of_late_ones(at=LATE) for _ in range(2)] == [1, 0]
    told = Notice.objects.filter(about__kind="dialogue.late_concern")
    assert {each.to for each in told} == {roles["safeguarding"], roles["steward"]}
    assert all(MARK not in composing.mail_for(each).body for each in told)
    (late,) = queries.waiting_for(roles["steward"], LATE)
    assert late.due_on == held.due_at.date()
    assert queries.waiting_for(roles["steward"], AT) == []


def test_what_is_taken_up_in_time_is_never_late(held: Concern, roles: dict[str, Person]) -> None:
    dialogue.take_up_concern(concern=held, by=roles["safeguarding"], at=AT)
    assert dialogue.tell_of_late_ones(at=LATE) == 0


# -- the desk


def test_the_desk_lists_the_oldest_first_without_words(house: House, held: Concern, roles: dict[str, Person]) -> None:
    house.say("I want to die", at=AT + timedelta(hours=2))
    for role in ("safeguarding", "steward"):
        page = signed_in(roles[role]).get(reverse("dialogue:care")).content.decode()
        assert page.index("2 March 2026, 10:00") < page.index("2 March 2026, 12:00")
        assert MARK not in page and "Ada" not in page
        assert (held.get_absolute_url() in page) == (role == "safeguarding")


def test_each_act_is_in_the_trail_and_says_no_words(house: House, held: Concern, roles: dict[str, Person]) -> None:
    client, settle = signed_in(roles["safeguarding"]), reverse("dialogue:settle", args=[held.pk])
    assert MARK in client.get(held.get_absolute_url()).content.decode()
    assert client.post(settle, {}, follow=True).status_code == 200
    client.post(settle, {"refer": "yes", "to": "The children's team"})
    assert Concern.objects.get().state == "waiting"  # nobody passes on what nobody has taken up
    client.post(settle, {"take_up": "yes"})
    assert client.post(settle, {"refer": "yes", "to": " "}).status_code == 422
    client.post(settle, {"refer": "yes", "to": "The children's team"})
    assert [act.did for act in CareAct.objects.order_by("pk")] == ["read", "taken_up", "referred"]
    assert Concern.objects.get().state == "referred"
    assert "The children" in client.get(held.get_absolute_url()).content.decode()
    again = client.post(settle, {"back": "yes"}, follow=True).content.decode()
    assert "Somebody has settled this already." in again
    held.contribution.refresh_from_db()
    assert held.contribution.is_in_care


def test_no_concern_puts_it_back_where_everybody_reads(house: House, held: Concern, roles: dict[str, Person]) -> None:
    client, settle = signed_in(roles["safeguarding"]), reverse("dialogue:settle", args=[held.pk])
    client.post(settle, {"take_up": "yes"})
    client.post(settle, {"back": "yes"})
    assert MARK in Client().get(house.conversation.get_absolute_url()).content.decode()
    assert not Notice.objects.filter(to=house.ada).exists()
    assert not queries.log_of(house.conversation).exists()


def test_no_concern_may_keep_it_private_all_the_same(house: House, held: Concern, roles: dict[str, Person]) -> None:
    ruth = roles["safeguarding"]
    with pytest.raises(dialogue.NotTakenUp):
        dialogue.find_no_concern(concern=held, goes_back=False, by=ruth, at=AT)
    dialogue.take_up_concern(concern=held, by=ruth, at=AT)
    dialogue.find_no_concern(concern=held, goes_back=False, by=ruth, at=AT)
    assert Concern.objects.get().state == "kept"
    held.contribution.refresh_from_db()
    assert held.contribution.is_in_care


def test_what_goes_back_into_a_strict_conversation_waits_there(house: House, roles: dict[str, Person]) -> None:
    dialogue.change_moderation(conversation=house.conversation, moderated="before", by=house.cleo, at=AT)
    house.conversation.refresh_from_db()
    concern, ruth = Concern.objects.get(contribution=house.say(WORDS)), roles["safeguarding"]
    dialogue.take_up_concern(concern=concern, by=ruth, at=AT)
    dialogue.find_no_concern(concern=concern, goes_back=True, by=ruth, at=AT)
    assert Contribution.objects.get().held_because == "waiting"


# -- convenors


def test_a_convenor_knows_only_that_something_is_held(house: House, held: Concern) -> None:
    page = signed_in(house.cleo).get(reverse("dialogue:moderation")).content.decode()
    assert "1 more is held for care." in page and MARK not in page
    with pytest.raises(dialogue.NotForConvenors):
        dialogue.release(contribution=held.contribution, by=house.cleo, at=AT)
    with pytest.raises(dialogue.HeldAlready):
        dialogue.hold(contribution=held.contribution, by=house.cleo, reason="unkind", at=AT)


def test_a_convenor_passes_on_what_the_rules_missed(house: House, roles: dict[str, Person]) -> None:
    said = house.say("He is not kind to me when the door is shut, Quokkaqx")
    client = signed_in(house.cleo)
    client.post(reverse("dialogue:hold", args=[said.pk]), {"reason": "care"})
    concern = Concern.objects.get(contribution=said)
    assert concern.found_by == "convenor"
    assert client.get(said.get_absolute_url()).status_code == 404
    assert not Notice.objects.filter(to=house.ada).exists()
    assert not queries.log_of(house.conversation).exists()
    for who in (client, Client()):
        assert MARK not in who.get(reverse("thread:story", args=[house.conversation.step.uuid])).content.decode()


def test_a_convenor_cannot_release_what_they_said_themselves(house: House) -> None:
    said = house.say(WORDS, by=house.cleo)
    page = signed_in(house.cleo).get(said.get_absolute_url()).content.decode()
    assert "Show it again" not in page
    assert signed_in(house.cleo).post(reverse("dialogue:release", args=[said.pk])).status_code == 302
    said.refresh_from_db()
    assert said.is_in_care


def test_private_details_in_it_change_nothing(house: House) -> None:
    assert house.say("My husband hits me, ring 07700 900123").is_in_care


def test_a_form_sent_twice_starts_one_clock(house: House) -> None:
    number = uuid4()
    first, second = (house.say(WORDS, sent_as=number) for _ in range(2))
    assert first == second and Concern.objects.count() == 1
