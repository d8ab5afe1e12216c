"""Which page serves a link of which purpose. A room registers its pages in its own `links.py`, found by autodiscovery:

    links.serve("decisions.draft", views.draft_by_link)

The page takes (request, link). On GET it shows (the first click), on POST it saves: the verb that it calls takes
`by=link` and calls `notices.use(link=link, at=at)` in its own transaction, so that it saves once. A link that is
forged, used or run out never reaches the page.

With `asks=` the room says what is asked, for the mail that brings the link; without it the mail tells the step alone.

With `news` it says what became of what its holder did with it:

    links.news("decisions.draft", requests.what_became_of_it)

    links.open_receipt("dialogue", "contribution", views.line_of)

A room may show the line that a receipt opens with a page (request, subject) of its own; else our page shows what became
of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase

from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.refs import Ref

from .models import Link

LinkPage = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Asked:
    """What the holder of a link is asked, in words, for the mail that brings it.

    Of what is not public the mail says neither name nor words: they wait behind the link.
    """

    #: The mail's subject. It shows on a locked telephone, so it never says what it is about.
    headline: str
    #: Who asks, and for what.
    ask: str
    #: The name of what it is about.
    about: str = ""
    #: What else the holder should know, each a sentence: how many wait, by when.
    facts: tuple[str, ...] = ()
    #: People's own words about it, and what to call them.
    said: tuple[str, ...] = ()
    #: A note from whoever asks.
    note: str = ""
    #: For what the link is good, and for how long.
    rules: str = ""


@dataclass(frozen=True)
class Told:
    """What became of what the holder of a link did with it, for a short mail. Nothing is asked of them any more."""

    #: The mail's subject: as of `Asked`.
    headline: str
    words: str
    #: A page that they can open without an account, where there is one.
    page: str = ""


#: Nothing where the step is no news of what was done with the link.
News = Callable[[Link, Step], Told | None]
#: Nothing where the link leads nowhere.
Asks = Callable[[Link], Asked | None]

_pages: dict[str, LinkPage] = {}
_asks: dict[str, Asks] = {}
_news: dict[str, News] = {}
_lines: dict[tuple[str, str], Callable[[Any, Ref], HttpResponseBase]] = {}


def serve(purpose: str, page: LinkPage, *, asks: Asks | None = None) -> None:
    if _pages.setdefault(purpose, page) is not page:
        raise ValueError(f"two pages serve links for {purpose}")
    if asks is not None:
        _asks[purpose] = asks


def asked_of(link: Link) -> Asked | None:
    """What its room says of the link, where it says anything."""
    asks = _asks.get(link.purpose)
    return asks(link) if asks is not None else None


def news(purpose: str, told: News) -> None:
    _news[purpose] = told


def told_of(link: Link, step: Step) -> Told | None:
    """What the link's room says of the step to whoever used the link, where it says anything."""
    told = _news.get(link.purpose)
    return told(link, step) if told is not None and link.used_at is not None else None


def page_for(purpose: str) -> LinkPage | None:
    return _pages.get(purpose)


def open_receipt(room: str, kind: str, page: Callable[[Any, Ref], HttpResponseBase]) -> None:
    _lines[room, kind] = page


def line_page(subject: Ref) -> Callable[[Any, Ref], HttpResponseBase] | None:
    return _lines.get((subject.room, subject.kind))
