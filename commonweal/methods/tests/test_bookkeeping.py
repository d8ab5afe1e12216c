"""Journals balance, parts sum, and every law is shown to catch a twin that breaks it."""

import doctest
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.methods import bookkeeping
from commonweal.methods.bookkeeping import (
    DoesNotBalance,
    Line,
    NotCovered,
    UnusableLines,
    UnusableWeights,
    balances,
    check,
    risk_share,
    split,
    variance,
)
from commonweal.methods.quantities import Minutes, Money, Share

wholes = st.integers(-(10**12), 10**12)
weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)
amounts = wholes.filter(bool)


def test_the_examples_in_the_docstrings_run():
    assert doctest.testmod(bookkeeping).failed == 0
    assert doctest.testmod(bookkeeping).attempted >= 10


# -- journals


@st.composite
def journals(draw):
    """Lines that balance in each of their units."""
    lines = []
    for unit in draw(st.lists(st.sampled_from(["gbp", "minutes"]), min_size=1, max_size=2, unique=True)):
        legs = draw(st.lists(amounts, min_size=1, max_size=6).filter(lambda legs: sum(legs) != 0))
        lines += [Line(f"{unit}-{place}", unit, leg) for place, leg in enumerate(legs)]
        lines.append(Line(f"{unit}-rest", unit, -sum(legs)))
    return lines


@given(journals())
def test_a_journal_that_sums_to_nought_in_each_unit_is_taken(journal):
    check(journal)


@given(journals(), st.data())
def test_a_journal_with_one_penny_moved_is_refused_and_the_unit_named(journal, data):
    place = data.draw(st.integers(0, len(journal) - 1))
    line = journal[place]
    wrong = line.amount + (1 if line.amount != -1 else 2)
    with pytest.raises(DoesNotBalance) as refusal:
        check([*journal[:place], Line(line.account, line.unit, wrong), *journal[place + 1 :]])
    assert refusal.value.by_unit == {line.unit: wrong - line.amount}


def test_a_twin_that_adds_all_units_together_would_let_hours_pay_for_pounds():
    journal = [Line("pot", "gbp", -500), Line("hall", "minutes", 500)]

    def broken_check(lines):
        return sum(line.amount for line in lines) == 0

    assert broken_check(journal)
    with pytest.raises(DoesNotBalance):
        check(journal)


@pytest.mark.parametrize("lines", [[], [Line("a", "gbp", 1)], [Line("a", "gbp", 1), Line("a", "gbp", -1)]])
def test_what_is_no_journal_is_refused(lines):
    with pytest.raises(UnusableLines):
        check(lines)


@pytest.mark.parametrize("amount", [0, 1.0, True, "1", None])
def test_a_line_takes_a_whole_number_that_is_not_nought(amount):
    with pytest.raises(UnusableLines):
        Line("a", "gbp", amount)


@given(st.lists(journals(), max_size=8), st.randoms())
def test_balances_sum_to_nought_in_any_order(many, order):
    lines = [line for journal in many for line in journal]
    held = balances(lines)
    order.shuffle(lines)
    assert balances(lines) == held
    assert sum(held.values()) == 0


def test_a_balance_as_of_a_moment_leaves_out_what_came_later():
    morning, noon = (datetime(2026, 4, 1, hour, tzinfo=UTC) for hour in (9, 12))
    lines = [Line("pot", "gbp", 500, morning), Line("pot", "gbp", -200, noon)]
    assert balances(lines, as_of=morning) == {"pot": 500}
    assert balances(lines) == {"pot": 300}
    with pytest.raises(UnusableLines):
        balances([Line("pot", "gbp", 500)], as_of=morning)


def test_an_account_in_two_units_has_no_balance():
    with pytest.raises(UnusableLines):
        balances([Line("pot", "gbp", 500), Line("pot", "minutes", 5)])


# -- splitting


def broken_split(amount, weights):
    """The twin: every part rounded by itself."""
    return [round(Fraction(amount * weight, sum(weights))) for weight in weights]


@given(wholes, weights)
def test_the_parts_of_a_split_always_sum(amount, weights):
    assert sum(split(amount, weights)) == amount
    assert sum(split(Money(amount), weights), Money(0)) == Money(amount)


def test_a_twin_that_rounds_each_part_loses_a_penny():
    assert sum(broken_split(100, [1, 1, 1])) == 99
    assert sum(split(100, [1, 1, 1])) == 100


@given(wholes, weights)
def test_no_part_is_a_whole_unit_away_from_its_exact_share(amount, weights):
    for part, weight in zip(split(amount, weights), weights, strict=True):
        assert abs(part - Fraction(amount * weight, sum(weights))) < 1


@given(wholes, weights, st.integers(1, 1000))
def test_weights_matter_only_beside_each_other(amount, weights, times):
    assert split(amount, weights) == split(amount, [weight * times for weight in weights])
    assert split(amount, weights) == split(amount, [Share(weight, sum(weights)) for weight in weights])


@given(wholes, weights)
def test_a_debt_is_divided_like_a_gift(amount, weights):
    assert split(-amount, weights) == tuple(-part for part in split(amount, weights))


def test_ties_go_to_the_earlier_place():
    assert split(2, [1, 1, 1, 1]) == (1, 1, 0, 0)
    assert split(-2, [1, 1, 1, 1]) == (-1, -1, 0, 0)


def test_a_textbook_apportionment_comes_out_the_same():
    """The usual worked example of the largest remainder with the Hare quota: 100,000 votes, ten seats."""
    assert split(10, [47_000, 16_000, 15_900, 12_000, 6_000, 3_100]) == (5, 2, 1, 1, 1, 0)


@pytest.mark.parametrize("wrong", [[], [0], [0, 0], [1, -1], [0.5, 0.5], [True], ["1"], [None]])
def test_weights_that_divide_nothing_are_refused(wrong):
    with pytest.raises(UnusableWeights):
        split(100, wrong)


def test_a_float_is_not_divided():
    with pytest.raises(UnusableWeights):
        split(1.0, [1, 1])


# -- pooled funds


@given(
    wholes,
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 50), min_size=1).filter(lambda w: any(w.values())),
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 10**12)),
)
def test_a_risk_share_sums_and_keeps_every_limit_but_the_backstop(difference, weights, limits):
    limits = {party: Money(limit) for party, limit in limits.items() if party in weights}
    shared = risk_share(Money(difference), weights, limits=limits, backstop="host")
    assert sum(shared.parts.values(), Money(0)) == Money(difference)
    for party, limit in limits.items():
        assert abs(shared.parts[party]) <= limit
    assert all(part.pence * difference >= 0 for part in shared.parts.values())


def test_what_nobody_agreed_to_bear_is_named():
    with pytest.raises(NotCovered) as refusal:
        risk_share(Money(1000), {"council": 1}, limits={"council": Money(400)})
    assert refusal.value.left == Money(600)


def test_the_rounds_say_who_reached_a_limit():
    shared = risk_share(Money(900), {"council": 2, "nhs": 1}, limits={"council": Money(500)})
    assert [each.at_limit for each in shared.rounds] == [("council",), ()]


def test_a_limit_is_in_the_unit_that_is_divided():
    with pytest.raises(UnusableWeights):
        risk_share(Money(900), {"council": 1}, limits={"council": Minutes(500)})


def test_a_host_that_has_a_weight_bears_its_part_and_the_rest():
    shared = risk_share(Money(900), {"council": 1, "nhs": 1}, limits={"nhs": Money(100)}, backstop="council")
    assert shared.parts == {"council": Money(800), "nhs": Money(100)}


def test_a_variance_of_nothing_planned_has_no_share():
    assert variance(Money(0), Money(5)).of_budget is None
    with pytest.raises(TypeError):
        variance(Money(1), Minutes(1))
