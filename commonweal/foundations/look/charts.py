"""Charts as SVG, made on the server: no script, no inline style; with title, description, and a table.

    charts.line(_("Buses on time"), [Point("2023", 61.5), Point("2024", 64.0)], unit="%", target=80, baseline=61.5)
    charts.bars(_("Hours given"), [Point(_("Harbour"), 120), Point(_("Hill"), 86)])
    charts.pairs(_("Who took part"), [Pair(_("Hill"), 12, 4)], names=(_("of the place"), _("of those who told us")))
    charts.dots(_("Where people stand"), [Cloud("A", [(3, 4)], _("12 people"))], size=400)
    charts.cycle([Stage("understand", _("Understand"), "/understand/", ["31 suggestions"]), …])

Each answers safe HTML: put it into a template as it is. Colour is never the only signal: the target is dashed, the
baseline dotted, both are named, and every value stands in the table.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _

WIDTH, HEIGHT = 560, 320
LEFT, RIGHT, TOP, BOTTOM = 72, 12, 30, 46
#: Width of a letter on an axis, and the units that stand with every number there; others are named in the words.
LETTER, SIGNS = 7.5, ("£", "%")
BAR, GAP, LONGEST_BAR = 22, 44, WIDTH
#: Two bars with their words; the key above them; the margin and height of a plane, and when its dots become small.
PAIR, LEGEND, EDGE, DOTS_HEIGHT, MANY_DOTS = 66, 72, 24, 400, 300
#: Differences smaller than this share are drawn as none.
LEAST = 1e-9


@dataclass(frozen=True)
class Point:
    """One value; None where nothing is known, which breaks the line and says so in the table."""

    label: str
    value: float | int | None
    #: How the value is written; by default the number and the unit.
    shown: str = ""


@dataclass(frozen=True)
class Pair:
    """Two values of one thing, to be held against each other, and how they are written."""

    label: str
    first: float
    second: float | None
    shown: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Cloud:
    """Points that belong together: a name that stands among them, places, and how they are told in the table."""

    name: str
    places: Sequence[tuple[float, float]]
    shown: str


@dataclass(frozen=True)
class Stage:
    """One quarter of the cycle: its key (understand, plan, do, review), name, page, and how it stands."""

    key: str
    name: str
    page: str
    lines: Sequence[str] = ()


def line(
    title: str,
    points: Sequence[Point],
    *,
    unit: str = "",
    target: float | None = None,
    baseline: float | None = None,
    about: str = "",
    ident: str = "",
) -> SafeString:
    """A line through points in time, with a target and a baseline where they are known."""
    known = [point.value for point in points if point.value is not None]
    ticks = nice_ticks([*known, *(level for level in (target, baseline) if level is not None)])
    up = _scale(ticks[0], ticks[-1], HEIGHT - BOTTOM, TOP)
    across = _scale(0, max(len(points) - 1, 1), LEFT + 20, WIDTH - RIGHT - 20)
    dots = [
        (across(i), up(point.value), _written(point, unit)) for i, point in enumerate(points) if point.value is not None
    ]
    levels = _levels(up, target, baseline, unit)
    return _drawn(
        "look/charts/line.html",
        title,
        ident,
        points=points,
        unit=unit,
        about=about or _in_words(points, unit, target, baseline),
        height=HEIGHT,
        ticks=[(up(tick), _number(tick, unit if unit in SIGNS else "")) for tick in ticks],
        runs=_runs(points, across, up),
        dots=dots,
        labels=_thinned([(across(i), point.label) for i, point in enumerate(points)]),
        levels=levels,
        floor=HEIGHT - BOTTOM,
        right=WIDTH - RIGHT,
        left=LEFT,
    )


def bars(title: str, points: Sequence[Point], *, unit: str = "", about: str = "", ident: str = "") -> SafeString:
    """Lying bars, one for each thing, in the order given."""
    most = max([point.value for point in points if point.value is not None] + [0]) or 1
    long = _scale(0, most, 0, LONGEST_BAR)
    rows = [
        (i * (BAR + GAP), point.label, long(max(point.value or 0, 0)), _written(point, unit))
        for i, point in enumerate(points)
    ]
    return _drawn(
        "look/charts/bars.html",
        title,
        ident,
        points=points,
        unit=unit,
        about=about or _in_words(points, unit),
        height=max(len(points) * (BAR + GAP), 10),
        rows=rows,
    )


def pairs(
    title: str, rows: Sequence[Pair], *, names: tuple[str, str], unit: str = "", about: str = "", ident: str = ""
) -> SafeString:
    """Two lying bars for each thing, the first in outline, the second full; all to one measure."""
    most = max([max(row.first, row.second or 0) for row in rows] + [0]) or 1
    long = _scale(0, most, 0, LONGEST_BAR)
    points = [Point(row.label, row.first, _both(row, names, unit)) for row in rows]
    return _drawn(
        "look/charts/pairs.html",
        title,
        ident,
        points=points,
        unit=unit,
        about=about or _in_words(points, unit),
        height=LEGEND + max(len(rows) * PAIR, 10),
        names=names,
        rows=[
            (LEGEND + i * PAIR, row.label, long(row.first), long(row.second or 0), *_written_pair(row, unit))
            for i, row in enumerate(rows)
        ],
    )


def _written_pair(row: Pair, unit: str) -> tuple[str, str]:
    second = _("not known") if row.second is None else _number(row.second, unit)
    return row.shown[0] or _number(row.first, unit), row.shown[1] or second


def _both(row: Pair, names: tuple[str, str], unit: str) -> str:
    first, second = _written_pair(row, unit)
    return f"{first} {names[0]}, {second} {names[1]}"


def dots(title: str, clouds: Sequence[Cloud], *, size: float, about: str = "", ident: str = "") -> SafeString:
    """Points on a plane whose directions have no names. Each cloud has a shape and a colour of its own, and its name in
    its middle.

    Args:
        size: the largest place either way; the smallest is nought.
    """
    across, up = _scale(0, size, EDGE, WIDTH - EDGE), _scale(0, size, DOTS_HEIGHT - EDGE, EDGE)
    count = sum(len(cloud.places) for cloud in clouds)
    points = [Point(cloud_name(cloud.name), len(cloud.places), cloud.shown) for cloud in clouds]
    return _drawn(
        "look/charts/dots.html",
        title,
        ident,
        points=points,
        unit="",
        about=about or "; ".join(f"{point.label}: {point.shown}" for point in points) + ".",
        height=DOTS_HEIGHT,
        kind="few" if count <= MANY_DOTS else "many",
        clouds=[(cloud.name, _marks(cloud, across, up), *_middle(cloud, across, up)) for cloud in clouds],
    )


def cloud_name(name: str) -> str:
    return _("Group %s") % name if name else _("In no group")


def _marks(cloud: Cloud, across: Callable[[float], float], up: Callable[[float], float]) -> str:
    """Lines of no length: their ends are the dots. A tenth of the bytes of as many circles."""
    return "".join(f"M{across(x):.0f} {up(y):.0f}h0" for x, y in cloud.places)


def _middle(cloud: Cloud, across: Callable[[float], float], up: Callable[[float], float]) -> tuple[float, float]:
    count = max(len(cloud.places), 1)
    return across(sum(x for x, _y in cloud.places) / count), up(sum(y for _x, y in cloud.places) / count)


def cycle(stages: Sequence[Stage], *, title: str = "") -> SafeString:
    """The four stages as a turning ring with what happens in each beside it; the words are links."""
    return SafeString(
        render_to_string(
            "look/charts/cycle.html", {"stages": stages, "title": title or _("How our place works together")}
        )
    )


def nice_ticks(values: Sequence[float], wanted: int = 4) -> list[float]:
    """Round numbers below, between and above the values. Nothing at all is drawn from 0 to 1.

    >>> nice_ticks([61.5, 80])
    [60.0, 65.0, 70.0, 75.0, 80.0]
    >>> nice_ticks([])
    [0.0, 1.0]
    """
    if not values:
        return [0.0, 1.0]
    low, high = min(values), max(values)
    if high - low <= max(abs(low), abs(high), LEAST) * LEAST:
        low, high = (0.0, high) if high > LEAST else (low, 0.0) if low < -LEAST else (0.0, 1.0)
    elif 0 < low < high / 2:
        low = 0.0
    rough = (high - low) / wanted
    size = 10.0 ** floor(log10(rough))
    step = next(size * times for times in (1, 2, 2.5, 5, 10) if size * times >= rough * 0.999)
    first, last = floor(low / step), ceil(high / step - 1e-9)
    return [float(f"{step * n:.12g}") for n in range(first, last + 1)]


def _scale(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    return lambda value: round(start + (value - low) / ((high - low) or 1) * (end - start), 1)


def _runs(points: Sequence[Point], across: Callable[[float], float], up: Callable[[float], float]) -> list[str]:
    """Polylines between neighbours that are both known: a gap stays a gap."""
    return [
        f"{across(i)},{up(one.value)} {across(i + 1)},{up(next_one.value)}"
        for i, (one, next_one) in enumerate(pairwise(points))
        if one.value is not None and next_one.value is not None
    ]


def _levels(
    up: Callable[[float], float], target: float | None, baseline: float | None, unit: str
) -> list[tuple[str, float, float, str]]:
    """Target and baseline: (kind, y of the line, y of its words, words), moved apart where words would collide."""
    named = (("target", target, _("Target %s")), ("baseline", baseline, _("Where we began %s")))
    shown = [
        (kind, up(level), up(level) - 8, words % _number(level, unit))
        for kind, level, words in named
        if level is not None
    ]
    if len(shown) == 2 and abs(shown[0][1] - shown[1][1]) < 30:
        kind, y, _words_y, words = shown[1]
        shown[1] = (kind, y, y + 24, words)
    return shown


def _thinned(labels: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """Every nth label, so that they never run into each other; the table has them all."""
    longest = max((len(label) for _, label in labels), default=1) * LETTER + LETTER
    most = max(int((WIDTH - LEFT - RIGHT) / longest), 1)
    return [(_inside(x, label), label) for x, label in labels[:: ceil(len(labels) / most) or 1]]


def _inside(x: float, label: str) -> float:
    """The middle of a label, moved so that neither end runs out of the picture."""
    half = len(label) * LETTER / 2
    return max(half, min(x, WIDTH - half))


def _number(value: float, unit: str = "") -> str:
    written = f"{value:,.2f}".rstrip("0").rstrip(".")
    if unit in SIGNS:
        return f"£{written}" if unit == "£" else f"{written}{unit}"
    return f"{written}\N{NO-BREAK SPACE}{unit}".strip()  # no line ends between a number and its unit


def _written(point: Point, unit: str) -> str:
    if point.value is None:
        return _("not known")
    return point.shown or _number(point.value, unit)


def _in_words(points: Sequence[Point], unit: str, target: float | None = None, baseline: float | None = None) -> str:
    known = [point for point in points if point.value is not None]
    if not known:
        return _("There are no numbers yet.")
    said = [
        f"{point.label}: {_written(point, unit)}" for point in (known if len(known) <= 4 else [known[0], known[-1]])
    ]
    if baseline is not None:
        said.append(_("Where we began %s") % _number(baseline, unit))
    if target is not None:
        said.append(_("Target %s") % _number(target, unit))
    return "; ".join(said) + "."


def _drawn(template: str, title: str, ident: str, *, points: Sequence[Point], unit: str, **drawing: Any) -> SafeString:
    """The figure with its table. `ident` tells two charts of one title on one page apart."""
    table = [(point.label, _written(point, unit)) for point in points]
    given = {"title": title, "ident": f"chart-{ident or slugify(title) or 'here'}", "table": table, "width": WIDTH}
    return SafeString(render_to_string(template, given | drawing))
