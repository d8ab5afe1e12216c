import re
from itertools import pairwise
from math import isfinite
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundations.look import charts, colours, maps
from commonweal.foundations.look.charts import Point


def drawing(html: str) -> ElementTree.Element:
    svg = re.search(r"<svg.*?</svg>", html, re.DOTALL)
    assert svg
    return ElementTree.fromstring(svg[0])


SERIES = [Point("2021", 61.5), Point("2022", None), Point("2023", 66), Point("2024", 70)]


def test_a_line_has_title_description_and_every_number_in_a_table() -> None:
    html = charts.line("Buses on time", SERIES, unit="%", target=80, baseline=61.5)
    svg = drawing(html)
    assert svg.attrib["role"] == "img"
    assert [child.tag for child in svg][:2] == ["title", "desc"]
    assert "not known" in html
    for point in SERIES:
        assert f'<th scope="row" class="govuk-table__header">{point.label}</th>' in html


def test_a_gap_in_the_series_stays_a_gap() -> None:
    lines = drawing(charts.line("x", SERIES)).findall("polyline")
    assert len(lines) == 1


def test_target_and_baseline_are_named_and_not_told_by_colour_alone() -> None:
    html = charts.line("x", SERIES, target=80, baseline=61.5)
    assert "Target 80" in html
    assert "Where we began 61.5" in html


def test_no_date_runs_out_of_the_picture() -> None:
    days = ["27 September 2025 to 29 November 2025", "30 November 2025 to 2 February 2026"]
    for series in ([Point(day, 70) for day in days], [Point(days[0], 70)]):
        labels = [each for each in drawing(charts.line("x", series)).findall("text") if each.text in days]
        assert labels
        for label in labels:
            half = len(label.text or "") * charts.LETTER / 2
            assert half <= float(label.attrib["x"]) <= charts.WIDTH - half


def test_a_chart_of_nothing_says_so() -> None:
    assert "There are no numbers yet" in charts.line("x", [])
    assert "There are no numbers yet" in charts.bars("x", [])


def test_no_chart_has_inline_style_or_unescaped_words() -> None:
    wicked = '<script>alert("1")</script>'
    shape = maps.Shape(wicked, {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}, 1, wicked)
    for html in (
        charts.line(wicked, [Point(wicked, 1)], unit=wicked),
        charts.bars(wicked, [Point(wicked, 1, wicked)]),
        charts.cycle([charts.Stage("do", wicked, "/", [wicked])], title=wicked),
        maps.choropleth(wicked, [shape]),
    ):
        assert "<script" not in html
        assert "style=" not in html


@given(st.lists(st.floats(-1e12, 1e12, allow_nan=False), max_size=12))
def test_ticks_are_few_even_and_around_the_values(values: list[float]) -> None:
    ticks = charts.nice_ticks(values)
    assert 2 <= len(ticks) <= 12
    assert all(isfinite(tick) for tick in ticks)
    steps = {round((b - a) / (ticks[1] - ticks[0]), 3) for a, b in pairwise(ticks)}
    assert steps == {1.0}
    if values:
        slack = (ticks[1] - ticks[0]) * 1e-6
        assert ticks[0] <= min(values) + slack
        assert ticks[-1] >= max(values) - slack


SQUARE = {"type": "Polygon", "coordinates": [[[-4, 52], [-3.9, 52], [-3.9, 52.1], [-4, 52.1], [-4, 52]]]}


def test_a_map_lists_every_area_also_those_it_cannot_draw() -> None:
    html = maps.choropleth("Wards", [maps.Shape("Harbour", SQUARE, 3, "3"), maps.Shape("Old town", None, None)])
    assert html.count("<li>") == 2
    assert "no boundary known" in html
    assert len(drawing(html).findall("path")) == 1


def test_a_map_draws_holes_and_islands() -> None:
    ring = SQUARE["coordinates"][0]
    islands = {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": [[ring, ring], [ring]]}}
    assert len(maps.rings(islands)) == 3


@pytest.mark.parametrize(
    "wrong", [{}, {"type": "Point", "coordinates": [1, 2]}, {"type": "Polygon", "coordinates": [1]}]
)
def test_what_is_no_boundary_is_refused_by_name(wrong: dict[str, object]) -> None:
    with pytest.raises(maps.NotABoundary):
        maps.rings(wrong)


def test_a_map_keeps_its_shape_north_of_the_equator() -> None:
    frame = maps.Frame.around([(-4, 52), (-3.9, 52.1)])
    (west, south), (east, north) = frame.at((-4, 52)), frame.at((-3.9, 52.1))
    assert west < east
    assert north < south
    assert (east - west) / (south - north) == pytest.approx(0.615, abs=0.01)


@given(st.from_regex(r"\A#[0-9a-f]{6}\Z"))
def test_whatever_colour_a_place_has_its_words_can_be_read(colour: str) -> None:
    assert colours.is_readable(colours.readable(colour))


@pytest.mark.parametrize("wrong", ["red", "#fff", "#00594f;}body{display:none", ""])
def test_what_is_no_colour_never_reaches_the_stylesheet(wrong: str) -> None:
    assert f"--govuk-brand-colour:{colours.DEFAULT}" in colours.stylesheet(wrong)


def test_no_line_ends_between_a_number_and_its_unit() -> None:
    html = charts.line("Benches", [Point("2023", 12), Point("2024", 14)], unit="benches", target=20)
    assert "14\N{NO-BREAK SPACE}benches" in html
    assert "20\N{NO-BREAK SPACE}benches" in html
    assert "14 benches" not in html
