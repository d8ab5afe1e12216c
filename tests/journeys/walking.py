"""Somebody walks through the whole house: follows every link that they are shown, twice where many look alike, and
looks at every page that nobody has looked at before. No form is sent.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qs, urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import APIResponse

from .looking import NARROW, WIDE, problems_of_access, width_too_much
from .visitors import Visitor

#: Links of one pattern that one person follows.
EXAMPLES = 2
#: Links that lead out of the house, and files, are not pages to look at.
AWAY = {"front:leave"}
#: What differs each time that a page is shown, and what belongs to the frame.
FRESH = re.compile(r'name="(?:csrfmiddlewaretoken|sent_as|key|next)"[^>]*value="[^"]*"')


@dataclass
class Walk:
    """What was found on the way, over all the people who walked."""

    looked: dict[str, str] = field(default_factory=dict)  # digest of a page, or of its shape → where it was
    names: set[str] = field(default_factory=set)  # names of the addresses whose pages, or files, were shown
    forms: dict[str, tuple[str, str]] = field(default_factory=dict)  # name of the address → who, path
    broken: list[str] = field(default_factory=list)
    inaccessible: list[str] = field(default_factory=list)
    too_wide: list[str] = field(default_factory=list)

    def through(self, window: Visitor, *, start: list[str]) -> None:
        """Breadth first, so that the nearest pages are seen first."""
        ahead, followed, met = deque((path, "typed") for path in start), Counter[str](), set(start)
        while ahead:
            path, behind = ahead.popleft()
            name = name_of(path)
            if name is None:
                self.broken.append(f"{window.name}: {behind} links to {path}, which is no address of ours")
                continue
            alike = f"{name}?{'&'.join(sorted(parse_qs(urlsplit(path).query)))}"
            if name in AWAY or followed[alike] >= EXAMPLES:
                continue
            followed[alike] += 1
            response = window.page.request.get(window.url + path, max_redirects=5)
            if response.status != 200:
                self.broken.append(f"{window.name}: {behind} links to {path}: {response.status}")
                continue
            self.names.add(name)
            if not response.headers["content-type"].startswith("text/html"):
                continue
            links = dict.fromkeys(link for link in links_in(response, window.url) if link not in met)
            ahead.extend((link, path) for link in links)
            met.update(links)
            self._look(window, path, name, response.text())

    def _look(self, window: Visitor, path: str, name: str, html: str) -> None:
        here = f"{window.name or 'a stranger'} at {path}"
        if 'method="post"' in _main(html) and " required" in _main(html):
            self.forms.setdefault(name, (window.name, path))
        if not self._is_new(FRESH.sub("", _main(html)), here):
            return
        window.go(path)
        if self._is_new(shape_of(_main(html)), here):
            self.inaccessible += [f"{here}: {problem}" for problem in problems_of_access(window.page)]
        for size in (NARROW, WIDE):
            window.page.set_viewport_size(size)
            if more := width_too_much(window.page):
                self.too_wide.append(f"{here}: {more} px too wide at {size['width']} px")

    def _is_new(self, sight: str, here: str) -> bool:
        digest = hashlib.sha256(sight.encode()).hexdigest()
        return self.looked.setdefault(digest, here) is here


def shape_of(html: str) -> str:
    """A page without its words and addresses: two pages of one shape differ in nothing that axe looks at."""
    elements = re.findall(r"<(\w+)((?:\s+[\w:-]+(?:=\"[^\"]*\")?)*)", html)
    manners = (re.sub(r'((?!class|role|type)\b[\w:-]+)="[^"]*"', r"\1", said) for _, said in elements)
    return "".join(dict.fromkeys(f"<{tag}{how}>" for (tag, _), how in zip(elements, manners, strict=True)))


def name_of(path: str) -> str | None:
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return None


def links_in(response: APIResponse, house: str) -> Iterator[str]:
    """Addresses of this house in the order in which they stand on the page."""
    for found in re.findall(r'<a\b[^>]*\bhref="([^"]*)"', response.text()):
        whole = urljoin(response.url, unescape(found))
        if whole.startswith(f"{house}/"):
            yield whole.removeprefix(house).partition("#")[0]


def _main(html: str) -> str:
    return html.partition('class="cw-before"')[2].partition("<footer")[0]
