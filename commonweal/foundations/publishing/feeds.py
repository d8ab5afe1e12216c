"""Feeds of what happens here: Atom (RFC 4287) and JSON Feed 1.1. Public steps alone, told as to a stranger.

An entry's id is the step's own uuid, so it stays the same for ever. Words that were removed are not in it: they are
asked for when the feed is made, and are gone by then.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from commonweal.foundations.notices.composing import place_name
from commonweal.foundations.thread import queries as thread
from commonweal.foundations.thread import telling

ATOM = "http://www.w3.org/2005/Atom"
AT_MOST = 50
#: What XML 1.0 cannot hold.
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """One step in a feed."""

    id: str
    title: str
    quote: str
    word: str
    address: str
    at: datetime


def entries() -> list[Entry]:
    """The newest public steps, as they are told to somebody who is not signed in."""
    lines = telling.lines(thread.latest_public(AT_MOST), person=None)
    return [_entry(line) for line in lines if line.is_public and line.uuid is not None and line.at is not None]


def atom(entries: Sequence[Entry], *, self_address: str) -> bytes:
    """The feed as Atom."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": _language()})
    _add(feed, "id", self_address)
    _add(feed, "title", place_name())
    _add(feed, "updated", _moment(max((entry.at for entry in entries), default=datetime(2000, 1, 1, tzinfo=UTC))))
    _add(_add(feed, "author"), "name", place_name())
    _add(feed, "link", rel="self", type="application/atom+xml", href=self_address)
    _add(feed, "link", rel="alternate", type="text/html", href=f"{settings.SITE_ADDRESS}/")
    for entry in entries:
        element = _add(feed, "entry")
        _add(element, "id", entry.id)
        _add(element, "title", entry.title)
        _add(element, "updated", _moment(entry.at))
        _add(element, "link", rel="alternate", type="text/html", href=entry.address)
        if entry.word:
            _add(element, "category", term=entry.word)
        _add(element, "summary", entry.quote or entry.title)
    return ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)


def json_feed(entries: Sequence[Entry], *, self_address: str) -> dict[str, Any]:
    """The feed as JSON Feed 1.1."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": place_name(),
        "home_page_url": f"{settings.SITE_ADDRESS}/",
        "feed_url": self_address,
        "language": _language(),
        "items": [
            {
                "id": entry.id,
                "url": entry.address,
                "title": entry.title,
                "content_text": entry.quote or entry.title,
                "date_published": _moment(entry.at),
                "tags": [entry.word] if entry.word else [],
            }
            for entry in entries
        ],
    }


def _entry(line: telling.Line) -> Entry:
    page = line.page or reverse("thread:step", args=[line.uuid])
    at = line.at or datetime(2000, 1, 1, tzinfo=UTC)
    return Entry(f"urn:uuid:{line.uuid}", line.title, line.quote, line.word, f"{settings.SITE_ADDRESS}{page}", at)


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    fit = {key: _UNFIT.sub("", value) for key, value in attributes.items()}
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", fit)
    if text:
        element.text = _UNFIT.sub("", text)
    return element


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
