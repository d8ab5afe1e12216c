import logging
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from commonweal.foundations.look import paging
from commonweal.foundations.look.fields import MoneyField

HOME = Path(__file__).resolve().parent.parent
SHIPPED = [path for folder in ("static", "templates") for path in (HOME / folder).rglob("*") if path.is_file()]

#: What belongs to the government's own site and not to us.
FOREIGN = re.compile(r"crown|crest|gds[ _-]?transport|opengraph|gov\.uk|govuk-logo", re.IGNORECASE)


def test_nothing_shipped_is_the_governments_identity() -> None:
    assert len(SHIPPED) > 30
    for path in SHIPPED:
        assert not FOREIGN.search(path.name), path
        assert not FOREIGN.search(path.read_text()), path


def test_a_planted_crest_would_be_found() -> None:
    assert FOREIGN.search("background-image:url(images/govuk-crest.svg)")


def test_nothing_shipped_is_fetched_from_elsewhere() -> None:
    outside = re.compile(r"(?:src|href|url|from|import)\s*[=(\"' ]+\s*(?:https?:)?//", re.IGNORECASE)
    for path in SHIPPED:
        assert not outside.search(path.read_text()), path


def test_templates_hold_no_inline_style_or_script() -> None:
    for path in (path for path in SHIPPED if path.suffix == ".html"):
        html = path.read_text()
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", html), path
        assert all("src=" in script for script in re.findall(r"<script[^>]*>", html)), path


def test_the_compiled_theme_is_the_one_that_was_written_down() -> None:
    from hashlib import sha256

    *_names, line = (HOME / "theme" / "VERSION").read_text().splitlines()
    digest, name = line.split()
    assert sha256((HOME / "static" / "look" / name).read_bytes()).hexdigest() == digest


def frame(**more: object) -> SimpleNamespace:
    stages = [SimpleNamespace(key="understand", name="Understand", url="/understand/", is_current=True)]
    languages = [("en-gb", "English"), ("cy", "Cymraeg")]
    known = {"name": "Abermor (invented)", "stages": stages, "language_url": "/language/", "languages": languages}
    return SimpleNamespace(**known, **more)


def test_a_page_stands_without_a_frame() -> None:
    html = render_to_string("look/page.html", {})
    assert "<!doctype html>" in html
    assert 'id="main"' in html


def test_a_page_says_its_language_and_offers_the_other() -> None:
    html = render_to_string("look/page.html", {"frame": frame(), "request": RequestFactory().get("/where?a=1")})
    assert '<html lang="en-gb"' in html
    assert 'name="language" value="cy" lang="cy"' in html
    assert 'name="next" value="/where?a=1"' in html


def test_a_page_with_errors_says_so_in_its_title() -> None:
    from django import forms

    class Fund(forms.Form):
        amount = MoneyField(label="How much")

    assert "<title>Error: " in render_to_string("look/page.html", {"form": Fund({})})
    assert "<title>Error: " not in render_to_string("look/page.html", {"form": Fund()})


def said(template: str, **given: object) -> str:
    return Template("{% load look %}" + template).render(Context(given))


def test_words_keep_their_language_and_are_escaped() -> None:
    words = SimpleNamespace(shown="Mae'r bws <b>yn hwyr</b>", language="cy", removed_at=None)
    html = said("{% quote words %}", words=words)
    assert 'lang="cy"' in html
    assert "<b>" not in html


def test_tags_write_amounts_lengths_and_days() -> None:
    from datetime import UTC, datetime

    at = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)
    assert said("{{ pence|money }} {{ length|minutes }} {{ at|day }}", pence=123456, length=150, at=at) == (
        "£1,234.56 2 h 30 min 2 June 2026"
    )


def test_a_button_is_escaped_and_may_be_a_link() -> None:
    assert said("{% button text %}", text="<i>") == '<button class="govuk-button">&lt;i&gt;</button>'
    assert 'href="/x?a=1&amp;b=2"' in said("{% button 'Go' href=to %}", to="/x?a=1&b=2")


@pytest.mark.parametrize(
    ("asked", "number"),
    [("", 1), ("2", 2), ("99", 3), ("0", 1), ("-1", 1), ("x", 1), ("9" * 5000, 1), ("٢", 1), ("2.5", 1)],
)
def test_any_page_number_shows_a_page(asked: str, number: int) -> None:
    request = RequestFactory().get("/", {"page": asked})
    assert paging.page_of(request, list(range(130))).number == number


def test_paging_keeps_what_else_the_address_says() -> None:
    request = RequestFactory().get("/", {"page": "2", "about": "b&s"})
    page = paging.page_of(request, list(range(1000)), per_page=10)
    assert [link.number for link in paging.links(page, request.GET)] == [1, 2, 3, None, 100]
    html = Template("{% load look %}{% paging page %}").render(Context({"page": page, "request": request}))
    assert "?page=3&amp;about=b%26s" in html


@pytest.mark.parametrize("kind", [400, 403, 404, 500])
def test_the_house_uses_these_pages_for_its_errors(kind: int) -> None:
    from importlib import import_module

    ours = import_module("commonweal.foundations.look.tests.addresses")
    assert getattr(import_module("commonweal.site.urls"), f"handler{kind}") == getattr(ours, f"handler{kind}")


@pytest.fixture
def edge(db: None, settings: Any) -> Client:
    settings.ROOT_URLCONF = "commonweal.foundations.look.tests.addresses"
    return Client(raise_request_exception=False)


def test_a_fault_is_logged_once_with_the_id_that_is_shown(edge: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        answer = edge.get("/breaks/")
    assert answer.status_code == 500
    faults = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(faults) == 1
    assert faults[0].exc_info
    ident = re.search(r"[0-9a-f]{4}-[0-9a-f]{4}", faults[0].getMessage())
    assert ident
    assert ident[0] in answer.content.decode()
    assert "nobody expected" not in answer.content.decode()


def test_a_missing_page_is_said_kindly(edge: Client) -> None:
    answer = edge.get("/nowhere/")
    assert answer.status_code == 404
    assert "We cannot find that page" in answer.content.decode()


def test_a_closed_page_does_not_say_why(edge: Client) -> None:
    answer = edge.get("/refuses/")
    assert answer.status_code == 403
    assert "may see this" not in answer.content.decode()


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])
def test_ten_megabytes_in_a_field_are_too_much(edge: Client, kind: str) -> None:
    field = '--x\r\nContent-Disposition: form-data; name="words"\r\n\r\n' if "multipart" in kind else "words="
    answer = edge.post("/takes/", field + "x" * 10_000_000 + "\r\n--x--", content_type=kind)
    assert answer.status_code == 413
    assert "too much at once" in answer.content.decode()


def test_a_forged_request_is_refused_in_our_look(edge: Client) -> None:
    answer = Client(enforce_csrf_checks=True, raise_request_exception=False).post("/takes/", {"a": "1"})
    assert answer.status_code == 403
    assert "Please send that again" in answer.content.decode()


def test_a_form_that_cannot_be_taken_gives_back_what_was_written(edge: Client) -> None:
    careful = Client(enforce_csrf_checks=True, raise_request_exception=False)
    answer = careful.post("/takes/", {"words": "Light the <path>"}, headers={"Origin": "http://testserver"})
    assert answer.status_code == 403
    assert "Light the &lt;path&gt;</textarea>" in answer.content.decode()


def test_a_form_sent_after_signing_out_gives_back_what_was_written_and_the_way_back(edge: Client) -> None:
    from_here = {"Origin": "http://testserver", "Referer": "http://testserver/new/"}
    answer = edge.post("/keeps/", {"words": "Light the path"}, headers=from_here)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Light the path</textarea>" in page
    assert "/people/sign-in/?next=%2Fnew%2F" in page


@pytest.mark.parametrize(
    ("language", "is_removed", "shown"),
    [
        ("cy", False, '<span lang="cy">Mwy &lt;b&gt; o …</span>'),
        ("en-gb", False, "Mwy &lt;b&gt; o …"),
        ("en", False, "Mwy &lt;b&gt; o …"),
        ("", False, "Mwy &lt;b&gt; o …"),
        ("cy", True, "Mwy &lt;b&gt; o …"),
    ],
)
def test_words_inside_a_line_are_marked_where_their_language_is_not_the_page_s(
    language: str, is_removed: bool, shown: str
) -> None:
    words = SimpleNamespace(shown="Mwy <b> o oleuadau", language=language, is_removed=is_removed)
    line = Template("{% load look %}{% in_their_words words most=11 %}").render(Context({"words": words}))
    assert line == shown
