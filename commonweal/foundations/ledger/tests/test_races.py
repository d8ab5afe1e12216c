"""Two hundred at once at the limit of one pot: never below the floor, and nobody refused while money is left.

The twin that looks first and writes afterwards, without the lock, shows that the test would notice.
"""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import OperationalError, connection, connections

from commonweal.foundations.ledger import actions, queries
from commonweal.foundations.ledger.models import Account, Journal, Payment
from commonweal.foundations.verbs import guards
from commonweal.methods.quantities import Money

from .conftest import AT, build_place

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]

SPENDS, AT_ONCE, EACH = 200, 16, Money(1_00)


def together(act, times=SPENDS):
    """Call `act(number)` in many threads, each on a connection of its own; count how they ended."""

    def call(number):
        try:
            return act(number)
        except actions.NotEnough:
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return Counter(threads.map(call, range(times)))


def test_a_pot_at_its_limit_is_spent_to_the_last_penny_and_no_further():
    place = build_place()

    def spend(number):
        place.move(EACH)
        return "spent"

    assert together(spend) == {"spent": 100, "refused": 100}
    assert queries.balance(place.pot) == Money(0)
    assert queries.balance(place.hall) == Money(100_00)
    assert not queries.drifts()
    assert not queries.unbalanced_journals()


def test_spending_and_setting_aside_together_never_promise_a_penny_twice():
    place = build_place()

    def spend_or_hold(number):
        if number % 2:
            place.move(EACH)
            return "spent"
        actions.hold(account=place.pot, amount=EACH, because=place.step, by=place.ana, at=AT)
        return "held"

    ended = together(spend_or_hold)
    assert ended["spent"] + ended["held"] == 100
    pot = Account.objects.get(pk=place.pot.pk)
    assert pot.free == Money(0)
    assert not queries.drifts()


def test_money_going_both_ways_between_two_accounts_locks_nobody_out():
    place = build_place()
    place.move(Money(50_00))

    def there_and_back(number):
        one, other = (place.pot, place.hall) if number % 2 else (place.hall, place.pot)
        place.move(Money(1), frm=one, to=other)
        return "spent"

    assert together(there_and_back) == {"spent": SPENDS}
    assert queries.balance(place.pot) == Money(50_00)


def test_the_same_posting_sent_by_many_at_once_is_posted_once():
    place = build_place()
    id = uuid4()
    assert together(lambda number: place.move(EACH, id=id).pk, times=40) == {id: 40}
    assert queries.balance(place.pot) == Money(99_00)
    assert Journal.objects.filter(pk=id).count() == 1


def test_two_yeses_at_once_are_both_counted_and_set_the_money_aside_once():
    place = build_place()
    for _ in range(5):
        payment = place.ask()
        people = [place.ben, place.cai]
        together(
            lambda n, payment=payment, people=people: actions.authorise(payment=payment, by=people[n], at=AT).pk, 2
        )
    assert set(Payment.objects.values_list("state", flat=True)) == {"authorised"}
    assert Account.objects.get(pk=place.pot.pk).set_aside == Money(25_00)


def test_a_yes_and_a_no_at_once_end_in_one_of_them_and_nothing_stays_aside_for_a_no():
    place = build_place()
    payments = [place.ask() for _ in range(6)]
    for payment in payments:
        actions.authorise(payment=payment, by=place.ben, at=AT)

    def yes_or_no(number):
        payment = payments[number // 2]
        try:
            if number % 2:
                actions.decline(payment=payment, words="Not yet.", by=place.ben, at=AT)
                return "no"
            actions.authorise(payment=payment, by=place.cai, at=AT)
            return "yes"
        except actions.NotThere:
            return "too late"

    ended = together(yes_or_no, times=12)
    assert ended["no"] == 6
    assert set(Payment.objects.values_list("state", flat=True)) == {"declined"}
    assert Account.objects.get(pk=place.pot.pk).set_aside == Money(0)


def test_a_twin_without_the_lock_overspends():
    """Look, then write, with the table's own laws lifted: the money goes twice."""
    place = build_place()
    everybody_has_looked = threading.Barrier(AT_ONCE, timeout=30)
    pot = Account.objects.filter(pk=place.pot.pk)
    with guards.lifted():
        Account.objects.filter(pk=place.pot.pk).update(balance=EACH.pence)

        def broken_spend(number):
            balance = pot.get().balance
            everybody_has_looked.wait()
            if balance < EACH.pence:
                return "refused"
            for _ in range(50):
                try:
                    pot.update(balance=balance - EACH.pence)
                except OperationalError:
                    continue
                return "spent"
            raise AssertionError("the database stayed busy")

        assert together(broken_spend, times=AT_ONCE)["spent"] > 1
        Account.objects.filter(pk=place.pot.pk).update(balance=100_00)


def test_the_races_run_on_connections_that_commit():
    assert not connection.in_atomic_block
