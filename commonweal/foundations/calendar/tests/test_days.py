"""Sentences that a clerk can check against a printed calendar."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundations import calendar

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
NATIONS = st.sampled_from(["ENG", "WLS", "SCT", "NIR"])


def test_after_maundy_thursday_2026_the_next_working_day_in_england_is_easter_tuesday() -> None:
    assert calendar.add_working_days(date(2026, 4, 2), 1) == date(2026, 4, 7)


def test_after_maundy_thursday_2026_the_next_working_day_in_scotland_is_easter_monday() -> None:
    assert calendar.add_working_days(date(2026, 4, 2), 1, "SCT") == date(2026, 4, 6)


def test_boxing_day_2026_is_a_saturday_so_monday_28_december_is_a_bank_holiday() -> None:
    assert date(2026, 12, 26).weekday() == 5
    assert not calendar.is_working_day(date(2026, 12, 28))
    assert calendar.is_working_day(date(2026, 12, 29))


def test_christmas_2021_fell_on_a_weekend_so_27_and_28_december_were_bank_holidays() -> None:
    assert calendar.add_working_days(date(2021, 12, 24), 1) == date(2021, 12, 29)


def test_christmas_2022_fell_on_a_sunday_so_tuesday_27_december_was_its_substitute() -> None:
    assert calendar.add_working_days(date(2022, 12, 23), 1) == date(2022, 12, 28)


def test_in_2022_the_spring_holiday_moved_to_2_june_and_the_jubilee_was_3_june() -> None:
    assert calendar.is_working_day(date(2022, 5, 30))
    assert calendar.add_working_days(date(2022, 6, 1), 1) == date(2022, 6, 6)
    assert "Jubilee" in calendar.bank_holidays(2022)[date(2022, 6, 3)]


def test_ve_day_2020_moved_the_may_holiday_to_friday_8_may() -> None:
    assert calendar.is_working_day(date(2020, 5, 4))
    assert not calendar.is_working_day(date(2020, 5, 8))


def test_saint_patricks_day_2026_is_a_holiday_in_northern_ireland_only() -> None:
    free = {nation for nation in calendar.Nation if not calendar.is_working_day(date(2026, 3, 17), nation)}
    assert free == {"NIR"}


def test_2_january_2026_is_a_holiday_in_scotland_only() -> None:
    free = {nation for nation in calendar.Nation if not calendar.is_working_day(date(2026, 1, 2), nation)}
    assert free == {"SCT"}


def test_saint_andrews_day_2026_is_a_working_day_in_wales() -> None:
    assert calendar.is_working_day(date(2026, 11, 30), "WLS")
    assert not calendar.is_working_day(date(2026, 11, 30), "SCT")


def test_twenty_working_days_from_a_letter_on_1_april_2026_end_on_30_april() -> None:
    # 2 April, then from Tuesday 7 to Thursday 30 April: 1 + 4 + 5 + 5 + 4 = 19 to the 30th, and the twentieth is 1 May.
    assert calendar.working_days_between(date(2026, 4, 1), date(2026, 4, 30)) == 19
    assert calendar.add_working_days(date(2026, 4, 1), 20) == date(2026, 5, 1)


def test_no_working_days_from_a_saturday_is_the_monday_after() -> None:
    assert calendar.add_working_days(date(2026, 6, 13), 0) == date(2026, 6, 15)
    assert calendar.add_working_days(date(2026, 6, 15), 0) == date(2026, 6, 15)


def test_an_unknown_nation_is_refused() -> None:
    with pytest.raises(ValueError, match="FRA"):
        calendar.is_working_day(date(2026, 6, 15), "FRA")


@given(DAYS, st.integers(1, 260), NATIONS)
def test_counting_forward_and_measuring_agree(on: date, days: int, nation: str) -> None:
    due = calendar.add_working_days(on, days, nation)
    assert calendar.is_working_day(due, nation)
    assert calendar.working_days_between(on, due, nation) == days
    assert calendar.working_days_between(due, on, nation) == -days


@given(DAYS, st.integers(1, 60), NATIONS)
def test_going_back_and_forward_again_comes_home_from_a_working_day(on: date, days: int, nation: str) -> None:
    on = calendar.next_working_day(on, nation)
    back = calendar.add_working_days(on, -days, nation)
    assert calendar.add_working_days(back, days, nation) == on
