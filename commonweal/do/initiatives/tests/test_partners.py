"""Nobody is committed by somebody else: whom others put in is asked, and takes part when it has said yes."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from commonweal.do.initiatives import actions as initiatives
from commonweal.do.initiatives import queries, rules
from commonweal.do.initiatives.models import Partner
from commonweal.foundations.notices.models import Notice
from commonweal.foundations.people.models import Person
from commonweal.methods.quantities import Money

from .conftest import AT, Town
from .test_views import signed_in, text_of


@pytest.fixture
def asked(town: Town) -> Partner:
    """Cara puts the firm in, for which only Joe speaks."""
    return initiatives.join(initiative=town.initiative, organisation=town.firm, role="funds", by=town.cara, at=AT)


def waits_for(person: Person) -> list[str]:
    return [str(each.what) for each in queries.waiting_for(person, AT)]


def test_whoever_speaks_for_an_organisation_joins_at_once(town: Town) -> None:
    joined = initiatives.join(initiative=town.initiative, organisation=town.firm, role="funds", by=town.joe, at=AT)
    assert joined in queries.partners_of(town.initiative)
    assert waits_for(town.joe) == []


def test_whom_somebody_else_puts_in_is_asked_and_counts_for_nothing_yet(town: Town, asked: Partner) -> None:
    assert asked not in queries.partners_of(town.initiative)
    assert not rules.takes_part(town.joe, town.fund)
    with pytest.raises(initiatives.OnlyPartnersPutIn):
        initiatives.contribute(fund=town.fund, organisation=town.firm, amount=Money.pounds(1), by=town.joe, at=AT)
    with pytest.raises(initiatives.AlreadyAsked):
        initiatives.join(initiative=town.initiative, organisation=town.firm, role="funds", by=town.cara, at=AT)
    page = text_of(Client(), town.initiative.get_absolute_url())
    assert "Invented Benches Ltd was asked (pays for the work) and has not said yes." in page


def test_who_was_only_asked_does_not_keep_a_purse(town: Town) -> None:
    bare = initiatives.begin(title="Bare", story="x", lead=town.cara, by=town.cara, because=town.outcome.step, at=AT)
    put_in = initiatives.join(initiative=bare, organisation=town.firm, role="funds", by=town.cara, at=AT)
    with pytest.raises(initiatives.OnlyPartnersKeepIt):
        initiatives.open_fund(initiative=bare, host=town.firm, purpose="x", by=town.cara, at=AT)
    initiatives.say_yes(partner=put_in, by=town.joe, at=AT)
    assert initiatives.open_fund(initiative=bare, host=town.firm, purpose="x", by=town.cara, at=AT).host == town.firm


def test_those_who_speak_for_it_are_told_and_have_it_in_their_day(town: Town, asked: Partner) -> None:
    assert Notice.objects.filter(to=town.joe, about=asked.step).exists()
    assert waits_for(town.joe) == [
        "“Benches on the way to the shops”: Invented Benches Ltd was asked to take part (pays for the work). "
        "Say yes or no"
    ]
    assert waits_for(town.pia) == []
    initiatives.say_yes(partner=asked, by=town.joe, at=AT)
    assert waits_for(town.joe) == []
    assert Notice.objects.filter(to=town.cara, about__kind="initiatives.partner").exists()


def test_they_say_yes_on_the_page_once_and_may_leave_again(town: Town, asked: Partner) -> None:
    joe, page = signed_in(town.joe), town.initiative.get_absolute_url()
    yes, no = (reverse(f"initiatives:{name}", args=[asked.pk]) for name in ("say_yes", "say_no"))
    assert yes in text_of(joe, page)
    assert yes not in text_of(signed_in(town.cara), page)
    assert signed_in(town.cara).post(yes).status_code == 403
    assert joe.post(yes).status_code == 302
    assert "has already answered" in joe.post(no, follow=True).content.decode()
    assert asked in queries.partners_of(town.initiative)
    leave = reverse("initiatives:leave", args=[asked.pk])
    assert leave in text_of(joe, page)
    assert leave not in text_of(signed_in(town.pia), page)
    joe.post(leave)
    assert asked not in queries.partners_of(town.initiative)


def test_they_say_no_and_may_be_asked_again(town: Town, asked: Partner) -> None:
    assert signed_in(town.joe).post(reverse("initiatives:say_no", args=[asked.pk])).status_code == 302
    assert "Invented Benches Ltd was asked (" not in text_of(Client(), town.initiative.get_absolute_url())
    again = initiatives.join(initiative=town.initiative, organisation=town.firm, role="funds", by=town.cara, at=AT)
    assert again.pk != asked.pk


def test_the_form_says_that_it_was_asked(town: Town) -> None:
    sent = {"organisation": town.firm.pk, "role": "backs", "sent_as": str(uuid4())}
    join = reverse("initiatives:join", args=[town.initiative.pk])
    assert "It was asked. It takes part when" in signed_in(town.cara).post(join, sent, follow=True).content.decode()


def test_the_database_refuses_yes_and_no_at_once_and_leaving_without_having_joined(asked: Partner) -> None:
    for wrong in ({"joined_at": AT, "said_no_at": AT}, {"left_at": AT + timedelta(days=1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Partner.objects.filter(pk=asked.pk).update(**wrong)
