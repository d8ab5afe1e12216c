"""A visitor and their window: what a hand can do on a page, in the words that stand on it.

Every step waits for the page that it leads to, asks that it came with the right status, and looks at it in the ways
that this visitor was told to look (`checks`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from playwright.sync_api import Locator, Page, Response

Check = Callable[[Page], None]
EVERYDAY = 200


@dataclass
class Visitor:
    """One person's browser window, which remembers what went wrong in it."""

    page: Page
    url: str
    checks: tuple[Check, ...] = ()
    name: str = ""
    statuses: set[int] = field(default_factory=set)
    said: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        """What the console complained of, but for the refusals that were looked for."""
        looked_for = [f"the server responded with a status of {status} " for status in self.statuses]
        return [fault for fault in self.said if not any(words in fault for words in looked_for)]

    # Going about

    def go(self, path: str, *, expecting: int = EVERYDAY) -> Page:
        """Type an address: of this place, or whole."""
        self._expect(expecting)
        response = self.page.goto(path if path.startswith("http") else self.url + path)
        return self._arrived(response, expecting)

    def sign_in_as(self, name: str) -> Page:
        self.go("/town/")
        self.press(f"Sign in as {name}")
        self.name = name
        return self.page

    def follow(self, words: str, *, within: Locator | None = None, expecting: int = EVERYDAY) -> Page:
        """Follow the first link whose words these are; some of them look like buttons, and say so."""
        self._expect(expecting)
        room = within or self.page
        with self.page.expect_navigation() as going:
            room.get_by_role("link", name=words).or_(room.get_by_role("button", name=words)).first.click()
        return self._arrived(going.value, expecting)

    def press(self, words: str, *, within: Locator | None = None, expecting: int = EVERYDAY) -> Page:
        """Press the button whose words these are, wholly."""
        self._expect(expecting)
        with self.page.expect_navigation() as going:
            (within or self.page).get_by_role("button", name=words, exact=True).first.click()
        return self._arrived(going.value, expecting)

    # Filling in

    def unfold(self, words: str) -> Locator:
        """Open what is folded away under these words."""
        folded = self.page.locator("details").filter(has=self.page.get_by_text(words, exact=True))
        if folded.get_attribute("open") is None:
            folded.locator("summary").click()
        return folded

    def write(self, label: str, words: str, *, within: Locator | None = None) -> None:
        (within or self.page).get_by_role("textbox", name=label).first.fill(words)

    def choose(self, answer: str, *, within: Locator | None = None) -> None:
        """Choose one of the answers that stand below each other."""
        (within or self.page).get_by_role("radio", name=answer, exact=True).check()

    def tick(self, words: str, *, within: Locator | None = None) -> None:
        (within or self.page).get_by_role("checkbox", name=words).check()

    def tick_in(self, question: str, *answers: str) -> None:
        """Tick several answers to one question."""
        for answer in answers:
            self.tick(answer, within=self.page.get_by_role("group", name=question))

    def pick(self, label: str, answer: str) -> None:
        """Pick from a list that opens."""
        asked = self.page.get_by_role("combobox", name=label).first
        named = asked.locator("option").filter(has_text=answer).first.get_attribute("value")
        asked.select_option(named)

    def name_the_day(self, question: str, day: date) -> None:
        boxes = self.page.get_by_role("group", name=question)
        for box, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            boxes.get_by_label(box).fill(str(number))

    # Reading

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.url)

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    @property
    def text(self) -> str:
        """The words of the page, with what lies folded, and without the frame around it."""
        return re.sub(r"\s+", " ", self.page.locator("main").text_content() or "")

    def reads(self, *words: str) -> None:
        """The page says all of this, in this order."""
        rest, at = self.text, 0
        for each in words:
            found = rest.find(each, at)
            assert found >= 0, f"{self.path} does not say {each!r} {'after the former' if each in rest else ''}\n{rest}"
            at = found + len(each)

    def does_not_read(self, words: str) -> None:
        assert words not in self.text, f"{self.path} says {words!r}"

    def _expect(self, status: int) -> None:
        if status != EVERYDAY:
            self.statuses.add(status)

    def _arrived(self, response: Response | None, expecting: int) -> Page:
        assert response is not None, f"{self.path}: no answer came"
        assert response.status == expecting, (
            f"{self.name or 'a stranger'} came to {self.path}: {response.status}, not {expecting}\n{self.text[:600]}"
        )
        for check in self.checks:
            check(self.page)
        return self.page
