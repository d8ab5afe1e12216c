"""Sent twice, sent again with other words in it, too much, too large, too far, and more than was asked for."""

from __future__ import annotations

import tracemalloc
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse

from commonweal.do.initiatives.models import FundContribution, GivenHours
from commonweal.foundations.ledger import actions as ledger
from commonweal.foundations.ledger.models import Journal
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs import clock
from commonweal.methods.quantities import Money
from commonweal.understand.dialogue.models import Contribution, Conversation, Theme
from tests.abuse.streets import REFUSED, Street
from tests.abuse.test_garbage import counts, grown

pytestmark = pytest.mark.django_db

TEN_MEGABYTES = 10_000_000


def day(name: str, when: Any) -> dict[str, str]:
    return {f"{name}_day": str(when.day), f"{name}_month": str(when.month), f"{name}_year": str(when.year)}


def send(street: Street, role: str, name: str, record: Any, /, **sent: Any) -> Any:
    address = reverse(name, args=[record.pk] if record is not None else [])
    return street.browser(role).post(address, sent)


# -- twice, and again with something else


def sent_twice(street: Street, kind: Any, role: str, name: str, record: Any, sent: dict[str, Any], other: dict) -> None:
    """The same once more is once; the same number with something else in it is refused in words."""
    with transaction.atomic():
        before = kind.objects.count()
        first = send(street, role, name, record, **sent)
        assert first.status_code in (200, 302), first.content
        kept = counts()
        again = send(street, role, name, record, **sent)
        assert again.status_code in (200, 302) and again.get("Location") == first.get("Location")
        assert grown(kept) == {} and kind.objects.count() == before + 1
        changed = send(street, role, name, record, **(sent | other))
        assert 400 <= changed.status_code < 500, f"{changed.status_code} for another body under the same number"
        assert grown(kept) == {}
        transaction.set_rollback(True)


def test_a_suggestion(street: Street) -> None:
    sent = {"words": "A bench", "shows_name": "no", "has_read": "on", "sent_as": str(uuid4())}
    sent_twice(
        street,
        Contribution,
        "resident",
        "dialogue:suggest",
        street.town.next_conversation,
        sent,
        {"words": "A lamp"},
    )


def test_a_conversation(street: Street) -> None:
    sent = {
        "question": "Where?",
        "why": "We ask.",
        "promise": "We answer.",
        "promised_by": str(street.town.council.pk),
        "promised_until": "2099-06-01",
        "despite_hold": "It cannot wait.",
        "sent_as": str(uuid4()),
    }
    sent_twice(street, Conversation, "convenor", "dialogue:open", None, sent, {"question": "When?"})


def test_a_theme(street: Street) -> None:
    sent = {
        "contributions": [str(street.town.fresh_contribution.pk)],
        "title": "The north",
        "working_days": "20",
        "sent_as": str(uuid4()),
    }
    sent_twice(street, Theme, "convenor", "dialogue:desk", None, sent, {"title": "The south"})


def test_a_contribution_to_a_purse(street: Street) -> None:
    town = street.town
    sent = {"organisation": str(town.charity.pk), "pounds": "500", "hours": "", "sent_as": str(uuid4())}
    sent_twice(street, FundContribution, "partner", "initiatives:contribute", town.fund, sent, {"pounds": "5000"})


def test_hours(street: Street) -> None:
    sent = {"giver": "me", "time": "2 h", "what": "Tea", "sent_as": str(uuid4()), **day("given_on", clock.today())}
    sent_twice(street, GivenHours, "resident", "initiatives:give_hours", street.town.fund, sent, {"time": "20 h"})


def test_nobody_sends_under_the_number_of_somebody_else(street: Street) -> None:
    fund, key = street.town.fund, str(uuid4())
    sent = {"giver": "me", "time": "2 h", "what": "Tea", "sent_as": key, **day("given_on", clock.today())}
    with transaction.atomic():
        assert send(street, "resident", "initiatives:give_hours", fund, **sent).status_code == 302
        answer = send(street, "outsider", "initiatives:give_hours", fund, **sent)
        assert 400 <= answer.status_code < 500 and GivenHours.objects.filter(pk=key).count() == 1
        transaction.set_rollback(True)


def test_a_posting(street: Street) -> None:
    town, id, at = street.town, uuid4(), clock.now()
    with transaction.atomic():
        other = ledger.open_account(owner=town.charity, unit="gbp", name="Till", floor=None, by=town.joan, at=at)
        body: dict[str, Any] = {"id": id, "because": town.fund.step, "by": town.joan, "at": at}
        entries = [(town.fund.pounds, Money(-100)), (other, Money(100))]
        first = ledger.post(entries=entries, **body)
        assert ledger.post(entries=entries, **body) == first
        for changed in ([(town.fund.pounds, Money(-200)), (other, Money(200))], list(reversed(entries))[:0]):
            with pytest.raises(Exception, match=""), transaction.atomic():
                ledger.post(entries=changed, **body)
        assert Journal.objects.filter(pk=id).count() == 1
        transaction.set_rollback(True)


# -- too much


@pytest.mark.parametrize(
    "name", ["dialogue:suggest", "people:join", "notices:receipt", "front:language", "people:contact"]
)
@pytest.mark.parametrize("how", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=cut"])
def test_ten_megabytes_of_text_are_refused_and_not_held_in_memory(street: Street, name: str, how: str) -> None:
    args = [street.town.next_conversation.pk] if name == "dialogue:suggest" else []
    text = b"x" * TEN_MEGABYTES
    part = b'--cut\r\nContent-Disposition: form-data; name="words"\r\n\r\n' + text + b"\r\n--cut--\r\n"
    body = b"words=" + text if how.endswith("urlencoded") else part
    before = counts()
    tracemalloc.start()
    try:
        answer = street.browser("resident").generic("POST", reverse(name, args=args), body, content_type=how)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert answer.status_code == 413
    assert peak < 2 * TEN_MEGABYTES, f"{peak:,} bytes at the peak"
    assert counts() == before


def test_too_many_fields_are_refused(street: Street) -> None:
    body = "&".join(f"f{number}=x" for number in range(5_000))
    address = reverse("dialogue:suggest", args=[street.town.next_conversation.pk])
    answer = street.browser("resident").generic("POST", address, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413


# -- too large, too far, no number, no day

NO_AMOUNTS = ("-5", "0", "0.001", "NaN", "1e9", "Infinity", "£", "12,5,0.1", "9" * 29, "٣", "=1+1", "1_000", " ")


@pytest.mark.parametrize("amount", NO_AMOUNTS)
def test_what_is_no_amount_is_refused(street: Street, amount: str) -> None:
    before = counts()
    sent = {"payee": str(street.town.charity.pk), "amount": amount, "words": "A bus"}
    assert send(street, "partner", "initiatives:pay", street.town.fund, **sent).status_code in REFUSED
    assert counts() == before


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e400", "9" * 40, "0.0000000001", "", "one", "٣٣٣x", "1,2,3"])
def test_what_is_no_number_is_refused(street: Street, number: str) -> None:
    before, when = counts(), clock.today() - timedelta(days=9)
    days = day("from_on", when) | day("last_on", when)
    sent = {"value": number, "provenance": "x", "rung": "claimed", "sent_as": str(uuid4()), **days}
    assert send(street, "commissioner", "outcomes:record", street.town.indicator, **sent).status_code == 422
    assert counts() == before


NO_DAYS = (("1", "1", "0001"), ("31", "12", "9999"), ("29", "2", "2027"), ("31", "4", "2027"), ("0", "0", "0"))
NO_DAYS += (
    ("", "", "2027"),
    ("1", "13", "2027"),
    ("-1", "1", "2027"),
    ("1", "1", "10000"),
    ("x", "y", "z"),
    ("1", "1", "26"),
)


@pytest.mark.parametrize("given", NO_DAYS)
def test_what_is_no_day_or_out_of_all_time_is_refused(street: Street, given: tuple[str, str, str]) -> None:
    before = counts()
    parts = dict(zip(("given_on_day", "given_on_month", "given_on_year"), given, strict=True))
    sent = {"giver": "me", "time": "1 h", "what": "Tea", "sent_as": str(uuid4()), **parts}
    with transaction.atomic():
        answer = send(street, "resident", "initiatives:give_hours", street.town.fund, **sent)
        left = grown(before)
        transaction.set_rollback(True)
    assert answer.status_code in REFUSED and left == {}


# -- more than was asked for


def test_a_page_about_me_changes_nothing_else_of_me(street: Street) -> None:
    amina = Person.objects.get(pk=street.town.amina.pk)
    kept = {"email": amina.email, "is_invented": amina.is_invented, "joined_at": amina.joined_at, "erased_at": None}
    sent = {"name": "Amina Y", "language": "cy", "reach": "mail", "email": "x@elsewhere.example", "is_invented": ""}
    sent |= {
        "joined_at": "2001-01-01",
        "erased_at": "2001-01-01",
        "id": str(uuid4()),
        "roles": "steward",
        "is_staff": "1",
    }
    with transaction.atomic():
        assert send(street, "resident", "people:contact", None, **sent).status_code == 302
        amina.refresh_from_db()
        assert amina.name == "Amina Y"
        assert {name: getattr(amina, name) for name in kept} == kept
        assert [role.kind for role in amina.roles.all()] == ["resident"]
        transaction.set_rollback(True)


def test_a_suggestion_is_always_ones_own(street: Street) -> None:
    sent = {"words": "A bench", "shows_name": "no", "has_read": "on", "sent_as": str(uuid4())}
    sent |= {
        "person": str(street.town.tom.pk),
        "by": str(street.town.tom.pk),
        "channel": "paper",
        "given_on": "2001-01-01",
    }
    sent |= {"kept_at": "2001-01-01", "held_at": "2001-01-01", "keyed_in_by": str(street.town.grace.pk)}
    with transaction.atomic():
        send(street, "resident", "dialogue:suggest", street.town.next_conversation, **sent)
        said = Contribution.objects.get(words__text="A bench")
        assert (said.person_id, said.channel, said.held_at) == (street.town.amina.pk, "page", None)
        assert said.keyed_in_by is None and said.given_on == clock.today()
        transaction.set_rollback(True)


def test_a_join_makes_no_steward(street: Street) -> None:
    before = counts()
    sent = {"name": "Eve", "email": "eve@people.example", "role": "steward", "roles": "steward", "person": "x"}
    with transaction.atomic():
        send(street, "anonymous", "people:join", None, **sent, is_active="1", password="x", is_superuser="1")
        assert counts()["people.role"] == before["people.role"] and counts()["people.person"] == before["people.person"]
        transaction.set_rollback(True)
