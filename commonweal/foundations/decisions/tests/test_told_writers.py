"""An officer who wrote an answer with a link hears once what became of it; everybody reads which body answered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from commonweal.foundations.decisions import actions as decisions
from commonweal.foundations.decisions import queries
from commonweal.foundations.decisions.models import Answer, Assignment, Owed
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.notices import delivery
from commonweal.foundations.notices.models import Link, Notice
from commonweal.foundations.organisations import actions as organisations
from commonweal.foundations.organisations.models import Organisation, Service
from commonweal.foundations.people import actions as people
from commonweal.foundations.verbs.refs import SYSTEM

from .conftest import AT, Town
from .test_actions import owe

PUBLISHED = "The answer that you wrote is published"
NOT_USED = "Another one was published in its place"


def asked(town: Town, owed: Owed, email: str = "pat@council.example") -> Link:
    return decisions.assign(owed=owed, name="Pat Porter", email=email, by=town.cara, at=AT).link


def written(owed: Owed, by: object, words: str = "Yes, in May.") -> None:
    decisions.draft(owed=owed, reason_code="adopted", words=words, by=by, at=AT)  # type: ignore[arg-type]


def published(town: Town, owed: Owed) -> Answer:
    decisions.clear(owed=owed, by=town.cara, at=AT)
    return decisions.publish(owed=owed, by=town.cara, at=AT)


def mails(saying: str = "") -> list[str]:
    """All that went out by links, once each."""
    mail.outbox.clear()
    for notice in Notice.objects.exclude(link=None):
        delivery.send(str(notice.pk), at=AT)
    return [f"{each.subject}: {each.body}" for each in mail.outbox if saying in each.body]


def test_whoever_wrote_it_with_a_link_hears_once_that_it_is_published_and_where(town: Town) -> None:
    owed = owe(town)
    written(owed, asked(town, owed))
    mails()
    answer = published(town, owed)
    (told,) = mails()
    assert PUBLISHED in told
    assert "what you wrote is published" in told
    assert answer.get_absolute_url() in told
    assert "Yes, in May." not in told
    assert mails() == []
    notices.tell_holder(Link.objects.get(), about=answer.step, at=AT)
    assert mails() == []


def test_where_the_answer_is_not_public_the_mail_names_no_page(town: Town) -> None:
    owed = owe(town, is_public=False)
    written(owed, asked(town, owed))
    mails()
    answer = published(town, owed)
    (told,) = mails()
    assert "Those whom it answers can read it." in told
    assert answer.get_absolute_url() not in told


def test_an_answer_that_came_back_and_was_written_again_is_told_of_once(town: Town) -> None:
    owed = owe(town)
    written(owed, asked(town, owed))
    decisions.send_back(owed=owed, words="Which month?", by=town.cara, at=AT)
    again = queries.current_assignment(owed)
    assert again is not None
    assert len(mails("Which month?")) == 1
    written(owed, again.link, "Yes, in May this year.")
    published(town, owed)
    assert len(mails(PUBLISHED)) == 1


def test_whose_draft_was_not_used_hears_that_another_was_published(town: Town) -> None:
    owed = owe(town)
    written(owed, asked(town, owed))
    decisions.send_back(owed=owed, words="Which month?", by=town.cara, at=AT)
    written(owed, town.dev)
    mails()
    published(town, owed)
    (told,) = mails()
    assert NOT_USED in told and PUBLISHED not in told


def test_whoever_was_replaced_hears_nothing(town: Town) -> None:
    """Their draft came back, and before they wrote again somebody else was asked: their newer link was taken back."""
    owed = owe(town)
    written(owed, asked(town, owed))
    decisions.send_back(owed=owed, words="Which month?", by=town.cara, at=AT)
    written(owed, asked(town, owed, "sam@council.example"))
    mails()
    published(town, owed)
    (told,) = mails()
    assert PUBLISHED in told
    assert [each.to for each in mail.outbox] == [["sam@council.example"]]


def test_whoever_was_forgotten_meanwhile_hears_nothing(town: Town) -> None:
    owed = owe(town)
    written(owed, asked(town, owed, town.nia.email))
    mails()
    people.erase(person=town.nia, by=town.nia, at=AT)
    published(town, owed)
    assert mails() == []
    assert not Notice.objects.filter(about__kind="decisions.answer").exclude(link=None).exists()


def test_news_that_waited_until_the_link_forgot_whose_it_was_goes_nowhere(town: Town) -> None:
    owed = owe(town)
    written(owed, asked(town, owed))
    mails()
    published(town, owed)
    Link.objects.update(name="", email="")
    assert mails() == []
    assert Notice.objects.get(about__kind="decisions.answer", to=None).state == Notice.State.NOT_WANTED


# -- which body answers


@pytest.fixture
def council(town: Town) -> Organisation:
    return organisations.found(name="Invented Council", kind="council", by=SYSTEM, at=AT, is_invented=True)


def officer_of(town: Town, body: Organisation, *services: str) -> None:
    organisations.belong(person=town.nia, organisation=body, by=SYSTEM, at=AT, from_on=AT.date(), part="officer")
    for name in services:
        Service.objects.create(organisation=body, name=name, officer=town.nia)


def answered(town: Town) -> Answer:
    owed = owe(town)
    written(owed, asked(town, owed, town.nia.email))
    return published(town, owed)


@pytest.mark.parametrize(
    ("services", "said"),
    [((), "Invented Council"), (("Parks",), "Invented Council (Parks)"), (("Parks", "Roads"), "Invented Council")],
)
def test_an_answer_names_the_body_and_the_one_service_but_no_officer(
    town: Town, council: Organisation, services: tuple[str, ...], said: str
) -> None:
    officer_of(town, council, *services)
    answer = answered(town)
    assert queries.answered_by(answer) == said
    page = Client().get(answer.get_absolute_url()).content.decode()
    assert f"<footer>{said}</footer>" in page
    for hidden in (town.nia.email, town.nia.name, "Pat Porter"):
        assert hidden not in page


def test_the_service_that_was_asked_answers_whoever_wrote_it_there(town: Town, council: Organisation) -> None:
    owed = owe(town)
    link = asked(town, owed)
    parks = Service.objects.create(organisation=council, name="Parks")
    newer = notices.offer_link(
        purpose="decisions.draft",
        subject=owed,
        name="Sam",
        email="sam@council.example",
        by=town.cara,
        because=owed.step,
        at=AT,
        expires_at=AT + timedelta(days=9),
    )
    Assignment.objects.create(owed=owed, number=2, link=newer.link, service=parks, by=town.cara.ref, at=AT)
    written(owed, newer.link)
    assert link != newer.link
    assert queries.answered_by(published(town, owed)) == "Invented Council (Parks)"


def test_where_it_is_not_known_no_body_is_named(town: Town, council: Organisation) -> None:
    other = organisations.found(name="Invented Trust", kind="charity", by=SYSTEM, at=AT, is_invented=True)
    for body in (council, other):
        officer_of(town, body)
    assert queries.answered_by(answered(town)) == ""


def test_a_member_of_a_residents_group_does_not_answer_in_its_name(town: Town) -> None:
    owed = owe(town)
    written(owed, town.dev)
    assert queries.answered_by(published(town, owed)) == ""


def test_what_was_published_stays_when_the_officer_moves_on(town: Town, council: Organisation) -> None:
    officer_of(town, council, "Parks")
    answer = answered(town)
    Service.objects.update(officer=None)
    assert queries.answered_by(Answer.objects.get(pk=answer.pk)) == "Invented Council (Parks)"
