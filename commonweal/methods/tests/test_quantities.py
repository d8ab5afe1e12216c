"""Amounts stay exact, stay in their unit, and read back what they write."""

import dataclasses
import doctest
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.methods import quantities
from commonweal.methods.quantities import Estimate, Minutes, Money, NotAnAmount, Period, Share, UnusableQuantity

counts = st.integers(-(10**15), 10**15)


def test_the_examples_in_the_docstrings_run():
    assert doctest.testmod(quantities).failed == 0
    assert doctest.testmod(quantities).attempted > 15


@given(counts)
def test_money_reads_back_what_it_writes(pence):
    assert Money.parse(str(Money(pence))) == Money(pence)


@given(counts)
def test_minutes_read_back_what_they_write(minutes):
    assert Minutes.parse(str(Minutes(minutes))) == Minutes(minutes)


@given(counts, counts, st.integers(-1000, 1000))
def test_money_adds_like_the_whole_numbers_it_is(one, other, times):
    assert Money(one) + Money(other) - Money(other) == Money(one)
    assert (Money(one) + Money(other)) * times == Money(one) * times + Money(other) * times


@pytest.mark.parametrize("wrong", [1.0, True, "1", Decimal(1), None])
@pytest.mark.parametrize("kind", [Money, Minutes, Share])
def test_only_whole_numbers_make_an_amount(kind, wrong):
    with pytest.raises(UnusableQuantity):
        kind(wrong)


@pytest.mark.parametrize(
    "mix",
    [
        lambda: Money(1) + Minutes(1),
        lambda: Money(1) - Minutes(1),
        lambda: Money(1) + 1,
        lambda: 1 + Money(1),
        lambda: Money(1) * 0.5,
        lambda: Money(1) * True,
        lambda: Money(1) * Money(1),
        lambda: Money(1) / Minutes(1),
        lambda: Money(1) / 2,
        lambda: Money(1) < Minutes(2),
        lambda: Share(1, 2) + 1,
        lambda: Share(1, 2) * 0.5,
        lambda: Share(1, 2) < 1,
    ],
)
def test_units_never_mix(mix):
    with pytest.raises(TypeError):
        mix()


def test_equal_counts_of_different_units_are_not_equal():
    assert Money(1) != Minutes(1)
    assert len({Money(1), Minutes(1), Money(1)}) == 2


def test_amounts_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Money(1).pence = 2


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("£1,234.56", 123456),
        ("1234", 123400),
        ("0.05", 5),
        ("£ 5", 500),
        ("£-5", -500),
        ("\u2212£5.10", -510),
        ("75 p", 75),
    ],
)
def test_money_is_read_as_people_type_it(typed, pence):
    assert Money.parse(typed) == Money(pence)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "£",
        "1,23",
        "1,2345",
        "1.234",
        "1e5",
        "0x10",
        "--5",
        "-£-5x",
        "5 pounds",
        "\u0661\u0662",
        "12.5.1",
        "NaN",
        "9" * 40,
    ],
)
def test_money_that_cannot_be_read_is_refused_in_words(typed):
    with pytest.raises(NotAnAmount) as refusal:
        Money.parse(typed)
    assert refusal.value.expected in str(refusal.value)
    assert refusal.value.typed == typed


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("2 hours and 30 minutes", 150),
        ("2h30", 150),
        ("2h30m", 150),
        ("0:05", 5),
        ("1.25h", 75),
        ("2 awr 10 munud", 130),
        ("45 mins", 45),
        ("-1 h", -60),
    ],
)
def test_minutes_are_read_as_people_type_them(typed, minutes):
    assert Minutes.parse(typed) == Minutes(minutes)


@pytest.mark.parametrize("typed", ["", "90", "2.5", "1:75", "1.001 h", "h", "30 min 2 h", "two hours", "£5", "5 30"])
def test_minutes_that_cannot_be_read_are_refused(typed):
    with pytest.raises(NotAnAmount):
        Minutes.parse(typed)


@given(st.integers(-50, 50), st.integers(1, 50), st.integers(-50, 50), st.integers(1, 50))
def test_shares_are_exact(a, b, c, d):
    assert Share(a, b) + Share(c, d) - Share(c, d) == Share(a, b)
    assert (Share(a, b) < Share(c, d)) == (a * d < c * b)


def test_a_part_of_an_amount_is_a_share():
    assert Money(25) / Money(100) == Share(1, 4)
    with pytest.raises(UnusableQuantity):
        Money(1) / Money(0)


def test_a_period_takes_days_in_order():
    with pytest.raises(UnusableQuantity):
        Period(date(2026, 4, 1), date(2026, 4, 1))
    with pytest.raises(UnusableQuantity):
        Period(datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 4, 2, tzinfo=UTC))


@pytest.mark.parametrize(
    "numbers", [(1.0, 2.0, 3.0, 1), (float("nan"), 0.0, 1.0, 1), (0.5, 0.0, 1.0, -1), (0.5, 0.0, float("inf"), 1)]
)
def test_an_estimate_lies_in_its_interval(numbers):
    with pytest.raises(UnusableQuantity):
        Estimate(*numbers)
