"""What waits for a person says what it is about first, and then what is asked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from commonweal.do.initiatives import actions as initiatives
from commonweal.do.initiatives import queries
from commonweal.foundations.ledger import actions as ledger
from commonweal.foundations.ledger.models import Payment
from commonweal.foundations.people.models import Person
from commonweal.methods.quantities import Money

from .conftest import AT, Town, filled
from .test_actions import given


def asked_of(person: Person) -> list[str]:
    return [str(each.what) for each in queries.waiting_for(person, AT)]


@pytest.fixture
def payment(town: Town) -> Payment:
    return initiatives.propose_payment(
        fund=filled(town), payee=town.firm, amount=Money.pounds(240), words="tool hire", by=town.cara, at=AT
    )


def test_a_payment_to_agree_to_says_to_whom_how_much_and_what_for(town: Town, payment: Payment) -> None:
    pay = "Pay £240.00 to Invented Benches Ltd for “tool hire”"
    assert asked_of(town.tess) == [f"{pay}: 2 people have to agree, or one says why not"]
    ledger.authorise(payment=payment, by=town.olu, at=AT)
    assert asked_of(town.tess) == [f"{pay}: one more person has to agree, or say why not"]
    assert asked_of(town.olu) == []


def test_a_payment_to_see_through_says_since_when_it_has_waited(town: Town, payment: Payment) -> None:
    for number, person in enumerate((town.olu, town.tess)):
        ledger.authorise(payment=payment, by=person, at=AT + timedelta(days=number))
    (to_send,) = queries.waiting_for(town.tess, AT)
    assert to_send.what == "Pay £240.00 to Invented Benches Ltd for “tool hire”: send it to the paying system"
    assert to_send.since == AT + timedelta(days=1)
    ledger.send(payments=[payment], by=town.tess, at=AT + timedelta(days=2))
    (to_settle,) = queries.waiting_for(town.tess, AT)
    assert to_settle.what == "£240.00 to Invented Benches Ltd for “tool hire”: say whether it was paid"
    assert to_settle.since == AT + timedelta(days=2)


def test_what_somebody_said_no_to_waits_for_nobody(town: Town, payment: Payment) -> None:
    ledger.decline(payment=payment, words="We own one.", by=town.olu, at=AT)
    assert asked_of(town.tess) == asked_of(town.olu) == []


def test_who_asked_waits_for_others_and_is_not_asked(town: Town) -> None:
    initiatives.propose_payment(
        fund=filled(town), payee=town.firm, amount=Money.pounds(5), words="Bolts", by=town.olu, at=AT
    )
    assert asked_of(town.olu) == []
    assert len(asked_of(town.tess)) == 1


def test_time_to_confirm_says_who_gave_it_to_what_and_when(town: Town) -> None:
    given(town, town.group, given_on=date(2026, 3, 1))
    (line,) = queries.waiting_for(town.cara, AT)
    assert line.what == (
        "3 h that Invented Bench Group gave to “Benches on the way to the shops” on 1 March 2026: say whether it was so"
    )
    assert line.since == AT
    given(town)
    assert any(line.startswith("3 h that a neighbour gave to “Benches") for line in asked_of(town.pia))


def test_a_longer_list_asks_the_database_no_more(
    town: Town, payment: Payment, django_assert_max_num_queries: object
) -> None:
    for number in range(6):
        initiatives.propose_payment(
            fund=town.fund, payee=town.firm, amount=Money.pounds(1), words=f"Bolt {number}", by=town.cara, at=AT
        )
        given(town, town.group)
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        assert len(queries.waiting_for(town.tess, AT)) == 13
