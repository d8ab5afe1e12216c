"""Markup in everybody's words: shown as it was typed, run nowhere; not as a page, a feed, a file or a mail.

The town is built while every text that is kept gets a tag in it, whatever column it is kept in: so a field that a later
room adds is tried too. Then we read every page with an eye on whether the tag came out as a tag.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core import mail
from django.db import models, transaction

from commonweal.foundations.notices import delivery
from commonweal.foundations.verbs import clock
from commonweal.town import building
from tests.abuse import streets
from tests.abuse.streets import Street, lines
from tests.postgres import count_rows

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

#: Ends an attribute, a tag and a script; would be a formula in a spreadsheet and a variable in a template.
TAG = "=1+1\"'></script><img src=x onerror=alert(1)>{{7*7}}"
SHORTEST_COLUMN = 100


def with_tag(field: Any, instance: models.Model, add: bool) -> Any:
    value = getattr(instance, field.attname)
    is_told = type(field) in (models.CharField, models.TextField) and not field.choices and add
    is_wide = field.max_length is None or field.max_length >= SHORTEST_COLUMN
    if not (is_told and is_wide and type(value) is str and value and "commonweal" in type(instance).__module__):
        return value
    if instance._meta.label_lower == "ledger.account":  # found again by its name, which is made of tagged titles
        return value
    if instance._meta.label_lower == "publishing.copy":  # the house's own shape of a document: nobody types it
        return value
    if field.name in {"key", "lookup", "token_digest", "digest", "password", "purpose_code"} or TAG in value:
        return value
    told = TAG + value
    told = told if field.max_length is None else told[: field.max_length]
    setattr(instance, field.attname, told)
    return told


@pytest.fixture(scope="module")
def tagged(django_db_setup: None, django_db_blocker: Any) -> Iterator[Street]:
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patched:
        patched.setattr(models.CharField, "pre_save", with_tag)
        patched.setattr(models.TextField, "pre_save", with_tag, raising=False)
        at = clock.now()
        street = streets.lay(building.build(at=at))
        count_rows()
        patched.undo()
        yield street
        transaction.set_rollback(True)


class Tags(HTMLParser):
    """What a browser would make of a page: tags that came out as tags, and scripts or handlers written into it."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        if tag == "img" and has.get("src") == "x":
            self.wrong.append(f"<img> {attrs}")
        if any(name.startswith("on") for name in has) or (has.get("href") or "").lower().startswith("javascript:"):
            self.wrong.append(f"<{tag}> {attrs}")
        if tag == "script" and not has.get("src"):
            self.wrong.append("<script> in the page")


def test_no_page_runs_what_somebody_typed(tagged: Street) -> None:
    wrong, shown = [], 0
    for name, line in lines().items():
        for role in ("anonymous", "convenor", "commissioner", "steward", "resident"):
            if role not in line.allowed["GET"]:
                continue
            answer = tagged.browser(role).get(line.address(tagged))
            kind = answer.get("Content-Type", "")
            text = answer.getvalue().decode("utf-8", "replace") if answer.status_code == 200 else ""
            if answer.status_code >= 500:
                wrong.append(f"{answer.status_code} {name}")
            if kind.startswith(("text/html", "image/svg")):
                page = Tags()
                page.feed(text)
                wrong += [f"{name} as {role}: {each}" for each in page.wrong]
                shown += "&lt;img src=x" in text
                if "49" in text and "{{7*7}}" not in text and "&#x7b;" in text:
                    wrong.append(f"{name}: a template in the words was filled in")
    assert not wrong, "\n".join(wrong)
    assert shown > 60, "the control: the words are on the pages, written out"


def test_the_eye_sees_a_tag() -> None:
    page = Tags()
    page.feed(f"<p title='{TAG}'>")
    assert page.wrong


def test_feeds_and_files_hold_it_as_text(tagged: Street) -> None:
    atom = tagged.browser("anonymous").get("/published/feed.atom").content
    assert not [
        each for each in ElementTree.fromstring(atom).iter() if each.tag.rpartition("}")[2] in {"img", "script"}
    ]
    measure = tagged.examples.measure
    answer = tagged.browser("anonymous").get(f"/published/measures/{measure.pk}.csv")
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    cells = [cell for row in rows for cell in row]
    assert any("<img" in cell for cell in cells), "the control: the words are in the file"
    assert [
        cell
        for cell in cells
        if cell[:1] in set("=+-@\t\r＝＋－＠") and not cell.lstrip("-").replace(".", "").isdigit()
    ] == []
    for address in ("/published/feed.json", "/api/conversations", "/api/openapi.json", "/audit/heads.json"):
        assert "json" in tagged.browser("anonymous").get(address)["Content-Type"], address


def test_mail_keeps_its_head(tagged: Street) -> None:
    """What people typed stands in the body alone; a subject says nothing of it, and no line of a head is made of it."""
    mail.outbox.clear()
    delivery.sweep(at=clock.now() + timedelta(hours=1))
    assert len(mail.outbox) > 3
    for sent in mail.outbox:
        read = message_from_bytes(sent.message().as_bytes())
        assert set(read.keys()) <= {
            "Content-Type",
            "MIME-Version",
            "Content-Transfer-Encoding",
            "Subject",
            "From",
            "To",
            "Date",
            "Message-ID",
            "List-Unsubscribe",
            "List-Unsubscribe-Post",
        }
        assert read.get_content_type() == "text/plain"
        assert len(sent.to) == 1 and "Bcc" not in sent.extra_headers
