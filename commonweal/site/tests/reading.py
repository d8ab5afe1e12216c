"""What somebody reads on a page: its words, without those that say of themselves that they are in another language."""

from __future__ import annotations

import re
from html.parser import HTMLParser

#: Elements that close themselves: nothing is inside them.
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
#: What is on a page but not read.
UNREAD = {"script", "style", "template", "code", "pre"}
#: What is read aloud or shown, though it stands in an attribute.
SPOKEN = {"alt", "aria-label", "placeholder", "title", "data-label", "data-error-prefix"}


class Reading(HTMLParser):
    """Collects `texts` (each the words of one piece of text in the page's own language), `links` and `language`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.links: list[str] = []
        self.language = ""
        self._open: list[tuple[str, bool]] = []

    @classmethod
    def of(cls, page: str) -> Reading:
        reading = cls()
        reading.feed(page)
        reading.close()
        return reading

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = attributes.get("lang", "")
        language = attributes.get("lang", self.language)
        skipped = self._skips or tag in UNREAD or language != self.language
        if not skipped:
            for name in SPOKEN & attributes.keys():
                self._keep(attributes[name])
            if tag in {"input", "button"} and attributes.get("type") in {"submit", "button"}:
                self._keep(attributes.get("value", ""))
        if tag == "a" and attributes.get("href"):
            self.links.append(attributes["href"])
        if tag not in VOID:
            self._open.append((tag, skipped))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self._skips:
            self._keep(data)

    @property
    def _skips(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def _keep(self, text: str) -> None:
        if words := re.sub(r"\s+", " ", text).strip():
            self.texts.append(words)
