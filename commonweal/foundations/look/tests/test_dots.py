"""Dots, pairs and codes to scan: drawn without script or style, told again in a table."""

import re
from xml.etree import ElementTree

from commonweal.foundations.look import charts
from commonweal.foundations.look.charts import Cloud, Pair
from commonweal.foundations.look.qr import qr


def drawing(html: str) -> ElementTree.Element:
    svg = re.search(r"<svg.*?</svg>", html, re.DOTALL)
    assert svg
    return ElementTree.fromstring(svg[0])


def test_every_dot_is_drawn_inside_the_picture_and_every_cloud_is_named() -> None:
    clouds = [
        Cloud("A", [(0, 0), (400, 400)], "2 people"),
        Cloud("B", [(100, 300)], "1 person"),
        Cloud("", [(9, 9)], "1 person"),
    ]
    html = charts.dots("Where people stand", clouds, size=400)
    paths = [path.attrib["d"] for path in drawing(html).iter("path")]
    assert [len(re.findall("h0", path)) for path in paths] == [2, 1, 1]
    for x, y in re.findall(r"M(\d+) (\d+)h0", "".join(paths)):
        assert charts.EDGE <= int(x) <= charts.WIDTH - charts.EDGE
        assert charts.EDGE <= int(y) <= charts.DOTS_HEIGHT - charts.EDGE
    assert [text.text for text in drawing(html).iter("text")] == ["A", "B"]
    for told in ("Group A", "Group B", "In no group", "2 people"):
        assert told in html


def test_each_group_has_a_shape_of_its_own_beside_its_colour() -> None:
    html = charts.dots("x", [Cloud(name, [(1, 1)], "") for name in "ABCDE"], size=4)
    assert len({path.attrib["class"] for path in drawing(html).iter("path")}) == 5


def test_a_pair_is_drawn_to_one_measure_and_both_numbers_stand_in_the_table() -> None:
    rows = [Pair("Hill", 10, 40), Pair("Harbour", 20, None, ("", "too few"))]
    html = charts.pairs("Who took part", rows, names=("of the place", "of those who told us"))
    bars = [float(bar.attrib["width"]) for bar in drawing(html).iter("rect")][2:]
    assert bars == [charts.WIDTH / 4, charts.WIDTH, charts.WIDTH / 2, 0]
    assert "10 of the place, 40 of those who told us" in html
    assert "20 of the place, too few of those who told us" in html


def test_neither_has_inline_style_or_unescaped_words() -> None:
    wicked = '<script>alert("1")</script>'
    for html in (
        charts.dots(wicked, [Cloud(wicked, [(1, 1)], wicked)], size=2),
        charts.pairs(wicked, [Pair(wicked, 1, 2)], names=(wicked, wicked)),
    ):
        assert "<script" not in html
        assert "style=" not in html


def test_nothing_to_draw_says_so() -> None:
    assert "There are no numbers yet" in charts.pairs("x", [], names=("a", "b"))
    assert "There are no numbers yet" in charts.dots("x", [], size=1)


def test_a_code_grows_with_its_page_where_it_may_and_has_no_style() -> None:
    grows, fixed = (drawing(qr("https://place.example/c/word-word/", scales=scales)) for scales in (True, False))
    assert "viewBox" in grows.attrib
    assert "width" not in grows.attrib
    assert "width" in fixed.attrib
    assert "style" not in grows.attrib
