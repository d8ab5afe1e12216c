"""Which page serves a link of which purpose. A room registers its pages in its own `links.py`, found by autodiscovery:

    links.serve("decisions.draft", views.draft_by_link)

The page takes (request, link). On GET it shows (the first click), on POST it saves: the verb that it calls takes
`by=link` and calls `notices.use(link=link, at=at)` in its own transaction, so that it saves once. A link that is
forged, used or run out never reaches the page.

    links.open_receipt("dialogue", "contribution", views.line_of)

A room may show the line that a receipt opens with a page (request, subject) of its own; else our page shows what became
of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponseBase

from commonweal.foundations.verbs.refs import Ref

LinkPage = Callable[..., HttpResponseBase]

_pages: dict[str, LinkPage] = {}
_lines: dict[tuple[str, str], Callable[[Any, Ref], HttpResponseBase]] = {}


def serve(purpose: str, page: LinkPage) -> None:
    if _pages.setdefault(purpose, page) is not page:
        raise ValueError(f"two pages serve links for {purpose}")


def page_for(purpose: str) -> LinkPage | None:
    return _pages.get(purpose)


def open_receipt(room: str, kind: str, page: Callable[[Any, Ref], HttpResponseBase]) -> None:
    _lines[room, kind] = page


def line_page(subject: Ref) -> Callable[[Any, Ref], HttpResponseBase] | None:
    return _lines.get((subject.room, subject.kind))
