"""The answering desk by the clock: `./run bench desk`. See README.md for what is counted and what is reckoned."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from .sayings import ANSWERS, SAYINGS, TITLES, many
from .typist import HEAD, KEY, MIND, WORDS_A_MINUTE, Typist

DESK = "/understand/dialogue/desk/"


def main() -> int:
    with tempfile.TemporaryDirectory() as var, socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
        door.close()
        os.environ |= {
            "COMMONWEAL_MODE": "demo",
            "COMMONWEAL_VAR": var,
            "DJANGO_SETTINGS_MODULE": "commonweal.site.settings",
            "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
        }
        place = _Place()
        demo = subprocess.Popen(
            [sys.executable, "-m", "commonweal.cli", "demo", "--port", str(port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait(f"http://127.0.0.1:{port}/healthz")
            with sync_playwright() as playwright:
                chromium = os.environ.get("COMMONWEAL_CHROMIUM") or shutil.which("chromium")
                browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
                _forty(browser, f"http://127.0.0.1:{port}", place)
                _three_hundred(browser, f"http://127.0.0.1:{port}", place)
        finally:
            demo.send_signal(signal.SIGTERM)
            demo.wait(20)
        place.three_thousand()
    return 0


class _Place:
    """The demonstration place with a conversation of its own, five services, and what the clock is held to."""

    def __init__(self) -> None:
        import django

        django.setup()
        from django.core.management import call_command

        from commonweal.foundations.organisations import actions as organisations
        from commonweal.foundations.people import actions as people
        from commonweal.foundations.verbs import clock
        from commonweal.foundations.verbs.refs import SYSTEM
        from commonweal.town import building
        from commonweal.understand.dialogue import actions as dialogue

        call_command("migrate", verbosity=0)
        self.at, self.dialogue = clock.now(), dialogue
        self.town = building.build(at=self.at)
        self.services = []
        for number, title in enumerate(TITLES):
            officer = people.join(name=f"Officer {number}", email=f"o{number}@council.example", at=self.at)
            made = {"organisation": self.town.council, "name": title, "officer": officer, "by": SYSTEM, "at": self.at}
            self.services.append(organisations.add_service(**made))

    def converse(self, question: str, sayings: list[str]) -> Any:
        opened = self.dialogue.open_conversation(
            question=question,
            why="For the clock.",
            promise="Everybody is answered.",
            by=self.town.grace,
            because=None,
            at=self.at,
        )
        for words in sayings:
            self.dialogue.suggest(conversation=opened, words=words, by=self.town.amina, at=self.at)
        return opened

    def links(self) -> list[tuple[str, str]]:
        """What the mails hold: for each officer who was asked, their page."""
        from commonweal.foundations.notices import actions as notices
        from commonweal.foundations.notices.models import Link

        asked = Link.objects.filter(purpose="decisions.draft", email__startswith="o", used_at=None, withdrawn_at=None)
        return [(link.email, notices.offered(link).path) for link in asked.order_by("email")]

    def three_thousand(self) -> None:
        from django.test import Client

        from commonweal.foundations.verbs import clock
        from commonweal.understand.dialogue import queries

        opened = self.converse("What would make this a better place?", sayings := many(3_000))
        began = time.monotonic()
        self.dialogue.propose(at=clock.now())
        reckoned = time.monotonic() - began
        desk = Client()
        desk.force_login(self.town.grace.sign_in)
        address, taken, busy = f"{DESK}?conversation={opened.pk}", [], []
        for _ in range(6):
            start, began_busy = time.perf_counter(), time.process_time()
            assert desk.get(address).status_code == 200
            taken.append(time.perf_counter() - start)
            busy.append(time.process_time() - began_busy)
        found = queries.proposals(opened)
        inside = sum(len(each.members) for each in found)
        words = sum(len(each.split()) for each in sayings)
        # A proposal: its number, g, a title of 25 letters, Enter. What is in none: j and x, ten to a theme.
        alone = len(sayings) - inside
        keys = len(found) * (3 + 25) + alone * 2 + alone // 10 * (2 + 25)
        minds = len(sayings) + 2 * (len(found) + alone // 10)
        pages = 2 * len(found) + alone // 10
        seconds = keys * KEY + minds * MIND + words / WORDS_A_MINUTE * 60 + pages * max(taken)
        print(f"\n3,000 comments: proposals reckoned in {reckoned:.1f} s on the queue; the desk shows in", end=" ")
        print(f"{sorted(taken)[3] * 1000:.0f} ms (median of six), {max(taken) * 1000:.0f} ms (the slowest),", end=" ")
        print(f"{sorted(busy)[3] * 1000:.0f} ms of them on the processor.")
        print(
            f"{len(found)} proposals hold {inside:,}; {alone:,} are alone. Reckoned, not walked: {keys:,} keys,",
            end=" ",
        )
        print(f"{minds:,} decisions, {words:,} words read, {pages} pages: {seconds / 3600:.1f} hours.")


def _forty(browser: Browser, url: str, place: _Place) -> None:
    opened = place.converse("What should we do about the square?", SAYINGS)
    grace = Typist(_window(browser, url, place.town.grace.name))
    _gather_all(grace, f"{url}{DESK}?conversation={opened.pk}")
    officers = [_answer(browser, url + path, words) for (_, path), words in zip(place.links(), ANSWERS, strict=True)]
    checker = Typist(_window(browser, url, place.town.helen.name))
    _check_all(checker, url)
    print("## 40 suggestions, 5 themes, answered\n\n" + HEAD)
    print(grace.told("convenor, gathers and asks"))
    together = Typist(checker.page)
    for each in officers:
        together.add(each)
    print(together.told("five officers, one after the other"))
    print(checker.told("second convenor, checks and publishes"))
    whole = grace.seconds + together.seconds + checker.seconds
    side_by_side = grace.seconds + max(each.seconds for each in officers) + checker.seconds
    print(f"\nOfficers side by side: {side_by_side / 60:.1f} min.", end=" ")
    print(f"All of them, one after the other: {whole / 60:.1f} min; at the desk alone", end=" ")
    print(f"{(grace.seconds + checker.seconds) / 60:.1f} min.")


def _three_hundred(browser: Browser, url: str, place: _Place) -> None:
    opened = place.converse("What should the council do next?", many(300))
    said = list(opened.contributions.order_by("step_id"))
    for number, service in enumerate(place.services):
        part = {"contributions": said[number::5], "title": TITLES[number], "service": service}
        place.dialogue.gather(by=place.town.grace, at=place.at, **part)
    officers = [_answer(browser, url + path, words) for (_, path), words in zip(place.links(), ANSWERS, strict=True)]
    print("\n## 300 contributions, five services\n\n" + HEAD)
    for number, each in enumerate(officers):
        print(each.told(f"officer {number + 1}, 60 contributions"))
    print(f"\nOfficers' time in all: {sum(each.seconds for each in officers) / 60:.1f} min.")


def _gather_all(typist: Typist, address: str) -> None:
    page = typist.page
    page.goto(address)
    for number, title in enumerate(TITLES):
        typist.tab_to("input[name='contributions']")
        ticks = page.locator("input[name='contributions']")
        last = max(place for place in range(ticks.count()) if _is_of(page, place, number))
        for place in range(last + 1):
            typist.read(_label(page, place))
            typist.decide()
            if _is_of(page, place, number):
                typist.press("x")
            if place < last:
                typist.press("j")
        typist.press("g")
        typist.type(title)
        typist.tab_to("select[name='service']")
        typist.decide()
        # Typing the beginning of its name picks a service.
        page.keyboard.type(title[:6])
        typist.typed += 6
        typist.tab_to("button[name='stay']")
        typist.enter()


def _label(page: Page, place: int) -> str:
    return (
        page.locator(f"label[for='tick-{place + 1}']").evaluate("(each) => each.firstChild.textContent.trim()")
        or (page.locator(f"label[for='tick-{place + 1}']").inner_text().partition("\n")[0])
    )


def _is_of(page: Page, place: int, theme: int) -> bool:
    words = page.locator(f"label[for='tick-{place + 1}']").inner_text()
    return any(saying in words for saying in SAYINGS[theme::5])


def _answer(browser: Browser, address: str, words: str) -> Typist:
    """Without an account, in a window of its own: read what is asked, choose a reason, write, send."""
    page = browser.new_context(locale="en-GB").new_page()
    typist = Typist(page)
    began = time.monotonic()
    page.goto(address)
    typist.loads.append(time.monotonic() - began)
    typist.read(page.locator("main").inner_text())
    typist.tab_to("input[name='reason_code']")
    typist.decide()
    typist.press("Space")
    typist.tab_to("textarea[name='words']")
    # One decision before every sentence.
    for sentence in words.split(". "):
        typist.type(sentence + ". ")
    typist.tab_to("main form button")
    typist.enter()
    return typist


def _check_all(typist: Typist, url: str) -> None:
    page = typist.page
    page.goto(f"{url}/decisions/desk/?state=drafted")
    for title in TITLES:
        page.goto(f"{url}/decisions/desk/?state=drafted")
        href = page.get_by_role("link", name=title).first.get_attribute("href")
        typist.tab_to(f"a[href='{href}']")
        typist.enter()
        typist.read(page.locator("main").inner_text())
        typist.decide()
        typist.tab_to("form[action$='/clear/'] button")
        typist.enter()
    page.goto(f"{url}/decisions/desk/?state=cleared")
    typist.tab_to("form[action$='/publish/'] button")
    typist.decide()
    typist.enter()


def _window(browser: Browser, url: str, name: str) -> Page:
    from tests.journeys.visitors import Visitor

    page = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900}).new_page()
    Visitor(page, url, ()).sign_in_as(name)
    return page


def _wait(address: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=2).read()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{address} did not open; the log is in {Path(os.environ['COMMONWEAL_VAR'])}")
