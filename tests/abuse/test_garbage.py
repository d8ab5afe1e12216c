"""Garbage into every form, every address and every question: refused in words or harmless, never a fault, nothing half
kept."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse

from commonweal.foundations.decisions import actions as decisions
from commonweal.foundations.verbs import clock
from commonweal.front import api
from commonweal.town.building import Town
from commonweal.understand.dialogue import actions as dialogue
from tests.abuse.papers import Paper, every_paper
from tests.abuse.streets import WHO, Street, lines

pytestmark = pytest.mark.django_db

#: What a careless hand, a broken program or somebody with bad intent sends. Bytes are sent as they are.
GARBAGE: tuple[str | bytes, ...] = (
    "",
    " ",
    "\x00",
    "words with a \x00 inside",
    "\x07\x1b[31m",
    "\u202egnorw daer",
    b"\xed\xa0\x80 a lone surrogate",
    b"\xff\xfe\x00 no text at all",
    "x" * 30_000,
    "<script>alert(1)</script>",
    "'; DROP TABLE people_person; --",
    "{{ settings.SECRET_KEY }}{% debug %}",
    "%s%n%(x)s",
    "../../../../etc/passwd",
    "https://elsewhere.example/",
    "null",
    "-1",
    "0",
    "1e309",
    "NaN",
    "-Infinity",
    "99999999999999999999999999",
    "0.00000000001",
    "£1,000,000,000,000,000.00",
    "١٢٣",
    "2026-02-30",
    "0001-01-01",
    "9999-12-31",
    "31",
    "0001",
    "9999",
    "10000",
    "29",
    "not-a-uuid",
    "00000000-0000-4000-8000-000000000000",
    "a@b",
    "a@xn--.example\r\nBcc: everybody@place.example",
    "👩‍👩‍👧‍👦" * 100,
)

#: What a clever hand adds to a form in the hope that the page writes it into the record.
MORE_FIELDS = ("id", "pk", "person", "by", "role", "is_invented", "erased_at", "state", "kind", "held_at", "is_public")
EACH_FORM = 6

#: What a refused request may leave behind: the tries that are counted, the session that carries a message.
MAY_GROW = {"sessions.session", "notices.wrongguess"}


def counts() -> dict[str, int]:
    models = [model for model in apps.get_models() if model._meta.managed]
    return {model._meta.label_lower: model._default_manager.count() for model in models}


def grown(before: dict[str, int]) -> dict[str, tuple[int, int]]:
    after = counts()
    return {name: (before[name], after[name]) for name in after if after[name] != before[name]}


@pytest.fixture(scope="module")
def papers(street: Street, django_db_blocker: Any) -> list[Paper]:
    with django_db_blocker.unblock():
        return every_paper(street, beside=[*answers_on_their_way(street.town), *suggestions_seen_to(street.town)])


def answers_on_their_way(town: Town) -> list[str]:
    """One that somebody has to check, and one that can be published."""
    at, found = clock.now(), []
    for is_checked in (False, True):
        owed = decisions.owe(
            subject=town.open_theme, because=town.open_theme.step, by=town.grace, at=at, working_days=5, title="A bench"
        )
        decisions.draft(owed=owed, reason_code="adopted", words="Yes.", by=town.helen, at=at)
        if is_checked:
            decisions.clear(owed=owed, by=town.grace, at=at)
        found.append(reverse("decisions:see_to", args=[owed.pk]))
    return found


def suggestions_seen_to(town: Town) -> list[str]:
    """One that was set aside, and one that was held back."""
    at = clock.now()
    aside, held = (
        dialogue.suggest(conversation=town.next_conversation, words=words, by=town.amina, at=at)
        for words in ("Thank you", "Rude words")
    )
    dialogue.set_aside(contributions=[aside], reason="asks_nothing", by=town.grace, at=at)
    dialogue.hold(contribution=held, reason="unkind", by=town.grace, at=at)
    return [aside.get_absolute_url(), held.get_absolute_url()]


def filled(paper: Paper, chance: random.Random) -> list[tuple[str, str | bytes]]:
    """Most fields as the page offers them or as a person would fill them, one to three with garbage."""
    names = [*paper.fields]
    spoilt = set(chance.sample(names, min(len(names), chance.randint(1, 3)))) if names else set()
    sent: list[tuple[str, str | bytes]] = []
    for name, known in paper.fields.items():
        if name in spoilt:
            sent.append((name, chance.choice(GARBAGE)))
        elif known:
            sent.append((name, chance.choice(known)))
        else:
            sent.append((name, {"day": "1", "month": "3", "year": "2026"}.get(name.rpartition("_")[2], "Some words")))
    return [*sent, *((name, chance.choice(GARBAGE)) for name in chance.sample(MORE_FIELDS, 2))]


def post(client: Client, address: str, sent: list[tuple[str, str | bytes]]) -> Any:
    return client.generic("POST", address, urlencode(sent), content_type="application/x-www-form-urlencoded")


def test_the_lookers_find_the_forms_of_the_house(papers: list[Paper], street: Street) -> None:
    """Every address that takes a POST has its form in some page, but for those that only machines send."""
    addresses = {resolve(paper.action.partition("?")[0]).view_name for paper in papers}
    takes = {name for name, line in lines().items() if line.allowed["POST"]}
    only_by_hand = {name for name in takes - addresses if not name.startswith("account_")}
    assert only_by_hand == NO_FORM_IN_THE_TOWN, " ".join(sorted(only_by_hand ^ NO_FORM_IN_THE_TOWN))


#: Their form shows only in a state that the town is not in, or as the second page of another form.
NO_FORM_IN_THE_TOWN = {
    "ballot:about",  # these five show to whoever has voted
    "ballot:about_you",
    "ballot:leave",
    "ballot:save",
    "ballot:two_questions",
    "decisions:publish_together",
    "decisions:reply_to",
    "decisions:say_whose",
    "dialogue:publish_open_set",
    "dialogue:keep_private",
    "dialogue:moderation",
    "dialogue:settle",
    "initiatives:say_no",
    "initiatives:say_yes",
    "notices:unfollow",
    "outcomes:agree",
    "outcomes:fulfil",
    "people:code",
}


def test_garbage_in_any_form_is_no_fault_and_keeps_nothing_half(papers: list[Paper], street: Street) -> None:
    chance, wrong, before = random.Random(20260302), [], counts()
    for paper in papers:
        for _ in range(EACH_FORM):
            sent = filled(paper, chance)
            with transaction.atomic():
                answer = post(street.browser(paper.role), paper.action, sent)
                left = {name for name in grown(before) if name not in MAY_GROW} if answer.status_code >= 400 else set()
                transaction.set_rollback(True)
            if answer.status_code >= 500 or left:
                wrong.append(f"{answer.status_code} {paper.action} as {paper.role} {left}: {str(sent)[:400]}")
    assert not wrong, "\n".join(wrong)


def test_nothing_but_words_comes_back_for_garbage(papers: list[Paper], street: Street) -> None:
    """Every field of every form wrong at once: an answer of 4xx that says so, never the page as if all were well."""
    wrong = []
    for paper in papers:
        if not {name for name, kind in paper.kinds.items() if kind != "checkbox"} - {"next", "language"}:
            continue  # any word in a ticked box is a yes; nonsense for a language or for the way back changes nothing
        sent: list[tuple[str, str | bytes]] = [(name, "\x00\u202e") for name in paper.fields]
        with transaction.atomic():
            answer = post(street.browser(paper.role), paper.action, sent)
            transaction.set_rollback(True)
        if not (400 <= answer.status_code < 500):
            wrong.append(f"{answer.status_code} {paper.action} as {paper.role} {list(paper.fields)}")
    assert not wrong, "\n".join(wrong)


# -- addresses and questions

QUESTIONS = (
    "page=abc&beyond=x&part=<script>&because=x&below=x&step=%00&next=//elsewhere.example",
    "page=-1&because=00000000-0000-4000-8000-000000000000&conversation=x&state=%27--&before=-1&of=x}",
    "page=99999999999999999999&because=%00&because=%FF&words=%00&verb=%00&by=a:b:c&below=-1&before=x",
    "page=%D9%A3&page=2&unknown[$ne]=1&=&&%&subject=x&words=" + "a-" * 3000,
)


def test_no_question_in_an_address_makes_a_fault(street: Street) -> None:
    wrong = []
    for name, line in lines().items():
        role = next((role for role in ("convenor", "steward", "commissioner", *WHO) if role in line.allowed["GET"]), "")
        for question in QUESTIONS if role else ():
            answer = street.browser(role).get(f"{line.address(street)}?{question}")
            if answer.status_code >= 500 or "elsewhere.example" in answer.get("Location", ""):
                wrong.append(f"{answer.status_code} {name}?{question} as {role}")
    assert not wrong, "\n".join(wrong)


def test_a_forged_id_is_not_found(street: Street) -> None:
    """An id that nobody holds, and one that belongs to a record of another kind."""
    wrong, ids = [], (uuid4(), street.town.amina.pk, street.town.conversation.pk)
    for name, line in lines().items():
        if line.example is None or name.startswith("notices:by_link"):
            continue
        for id in ids:
            address = line.address(street)
            true = next((part for part in address.split("/") if len(part) >= 36), "")
            if not true or true.startswith(str(id)):  # a poster is found by its two words
                continue
            forged = address.replace(true[:36], str(id))
            for method in ("GET", "POST"):
                role = next((role for role in ("convenor", *WHO) if role in line.allowed[method]), "")
                with transaction.atomic():
                    code = street.browser(role).generic(method, forged).status_code if role else 404
                    transaction.set_rollback(True)
                if code != 404 and not (code == 405 and method == "POST"):
                    wrong.append(f"{code} {method} {name} {forged} as {role}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("made_up", ["x", "1", "..", "%00", "00000000", "{uuid}", "A" * 3000, "ünï", "1;2", "a%2fb"])
def test_an_address_that_is_none_is_not_found(street: Street, made_up: str) -> None:
    for base in ("/", "/thread/", "/ledger/payments/", "/understand/dialogue/", "/api/thread/", "/people/everybody/"):
        assert street.browser("steward").get(f"{base}{made_up}/").status_code in {404, 422}, base


# -- where it came from


def test_no_form_is_taken_without_its_token(street: Street) -> None:
    """Only the one-tap stop of a mail program goes without: there the signature in the address is the proof."""
    taken = []
    for name, line in lines().items():
        for role in sorted(line.allowed["POST"])[:1]:
            client = Client(enforce_csrf_checks=True, raise_request_exception=False)
            client.cookies = street.browser(role).cookies
            answer = client.post(line.address(street))
            if answer.status_code != 403 or b"Please send that again" not in answer.content:
                taken.append((name, answer.status_code))
    assert taken == []
    exempt = {name for name, view in views() if getattr(view, "csrf_exempt", False)}
    assert exempt <= {"notices:stop", *(f"front:{name}" for name in api.OPERATIONS)}


def views() -> Iterator[tuple[str, Any]]:
    from django.urls import get_resolver

    def walk(patterns: list[Any], space: str = "") -> Iterator[tuple[str, Any]]:
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)
            else:
                yield f"{space}{pattern.name}", pattern.callback

    yield from walk(get_resolver().url_patterns)


def test_an_expired_page_is_told_to_load_again(street: Street) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies = street.browser("resident").cookies
    address = reverse("dialogue:suggest", args=[street.town.next_conversation.pk])
    client.get(address)
    sent = {"words": "Mine", "shows_name": "no", "csrfmiddlewaretoken": "a" * 64}
    answer = client.post(address, sent)
    assert answer.status_code == 403
    assert b"load the page again" in answer.content


def test_another_host_is_not_ours(street: Street) -> None:
    for host in ("elsewhere.example", "testserver.elsewhere.example", "testserver:80@elsewhere.example", ""):
        assert street.browser("anonymous").get("/", headers={"host": host or " "}).status_code == 400
    spoofed = street.browser("resident").get("/my-day/", headers={"x-forwarded-host": "elsewhere.example"})
    assert spoofed.status_code == 200
    assert b"elsewhere.example" not in spoofed.content


ELSEWHERE = (
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "/\\elsewhere.example/",
    "///elsewhere.example",
    "https:elsewhere.example",
    "javascript:alert(1)",
    "http://testserver@elsewhere.example/",
    "http://localhost:8000.elsewhere.example/",
    "\thttps://elsewhere.example",
)


@pytest.mark.parametrize("there", ELSEWHERE)
def test_next_leads_nowhere_else(street: Street, there: str) -> None:
    amina = street.town.amina
    with transaction.atomic():
        key = amina.sign_in
        key.set_password("three plain words")
        key.save()
        stranger = street.browser("anonymous")
        sent = {"login": key.email, "password": "three plain words", "next": there}
        answers = [
            stranger.post(f"{reverse('people:sign_in_by_password')}?{urlencode({'next': there})}", sent),
            street.browser("anonymous").post(reverse("front:language"), {"language": "cy", "next": there}),
            street.browser("resident").post(
                f"{reverse('people:sign_out')}?{urlencode({'next': there})}", {"next": there}
            ),
            street.browser("resident").get(reverse("people:sign_in"), {"next": there}),
        ]
        transaction.set_rollback(True)
    assert answers[0].status_code == 302
    for answer in answers:
        assert answer.status_code < 500
        assert "elsewhere" not in answer.get("Location", ""), answer["Location"]
        assert "javascript" not in answer.get("Location", ""), answer["Location"]
