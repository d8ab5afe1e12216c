"""An opinion map as one HTML page without anything from elsewhere: a chart with a table that says the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

import numpy as np

from .mapping import OpinionMap
from .statements import Telling
from .telling import ALWAYS, NOTES, sentence

WIDTH, HEIGHT, MARGIN = 640, 480, 20
#: Each group has a shape and a colour of its own, so that colour is never the only sign.
COLOURS = ("#1d70b8", "#b35900", "#00703c", "#6f2da8", "#a3123a")

STYLE = """
body{font:18px/1.5 sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#0b0c0c}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #b1b4b6}
svg{max-width:100%;height:auto;border:1px solid #b1b4b6}.none{fill:none;stroke:#505a5f}
""" + "".join(f".g{number}{{fill:{colour}}}" for number, colour in enumerate(COLOURS))


def page(made: OpinionMap, words: Mapping[int, str] | None = None, *, title: str = "Opinion map") -> str:
    """The whole page."""
    people, statements = made.votes.shape
    parts = [
        f"<h1>{escape(title)}</h1>",
        f"<p>{people:,} people cast {len(made.votes):,} votes on {statements:,} statements. "
        f"{made.clustered:,} of them voted enough to be in a group.</p>",
        *(f"<p><strong>{escape(NOTES[code])}</strong></p>" for code in made.notes),
        _told("What unites all groups" if made.groups else "What most people say", made.uniting, made, words),
        _told("What divides them", made.dividing, made, words),
        _groups(made, words) if made.groups else "",
        "<h2>What a map cannot know</h2>",
        _list(ALWAYS),
    ]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>{''.join(parts)}</main></body></html>"
    )


def chart(made: OpinionMap) -> str:
    """Every person as a mark: the group's shape, or a ring outside any; who stands far out is put at the edge."""
    assert made.plane is not None
    shown = made.is_clustered
    points = made.plane.points[shown]
    grouped = points[made.labels[shown] >= 0]
    low, high = grouped.min(axis=0), grouped.max(axis=0)
    scale = np.array([WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN]) / np.maximum(high - low, 1e-9)
    places = (points.clip(low, high) - low) * scale + MARGIN
    marks = [_mark(int(label), x, HEIGHT - y) for label, (x, y) in zip(made.labels[shown], places, strict=True)]
    said = ", ".join(f"group {group.name}: {group.size:,} people" for group in made.groups)
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="map-title map-said">'
        f'<title id="map-title">Where people stand</title><desc id="map-said">{said}. '
        f"The table says the same.</desc>{''.join(marks)}</svg>"
    )


def _mark(label: int, x: float, y: float) -> str:
    if label < 0:
        return f'<circle class="none" cx="{x:.1f}" cy="{y:.1f}" r="3"/>'
    if label % 3 == 1:
        return f'<rect class="g{label}" x="{x - 3:.1f}" y="{y - 3:.1f}" width="6" height="6"/>'
    if label % 3 == 2:
        return f'<path class="g{label}" d="M{x:.1f} {y - 4:.1f}l4 7h-8z"/>'
    return f'<circle class="g{label}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>'


def _groups(made: OpinionMap, words: Mapping[int, str] | None) -> str:
    rows = "".join(
        f'<tr><th scope="row">{group.name}</th><td>{group.size:,}</td>'
        f"<td>{'not tried' if group.stability is None else f'{group.stability:.0%}'}</td></tr>"
        for group in made.groups
    )
    said = "".join(
        _told(f"What group {group.name} says more than others", group.representative, made, words, level=3)
        for group in made.groups
    )
    return (
        f"<h2>Groups</h2>{chart(made)}<table><caption>People in each group, and how well it comes out again</caption>"
        '<thead><tr><th scope="col">Group</th><th scope="col">People</th><th scope="col">Comes out again</th></tr>'
        f"</thead><tbody>{rows}</tbody></table>{said}"
    )


def _told(
    title: str, told: Iterable[Telling], made: OpinionMap, words: Mapping[int, str] | None, *, level: int = 2
) -> str:
    sentences = [sentence(each, made, words) for each in told]
    return f"<h{level}>{escape(title)}</h{level}>{_list(sentences)}" if sentences else ""


def _list(sentences: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(each)}</li>' for each in sentences)}</ul>"
