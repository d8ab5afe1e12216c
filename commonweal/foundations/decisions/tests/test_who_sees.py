"""Steps that are not public: those whom they concern see them, and nobody else does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from commonweal.foundations.decisions import actions as decisions
from commonweal.foundations.decisions.models import Asking, Owed, OwedLine
from commonweal.foundations.organisations import actions as organisations
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import telling
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.refs import SYSTEM

from .conftest import AT, Town, someone
from .test_actions import owe
from .test_views import as_

DAY = timedelta(days=1)


def sees(person: Person | None, step: Step) -> bool:
    return not telling.lines([step], person=person)[0].is_hidden


def seen_on_the_page(person: Person | None, step: Step) -> bool:
    """The page of the step and the page of its record say the same."""
    client = as_(person) if person else Client()
    pages = [reverse("thread:step", args=[step.uuid]), step.subject.page]
    [answer] = {client.get(page).status_code == 200 for page in pages if page}
    return answer


def body(name: str, officer: Person) -> Organisation:
    made = organisations.found(name=name, kind="charity", by=SYSTEM, at=AT, is_invented=True)
    organisations.belong(person=officer, organisation=made, by=SYSTEM, at=AT, from_on=AT.date(), part="officer")
    return made


@pytest.fixture
def asked(town: Town) -> tuple[Person, Asking, Asking]:
    """Two bodies are asked in confidence by a commissioner; each has an officer."""
    bea = someone("Bea", "commissioner")
    one, other = body("Reading Room", someone("Rhys")), body("Swimming Club", someone("Sam"))

    def ask(party: Organisation) -> Asking:
        return decisions.ask_assent(
            subject=town.theme, party=party, by=bea, because=town.said, at=AT, is_public=False
        ).asking

    return bea, ask(one), ask(other)


def named(name: str) -> Person:
    return Person.objects.get(name=name)


def test_a_question_in_confidence_is_seen_by_the_party_and_by_who_asked(town: Town, asked) -> None:
    bea, one, _other = asked
    assert all(sees(person, one.step) for person in (named("Rhys"), bea, town.cara))
    assert not any(sees(person, one.step) for person in (named("Sam"), town.nia, town.tom, None))


def test_what_a_party_said_in_confidence_is_not_for_the_other_party(town: Town, asked) -> None:
    bea, one, other = asked
    said = decisions.give_assent(
        subject=town.theme,
        party=one.party,
        stance="reservation",
        words="Only if staffed.",
        by=named("Rhys"),
        because=one.step,
        at=AT,
        is_public=False,
    )
    assert all(seen_on_the_page(person, said.step) for person in (named("Rhys"), bea, town.cara))
    assert not any(seen_on_the_page(person, said.step) for person in (named("Sam"), town.nia, None))
    assert not sees(named("Rhys"), other.step)


def test_whoever_gave_the_word_still_sees_it_when_they_have_left_and_what_came_later_not(town: Town, asked) -> None:
    _bea, one, _other = asked
    rhys = named("Rhys")
    given = {"subject": town.theme, "party": one.party, "because": one.step, "at": AT, "is_public": False}
    said = decisions.give_assent(**given, stance="assent", by=rhys)
    part = Organisation.objects.get(name="Reading Room").memberships.get(person=rhys)
    organisations.leave(membership=part, by=SYSTEM, at=AT, on=AT.date() + DAY)
    later = decisions.give_assent(
        **given, stance="dissent", words="No.", by=town.cara, on_word_of="A letter of their chair"
    )
    assert sees(rhys, said.step) and not sees(rhys, later.step) and not sees(rhys, one.step)


@pytest.fixture
def private(town: Town) -> Owed:
    """Promised by a commissioner, in confidence, to Nia; Olga writes it by a link."""
    someone("Olga"), someone("Piotr")
    bea = someone("Bea", "commissioner")
    owed = owe(town, by=bea, is_public=False, lines=[(town.said.ref, town.nia, town.said)])
    decisions.assign(owed=owed, name="Piotr", email="piotr@example.org", by=bea, at=AT)
    offered = decisions.assign(owed=owed, name="Olga", email="olga@example.org", by=bea, at=AT)
    decisions.draft(owed=owed, reason_code="adopted", words="For Nia.", by=offered.link, at=AT)
    return owed


def test_a_private_answer_is_seen_by_who_asked_who_promised_and_who_wrote_it(town: Town, private: Owed) -> None:
    decisions.clear(owed=private, by=town.dev, at=AT)
    answer = decisions.publish(owed=private, by=town.dev, at=AT)
    for step in (private.step, answer.step):
        assert all(seen_on_the_page(person, step) for person in (town.nia, named("Bea"), named("Olga"), town.cara))
        assert not any(seen_on_the_page(person, step) for person in (town.tom, named("Piotr"), None)), (
            "another resident, an officer who was asked before, a stranger"
        )


def test_who_wrote_one_private_answer_does_not_see_another(town: Town, private: Owed) -> None:
    other = owe(town, is_public=False, lines=[(town.said_by_tom.ref, town.tom, town.said_by_tom)])
    assert sees(town.tom, other.step)
    assert not any(sees(person, other.step) for person in (named("Olga"), named("Bea"), town.nia))


def test_the_body_that_promised_sees_what_it_promised(town: Town) -> None:
    officer, outsider = someone("Rhys"), someone("Sam")
    service, _elsewhere = body("Parks Service", officer), body("Swimming Club", outsider)
    owed = owe(town, by=service, is_public=False)
    assert sees(officer, owed.step) and not sees(outsider, owed.step)


def test_a_reply_in_confidence_is_for_who_wrote_it_and_who_answered(town: Town, private: Owed) -> None:
    decisions.clear(owed=private, by=town.dev, at=AT)
    answer = decisions.publish(owed=private, by=town.dev, at=AT)
    line = OwedLine.objects.get(owed=private)
    reply = decisions.reply(answer=answer, line=line, words="Thank you.", by=town.nia, at=AT)
    assert all(sees(person, reply.step) for person in (town.nia, town.dev))
    assert not any(sees(person, reply.step) for person in (town.tom, named("Olga"), named("Bea"), None))


def test_the_step_of_a_draft_is_for_the_desk_alone(town: Town, private: Owed) -> None:
    [written] = Step.objects.filter(kind="decisions.written")
    assert sees(town.cara, written)
    assert not any(sees(person, written) for person in (town.nia, named("Olga"), named("Bea"), None))
