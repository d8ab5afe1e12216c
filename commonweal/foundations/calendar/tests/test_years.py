from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundations.calendar import FinancialYear, NotAYear, financial_year


def test_the_last_day_of_march_belongs_to_the_old_year_and_the_first_of_april_to_the_new() -> None:
    assert str(financial_year(date(2026, 3, 31))) == "2025-26"
    assert str(financial_year(date(2026, 4, 1))) == "2026-27"


def test_the_century_is_written_1999_00() -> None:
    assert str(FinancialYear(1999)) == "1999-00"
    assert FinancialYear.parse("1999-00") == FinancialYear(1999)


@pytest.mark.parametrize("written", ["2013-14", "2013/14", "2013-2014", "2013–14", "2013", " 2013-14 "])
def test_parse_reads_the_ways_in_which_councils_write_a_year(written: str) -> None:
    assert FinancialYear.parse(written) == FinancialYear(2013)


@pytest.mark.parametrize("written", ["", "13-14", "2013-15", "2013-2015", "2013-13", "year", "20134", "٢٠١٣", "2013-1"])
def test_parse_refuses_what_names_no_year(written: str) -> None:
    with pytest.raises(NotAYear) as refusal:
        FinancialYear.parse(written)
    assert "2026-27" in str(refusal.value)


@given(st.dates(date(1901, 1, 1), date(2200, 1, 1)))
def test_every_day_is_in_its_own_year_and_in_no_neighbour(day: date) -> None:
    year = financial_year(day)
    assert day in year
    assert day not in year.next
    assert day not in year.previous
    assert FinancialYear.parse(str(year)) == year
