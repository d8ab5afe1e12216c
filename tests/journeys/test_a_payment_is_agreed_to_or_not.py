"""Money and hours by hand: a purse is opened, a payment is declined with its reason, another is paid, time is given.

Every page on the way is looked at by axe and by the ruler at 320 px, with its errors too.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from . import people_do
from .conftest import RunningPlace
from .days import days_ago
from .looking import NARROW, assert_accessible, assert_fits
from .visitors import Visitor

pytestmark = pytest.mark.browser

LOOKED_AT = {"viewport": NARROW, "checks": (assert_fits, assert_accessible)}
COUNCIL, CHARITY = "The borough council", "Open Door Advice"
WHY_NOT = "The library lends us its chairs. Ask again if that ends."


def test_a_payment_that_is_not_agreed_to_says_why_and_another_is_paid(
    place: RunningPlace, visitor: Callable[..., Visitor]
) -> None:
    grace, beth, joan, daniel, amina, stranger = (
        visitor(place, named=name, **LOOKED_AT)
        for name in ("Grace Okafor", "Beth Carver", "Joan Whitfield", "Daniel Levy", "Amina Yusuf", "")
    )
    grace.go("/plan/")
    grace.follow("Problems and what good looks like")
    initiative = begin_from_the_first_problem(grace)
    beth.go(initiative)
    beth.reads("What it is about, and what we do", "Who takes part", "Who does what", "There is no shared purse yet.")
    people_do.let_join(beth, COUNCIL, "pays for the work")
    people_do.let_join(beth, CHARITY, "does the work")
    people_do.take_part(joan, initiative=initiative, organisation=COUNCIL)
    beth.go(initiative)
    purse = people_do.open_the_purse(beth, host=COUNCIL, purpose="Ten chairs")
    people_do.put_in(joan, purse=purse, organisation=COUNCIL, pounds="900")

    # One of those who answer for the money says no, and has to say why.
    declined = people_do.ask_for_a_payment(beth, purse=purse, to=CHARITY, amount="240", what_for="Ten new chairs")
    beth.reads("2 people beside you have to say yes.")
    joan.go("/my-day/")
    joan.reads("Pay £240.00 to Open Door Advice for “Ten new chairs”: 2 people have to agree")
    people_do.say_no_to_the_payment(joan, declined, because=WHY_NOT)
    stranger.go(declined)
    stranger.reads("This will not be paid", "Ten new chairs", "Why not:", WHY_NOT, "Said no", "Joan Whitfield")
    told = place.postbox.to("beth.carver@people.example", saying="not agreed")
    assert told, "whoever asked is told"

    # Another is agreed to by two others, sent, and paid; every date has its own name.
    paid = people_do.ask_for_a_payment(beth, purse=purse, to=CHARITY, amount="36", what_for="Carrying the chairs")
    for window in (joan, daniel):
        people_do.say_yes_to_the_payment(window, paid)
    people_do.send_it_to_the_paying_system(joan, purse=purse, what_for="Carrying the chairs")
    people_do.say_that_it_was_paid(daniel, purse=purse, what_for="Carrying the chairs")
    stranger.go(initiative)
    stranger.reads("Payments", "Carrying the chairs", "Who asked for it, and why", "Paid on", "Ten new chairs")
    row = stranger.page.locator("tr").filter(has_text="Carrying the chairs")
    stranger.follow("Who asked for it, and why", within=row)
    stranger.reads("Sent to the paying system", "as the paying system says", "Who asked for this")

    # Time that a neighbour gave waits for somebody else's word.
    hours = people_do.give_time(
        amina, initiative=initiative, how_long="1 h 30 min", on=days_ago(1), what="Carried chairs"
    )
    beth.go("/my-day/")
    beth.reads("1 h 30 min that a neighbour gave to “Chairs for the corner”")
    beth.go(hours)
    beth.press("Yes, this time was given")
    stranger.go(hours)
    stranger.reads("A neighbour gave 1 h 30 min")


def begin_from_the_first_problem(window: Visitor) -> str:
    window.page.locator("main h2 a, main li a").first.click()
    return people_do.begin_something_together(
        window, "Chairs for the corner", "Ten chairs, so that people can rest.", outcome=window.path, lead="Beth Carver"
    )
