"""Every page of the town, read in Welsh by those who live in it: no English of ours is on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import resolve, reverse

from .reading import Reading

pytestmark = pytest.mark.django_db

#: Words that our English cannot do without, and that are no Welsh words too (as am, at, do, had, her, is, on, to are).
ENGLISH = re.compile(
    r"(?i:(?<![\w'’/@.-])(the|and|of|you|your|this|that|these|with|from|for|was|were|are|been|has|have|will|what|which|who|"
    r"where|when|they|their|them|there|here|not|nothing|nobody|everybody|somebody|be|it|its|we|our|us|by|can|cannot|"
    r"as|see|say|said|show|sign|page|answers?|suggestions?|conversations?|payments?|hours|lessons?|decisions?|name|"
    r"day|save|send|back|choose|read|search|money|error|required|enter|yes|until|since|because)(?![\w'’@-]))"
)
#: What is English on purpose: the names of columns that a file must have.
ON_PURPOSE = re.compile(r"value, from, to a source")
#: A letter is in the language of whoever gets it, not of the steward who prints it.
FOR_ANOTHER = {"notices:letter"}
#: Pages of one kind that are looked at: the second may show what the first had no cause to.
OF_A_KIND = 3


def known(town: Any) -> list[str]:
    """All that the people of the town wrote, longest first: it stays in the language in which they wrote it."""
    texts: set[str] = set()
    for model in apps.get_models():
        if model.__module__.startswith("commonweal"):
            for column in model._meta.concrete_fields:
                if isinstance(column, models.CharField | models.TextField):
                    texts |= set(model._base_manager.values_list(column.attname, flat=True))
    plain = {re.sub(r"\s+", " ", str(text)).strip() for text in texts if text}
    return sorted((text for text in plain if len(text) > 2), key=len, reverse=True)


def english_in(texts: Iterable[str], written: list[str]) -> list[str]:
    """The texts that are English and nobody's own words."""
    everything = "\n".join(written)
    own = re.compile("|".join(re.escape(text) for text in written) or r"(?!)")
    suspects = [text for text in texts if ENGLISH.search(text) and text.rstrip("…. ") not in everything]
    return [text for text in suspects if ENGLISH.search(ON_PURPOSE.sub("", own.sub(" ", _unshortened(text, own))))]


def _unshortened(text: str, own: re.Pattern[str]) -> str:
    """Without a quotation that was cut short: from its first words to the dots."""
    return re.sub(r"“[^”]*…”?", " ", text)


def walk(client: Client) -> Iterator[tuple[str, Reading]]:
    """The pages that links lead to from the first one, some of each kind."""
    todo, seen, kinds = ["/", "/no-such-page/"], {"/", "/no-such-page/"}, Counter[str]()
    while todo:
        path = todo.pop(0)
        response = client.get(path, headers={"accept-language": "cy"})
        if response.headers.get("Content-Type", "").startswith("text/html") and response.content:
            reading = Reading.of(response.content.decode())
            yield path, reading
            for link in reading.links:
                address = urljoin(path, link).split("#")[0]
                if address.startswith("/") and address not in seen and not address.startswith("/static/"):
                    seen.add(address)
                    kind = _kind(address)
                    kinds[kind] += 1
                    if kinds[kind] <= OF_A_KIND and kind not in FOR_ANOTHER:
                        todo.append(address)


def _kind(address: str) -> str:
    path, _, question = address.partition("?")
    return resolve(path).view_name + "?" * bool(question)


@pytest.mark.parametrize("who", ["", "amina", "grace", "daniel", "helen"])
def test_every_page_is_welsh(town: Any, who: str) -> None:
    """A stranger, a resident, a convenor, a commissioner, a steward."""
    client, written = Client(), known(town)
    if who:
        client.force_login(getattr(town, who).sign_in)
    pages = dict(walk(client))
    assert len(pages) > 30
    assert {path: page.language for path, page in pages.items() if page.language != "cy"} == {}
    wrong = {path: english for path, page in pages.items() if (english := english_in(page.texts, written))}
    assert wrong == {}


def test_english_of_ours_would_be_seen(town: Any) -> None:
    """A control: the same pages in English are full of it, and a lone word among the town's is found."""
    written = known(town)
    page = Reading.of(Client().get("/", headers={"accept-language": "en"}).content.decode())
    assert len(english_in(page.texts, written)) > 10
    assert english_in([f"{town.amina.name} said this"], written)
    assert not english_in([written[0], "Dywedodd hi hyn"], written)


def test_a_choice_of_welsh_is_remembered(town: Any) -> None:
    client = Client()
    client.post(reverse("front:language"), {"language": "cy", "next": "/"})
    assert Reading.of(client.get("/").content.decode()).language == "cy"


def test_what_a_form_refuses_is_told_in_welsh(town: Any) -> None:
    client, written = Client(headers={"accept-language": "cy"}), known(town)
    answer = client.post(reverse("people:sign_in"), {"email": "no address"})
    page = Reading.of(answer.content.decode())
    assert any("Rhowch gyfeiriad e-bost yn y ffurf gywir" in text for text in page.texts)
    assert not english_in(page.texts, written)
