"""A form sent twice, by a double click or by going back, counts once; and two at once make one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.urls import reverse

from commonweal.do.initiatives import actions as initiatives
from commonweal.do.initiatives.models import (
    Adopted,
    FundContribution,
    GivenHours,
    Initiative,
    Lead,
    Partner,
    PooledFund,
)
from commonweal.foundations.ledger.models import Authorisation, Dispatch, Journal, Objection, Payment
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step
from commonweal.methods.quantities import Minutes, Money

from .conftest import AT, Town, build, filled, someone
from .test_actions import task
from .test_views import day, signed_in

#: Who sends a form, where, with what in it, and what it makes one of.
Form = tuple[Person, str, dict[str, Any], Any]


def at(name: str, record: Any) -> str:
    return reverse(name, args=[record.pk])


def bare(town: Town) -> Initiative:
    """An initiative without a purse."""
    begun = initiatives.begin(title="Bare", story="x", lead=town.cara, by=town.cara, because=town.outcome.step, at=AT)
    initiatives.join(initiative=begun, organisation=town.council, role="funds", by=town.olu, at=AT)
    return begun


def begin(town: Town) -> Form:
    address = f"{reverse('initiatives:begin')}?because={town.concern.step.uuid}"
    return town.cara, address, {"title": "Shade", "story": "Too hot.", "lead": town.cara.pk}, Initiative


def hand_over(town: Town) -> Form:
    una = someone("Una", "convenor")
    return town.cara, at("initiatives:hand_over", town.initiative), {"to": una.pk}, Lead


def join(town: Town) -> Form:
    sent = {"organisation": town.firm.pk, "role": "delivers"}
    return town.cara, at("initiatives:join", town.initiative), sent, Partner


def adopt(town: Town) -> Form:
    return town.cara, at("initiatives:adopt", town.initiative), {"obligation": task(town).pk}, Adopted


def open_fund(town: Town) -> Form:
    sent = {"host": town.council.pk, "purpose": "Shade"}
    return town.cara, at("initiatives:open_fund", bare(town)), sent, PooledFund


def put_in_pounds(town: Town) -> Form:
    sent = {"organisation": town.council.pk, "pounds": "12", "hours": ""}
    return town.olu, at("initiatives:contribute", town.fund), sent, FundContribution


def put_in_hours(town: Town) -> Form:
    sent = {"organisation": town.group.pk, "pounds": "", "hours": "3 h"}
    return town.gwen, at("initiatives:contribute", town.fund), sent, FundContribution


def pay(town: Town) -> Form:
    sent = {"payee": town.firm.pk, "amount": "12", "words": "Bolts"}
    return town.gwen, at("initiatives:pay", filled(town)), sent, Payment


def give_hours(town: Town) -> Form:
    sent = {"giver": "me", "time": "1 h", "what": "Swept", **day("given_on", AT.date())}
    return town.nia, at("initiatives:give_hours", town.fund), sent, GivenHours


FORMS = (begin, hand_over, join, open_fund, put_in_pounds, put_in_hours, pay, give_hours)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_sent_twice_makes_one(town: Town, form: Callable[[Town], Form]) -> None:
    who, address, sent, made = form(town)
    client, before, number = signed_in(who), made.objects.count(), str(uuid4())
    assert client.post(address, sent | {"sent_as": number}).status_code == 302
    steps, journals = Step.objects.count(), Journal.objects.count()
    assert client.post(address, sent | {"sent_as": number}).status_code == 302
    assert made.objects.count() == before + 1
    assert (Step.objects.count(), Journal.objects.count()) == (steps, journals)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_without_its_number_is_not_taken(town: Town, form: Callable[[Town], Form]) -> None:
    who, address, sent, made = form(town)
    before = made.objects.count()
    assert signed_in(who).post(address, sent).status_code == 422
    assert made.objects.count() == before


@pytest.mark.parametrize(
    ("form", "other"),
    [
        (hand_over, lambda town: {"to": someone("Vera", "convenor").pk}),
        (join, lambda town: {"role": "backs"}),
        (open_fund, lambda town: {"purpose": "Sun"}),
    ],
)
def test_the_same_number_with_something_else_in_it_is_refused(
    town: Town, form: Callable[[Town], Form], other: Callable[[Town], dict[str, Any]]
) -> None:
    who, address, sent, made = form(town)
    client = signed_in(who)
    client.post(address, sent | {"sent_as": (number := str(uuid4()))})
    before = made.objects.count()
    answer = client.post(address, sent | {"sent_as": number} | other(town), follow=True)
    assert "This was already sent, with something else in it." in answer.content.decode()
    assert made.objects.count() == before


def sends(town: Town) -> dict[str, Callable[[Initiative, Person, UUID], Any]]:
    """Each form that has a number, as verbs; what is in it is always the same."""
    una, step = someone("Una", "convenor"), town.concern.step
    bare_host, five, today = town.council, Money.pounds(5), AT.date()
    return {
        "begin": lambda on, by, number: initiatives.begin(
            title="Shade", story="x", lead=una, by=by, because=[step, on.step], at=AT, sent_as=number
        ),
        "hand over": lambda on, by, number: initiatives.hand_over(
            lead=on.leads.earliest("from_at"), to=una, by=by, because=None, at=AT, sent_as=number
        ),
        "join": lambda on, by, number: initiatives.join(
            initiative=on, organisation=town.firm, role="backs", by=by, at=AT, sent_as=number
        ),
        "open a purse": lambda on, by, number: initiatives.open_fund(
            initiative=on, host=bare_host, purpose="x", by=by, at=AT, sent_as=number
        ),
        "put in": lambda on, by, number: initiatives.contribute(
            fund=on.fund, organisation=bare_host, amount=five, by=by, at=AT, id=number
        ),
        "pay": lambda on, by, number: initiatives.propose_payment(
            fund=on.fund, payee=town.firm, amount=five, words="Bolts", by=by, at=AT, sent_as=number
        ),
        "give time": lambda on, by, number: initiatives.give_hours(
            fund=on.fund, giver=town.nia, time=Minutes(60), given_on=today, what="x", by=by, at=AT, id=number
        ),
    }


@pytest.mark.parametrize("form", ["begin", "hand over", "join", "open a purse", "put in", "pay", "give time"])
def test_the_number_of_a_form_serves_one_person_and_one_initiative(town: Town, form: str) -> None:
    """Also with the very same in it: what is answered is never what somebody else did, or did elsewhere."""
    send, number = sends(town)[form], uuid4()
    here, there = bare(town), bare(town)
    if form in {"put in", "pay", "give time"}:
        for each in (here, there):
            fund = initiatives.open_fund(initiative=each, host=town.council, purpose="x", by=town.cara, at=AT)
            ten = Money.pounds(10)
            initiatives.contribute(fund=fund, organisation=town.council, amount=ten, by=town.olu, at=AT)
    made = send(here, town.cara, number)
    assert send(here, town.cara, number) == made
    for on, by in ((here, town.gwen), (there, town.cara)):
        with pytest.raises(initiatives.SentTwice):
            send(on, by, number)
    assert send(there, town.cara, uuid4()) != made, "it was the number that was refused"


def test_a_task_is_taken_up_once_by_a_form_that_needs_no_number(town: Town) -> None:
    """The task itself is the number: what was taken up is no longer among those to take up."""
    who, address, sent, made = adopt(town)
    assert [signed_in(who).post(address, sent).status_code for _click in range(2)] == [302, 422]
    assert made.objects.count() == 1


def test_who_left_does_not_come_back_by_an_old_form(town: Town) -> None:
    who, address, sent, _ = join(town)
    client, number = signed_in(who), str(uuid4())
    client.post(address, sent | {"sent_as": number})
    partner = Partner.objects.get(organisation=town.firm)
    initiatives.say_yes(partner=partner, by=town.joe, at=AT)
    initiatives.leave(partner=partner, by=town.joe, because=None, at=AT)
    client.post(address, sent | {"sent_as": number})
    assert not Partner.objects.filter(organisation=town.firm, left_at=None).exists()


def test_each_button_in_the_life_of_a_payment_counts_once(town: Town) -> None:
    fund = filled(town)

    def ask(words: str) -> Payment:
        sent = {"payee": town.firm.pk, "amount": "12", "words": words, "sent_as": str(uuid4())}
        signed_in(town.gwen).post(at("initiatives:pay", fund), sent)
        return Payment.objects.latest("proposed_at")

    def twice(who: Person, name: str, payment: Payment, **sent: Any) -> None:
        for _click in range(2):
            assert signed_in(who).post(at(name, payment), sent).status_code in {302, 422}

    payment = ask("Bolts")
    for who in (town.olu, town.tess):
        twice(who, "ledger:authorise", payment)
    twice(town.tess, "initiatives:send", payment)
    twice(town.olu, "initiatives:paid", payment, heard_as="BACS 1", **day("paid_on", date(2026, 3, 3)))
    assert (Authorisation.objects.count(), Dispatch.objects.count()) == (2, 1)
    assert Journal.objects.filter(pk=Payment.objects.get().journal_id).count() == 1
    declined = ask("Nuts")
    twice(town.olu, "ledger:decline", declined, words="We have some.")
    assert Objection.objects.filter(payment=declined).count() == 1


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_two_who_open_a_purse_at_once_with_one_form_open_one() -> None:
    town = build()
    initiative, number, start = bare(town), uuid4(), Barrier(4)

    def open_it(_: int) -> UUID:
        try:
            start.wait(timeout=30)
            return initiatives.open_fund(
                initiative=initiative, host=town.council, purpose="Shade", by=town.cara, at=AT, sent_as=number
            ).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        opened = set(threads.map(open_it, range(4)))
    assert opened == set(PooledFund.objects.filter(initiative=initiative).values_list("pk", flat=True))
    assert len(opened) == 1
