from datetime import date

import pytest

from commonweal.foundations import calendar


def test_papers_for_a_meeting_in_england_on_tuesday_16_june_2026_go_out_on_monday_8_june() -> None:
    assert calendar.papers_due(date(2026, 6, 16)) == date(2026, 6, 8)


def test_papers_for_a_meeting_on_wednesday_8_april_2026_go_out_before_easter_week() -> None:
    # clear: 7 April, 2 April, 1 April, 31 March, 30 March
    assert calendar.papers_due(date(2026, 4, 8)) == date(2026, 3, 27)


def test_wales_and_scotland_ask_for_three_clear_days() -> None:
    assert calendar.clear_days(date(2026, 6, 16), "WLS") == 3
    assert calendar.papers_due(date(2026, 6, 23), "SCT") == date(2026, 6, 17)


def test_scotland_kept_15_june_2026_free_so_its_papers_for_the_16th_go_out_a_day_earlier() -> None:
    assert calendar.papers_due(date(2026, 6, 16), "SCT") == date(2026, 6, 9)
    assert calendar.papers_due(date(2026, 6, 16), "WLS") == date(2026, 6, 10)


def test_england_asked_for_three_clear_days_until_september_2002() -> None:
    assert calendar.clear_days(date(2002, 9, 30)) == 3
    assert calendar.clear_days(date(2002, 10, 1)) == 5


def test_a_nation_whose_rule_is_not_in_the_file_is_refused_in_words() -> None:
    with pytest.raises(calendar.NoticeNotKnown, match="We do not know"):
        calendar.papers_due(date(2026, 6, 16), "NIR")


def test_the_hold_before_the_local_elections_of_1_may_2025_began_on_25_march() -> None:
    assert not calendar.is_held(date(2025, 3, 24))
    assert calendar.is_held(date(2025, 3, 25))
    assert calendar.is_held(date(2025, 5, 1))
    assert not calendar.is_held(date(2025, 5, 2))


def test_the_hold_before_the_local_elections_of_2_may_2024_began_on_26_march() -> None:
    (hold,) = calendar.holds_on(date(2024, 4, 1))
    assert hold.from_on == date(2024, 3, 26)


def test_the_hold_before_the_general_election_of_2024_began_on_25_may_everywhere() -> None:
    for nation in calendar.Nation:
        (hold,) = calendar.holds_on(date(2024, 5, 25), nation)
        assert hold.poll_on == date(2024, 7, 4)
        assert not calendar.is_held(date(2024, 5, 24), nation)
