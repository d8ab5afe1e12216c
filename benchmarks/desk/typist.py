"""Somebody at a keyboard whose every key is counted, and what it would take a person by the keystroke-level model.

S. K. Card, T. P. Moran and A. Newell, 'The keystroke-level model for user performance time with interactive systems',
Communications of the ACM 23(7), 1980.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from playwright.sync_api import Page

#: Seconds: a key pressed by an average typist; making up one's mind; words read in a minute.
KEY, MIND, WORDS_A_MINUTE = 0.28, 1.35, 240
MOST_TABS = 400


@dataclass
class Typist:
    """Keys are pressed in the real page. Reading and making up one's mind are noted by whoever writes the walk."""

    page: Page
    moved: int = 0
    typed: int = 0
    minds: int = 0
    words: int = 0
    loads: list[float] = field(default_factory=list)

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
        self.moved += times

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.typed += len(words)
        self.minds += 1

    def tab_to(self, selector: str) -> None:
        """Tab until the focus is there, as somebody without a mouse would."""
        for _ in range(MOST_TABS):
            if self.page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
                return
            self.press("Tab")
        raise AssertionError(f"{selector} cannot be reached by Tab on {self.page.url}")

    def enter(self) -> None:
        """Enter, and wait for the page that it opens."""
        began = time.monotonic()
        with self.page.expect_navigation(wait_until="load"):
            self.press("Enter")
        self.loads.append(time.monotonic() - began)

    def read(self, text: str) -> None:
        self.words += len(text.split())

    def decide(self, times: int = 1) -> None:
        self.minds += times

    def add(self, other: Typist) -> None:
        self.moved, self.typed = self.moved + other.moved, self.typed + other.typed
        self.minds, self.words = self.minds + other.minds, self.words + other.words
        self.loads += other.loads

    @property
    def seconds(self) -> float:
        reading = self.words / WORDS_A_MINUTE * 60
        return (self.moved + self.typed) * KEY + self.minds * MIND + reading + sum(self.loads)

    def told(self, who: str) -> str:
        loads = f"{len(self.loads)} ({sum(self.loads):.1f} s)"
        return (
            f"| {who} | {self.moved} | {self.typed} | 0 | {self.minds} | {self.words:,} | {loads} "
            f"| {self.seconds / 60:.1f} min |"
        )


HEAD = (
    "| who | keys to move and tick | keys of text | clicks | decisions | words read | pages opened | reckoned time |\n"
    "|---|---|---|---|---|---|---|---|"
)
