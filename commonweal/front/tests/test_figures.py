"""The figures of home are those of the rooms' own pages: the same number for the same words, on the whole town."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from commonweal.do.initiatives import actions as initiatives
from commonweal.do.initiatives import queries as done
from commonweal.do.initiatives.models import PooledFund
from commonweal.foundations.verbs import clock
from commonweal.front import figures
from commonweal.methods.quantities import Minutes, Money

pytestmark = pytest.mark.django_db


def read(address: str) -> str:
    """The words of a page, without its marks."""
    answer = Client().get(address)
    assert answer.status_code == 200
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def numbers_before(words: str, page: str) -> list[int]:
    return [int(number.replace(",", "")) for number in re.findall(rf"([0-9][0-9,]*) {words}", page)]


@pytest.fixture
def home(town: Any) -> str:
    return read("/")


def test_suggestions(home: str) -> None:
    (told,) = numbers_before("suggestions? made", home)
    assert told == sum(numbers_before("suggestions?", read(reverse("dialogue:conversations"))))


def test_answers(home: str) -> None:
    account = read(reverse("accountability:account"))
    (given,) = numbers_before("answers? given", home)
    (on_time,) = numbers_before("on time", home)
    assert [given] == numbers_before("w(?:as|ere) given", account)[:1]
    assert [on_time] == numbers_before("came by the first date", account)


def test_outcomes(home: str) -> None:
    (agreed,) = numbers_before("outcomes? agreed", home)
    listed = Client().get(reverse("outcomes:concerns")).content.decode()
    assert agreed == listed.count(">Agreed</strong>")
    being_talked_about = numbers_before("being talked about", home) or [0]
    assert being_talked_about == [listed.count(">Proposed</strong>")]


def test_what_we_do_together(home: str) -> None:
    (told,) = numbers_before("things? we do together", home)
    assert told == Client().get(reverse("initiatives:initiatives")).context["page"].paginator.count


def test_money(home: str) -> None:
    (told,) = re.findall(r"(£[0-9,.]+) in the funds", home)
    assert re.findall(r"(£[0-9,.]+) in the funds", read(reverse("accountability:account"))) == [told]
    assert told == str(held_in_every_purse())


def held_in_every_purse() -> Money:
    """What the pages of the purses say: still free, and set aside for a payment."""
    held = Money(0)
    for fund in PooledFund.objects.select_related("pounds", "hours", "hours_worked"):
        page = read(fund.get_absolute_url())
        for words in ("Still free:", "Set aside for a payment:"):
            held += Money.parse(re.findall(rf"{words} (£[0-9,.]+)", page)[0])
    return held


def test_hours(home: str) -> None:
    (told,) = re.findall(r"([0-9]+ h(?: [0-9]+ min)?|[0-9]+ min) given", home)
    account = read(reverse("accountability:account"))
    assert f"{told} was given" in account
    given = [
        done.purse_of(fund).hours_given for fund in PooledFund.objects.select_related("hours", "hours_worked", "pounds")
    ]
    assert told == str(sum(given, Minutes(0)))


def test_lessons(home: str) -> None:
    (told,) = numbers_before("lessons? kept", home)
    assert told == Client().get(reverse("learning:lessons")).context["page"].paginator.count


def test_time_that_nobody_has_confirmed_is_counted_nowhere(town: Any) -> None:
    at = clock.now()
    before = figures.figures(at).hours
    sent: dict[str, Any] = {"time": Minutes(60), "given_on": at.date(), "what": "Tea", "by": town.amina, "at": at}
    initiatives.give_hours(fund=town.fund, giver=town.amina, **sent)
    assert figures.figures(at).hours == before == done.flows().hours_given


def test_a_payment_and_the_golden_thread_are_one_click_away(town: Any) -> None:
    page = Client().get("/").content.decode()
    assert f'href="{reverse("thread:story", args=[town.lesson.step.uuid])}">Follow one voice all the way round' in page
    payment = Client().get("/").context["payment"]
    assert f'href="{payment.get_absolute_url()}">Follow a payment of {payment.amount} back' in page
    assert "Who asked for this" in read(payment.get_absolute_url())
