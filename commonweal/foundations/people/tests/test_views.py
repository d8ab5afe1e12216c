"""A person's own pages and the steward's, through the client."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commonweal.foundations.people import actions, purposes
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs import clock
from commonweal.foundations.verbs.refs import SYSTEM

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SignedIn = Callable[[Person], Client]


def test_my_page_shows_what_is_held_about_me(cast: SimpleNamespace, signed_in: SignedIn) -> None:
    actions.consent(person=cast.resident, purpose="dialogue.votes", wording_version="1", by=cast.resident, at=AT)
    actions.entrust(person=cast.resident, kind="convenor", by=SYSTEM, at=AT, from_on=date(2026, 3, 2))
    page = signed_in(cast.resident).get(reverse("people:person")).content.decode()
    for word in ("Rosa Resident", "rosa@example.org", "N3 2TH", "Convenor", "dialogue.votes", "Take everything"):
        assert word in page


@pytest.mark.parametrize("name", ["person", "contact", "password", "leave", "take_everything"])
def test_my_pages_send_a_stranger_to_sign_in(db: None, client: Client, name: str) -> None:
    for method in (client.get, client.post):
        assert method(reverse(f"people:{name}"))["Location"].startswith(reverse("people:sign_in"))


def test_i_change_how_i_am_reached(cast: SimpleNamespace, signed_in: SignedIn) -> None:
    form = {"name": "Rosa R", "language": "cy", "reach": "letter", "postal_address": "2 Row", "postcode": "n32th"}
    answer = signed_in(cast.resident).post(reverse("people:contact"), form)
    assert answer.status_code == 302
    assert answer.cookies["django_language"].value == "cy"
    person = Person.objects.get(pk=cast.resident.pk)
    assert (person.name, person.reach, person.postcode) == ("Rosa R", "letter", "N3 2TH")


def test_a_letter_without_an_address_is_refused_beside_the_question(cast: SimpleNamespace, signed_in: SignedIn) -> None:
    form = {"name": "Rosa", "language": "en-gb", "reach": "letter"}
    page = signed_in(cast.resident).post(reverse("people:contact"), form)
    assert page.status_code == 422
    assert "We need an address" in page.content.decode()
    assert Person.objects.get(pk=cast.resident.pk).name == "Rosa Resident"


def test_ten_megabytes_of_name_are_refused(cast: SimpleNamespace, signed_in: SignedIn) -> None:
    form = {"name": "x" * 200_000, "language": "en-gb", "reach": "mail"}
    assert signed_in(cast.resident).post(reverse("people:contact"), form).status_code == 422


def test_i_take_my_own_agreement_back_and_nobody_elses(cast: SimpleNamespace, signed_in: SignedIn) -> None:
    given = actions.consent(person=cast.resident, purpose="p", wording_version="1", by=cast.resident, at=AT)
    address = reverse("people:withdraw_consent", args=[given.pk])
    assert signed_in(cast.steward).post(address).status_code == 404
    assert signed_in(cast.resident).post(address).status_code == 302
    given.refresh_from_db()
    assert not given.is_current


def test_an_agreement_is_shown_in_the_words_that_its_room_declared(
    cast: SimpleNamespace, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purposes, "_words", {})
    purposes.declare("toy.votes", "We may keep what you vote")
    with pytest.raises(ValueError, match="declared twice"):
        purposes.declare("toy.votes", "We may keep everything")
    actions.consent(person=cast.resident, purpose="toy.votes", wording_version="1", by=cast.resident, at=AT)
    page = signed_in(cast.resident).get(reverse("people:person")).content.decode()
    assert "We may keep what you vote" in page
    assert "toy.votes" not in page


def test_i_take_everything_with_me(cast: SimpleNamespace, signed_in: SignedIn) -> None:
    answer = signed_in(cast.resident).post(reverse("people:take_everything"))
    assert answer["Content-Type"] == "application/zip"
    assert answer["Cache-Control"] == "private, no-store"
    with ZipFile(BytesIO(answer.content)) as zipped:
        assert b"rosa@example.org" in zipped.read("everything.json")


def test_i_leave_and_am_forgotten(cast: SimpleNamespace, signed_in: SignedIn) -> None:
    client = signed_in(cast.resident)
    assert client.get(reverse("people:leave")).status_code == 200
    assert Person.objects.get(pk=cast.resident.pk).erased_at is None
    assert client.post(reverse("people:leave")).status_code == 422, "not by one careless press"
    assert client.post(reverse("people:leave"), {"sure": "on"}).status_code == 302
    assert Person.objects.get(pk=cast.resident.pk).name == ""
    assert client.get(reverse("people:person")).status_code == 302


def test_the_last_steward_is_told_why_they_cannot_leave(cast: SimpleNamespace, signed_in: SignedIn) -> None:
    page = signed_in(cast.steward).post(reverse("people:leave"), {"sure": "on"})
    assert page.status_code == 422
    assert "always has a steward" in page.content.decode()


def test_a_steward_finds_people_and_entrusts_and_withdraws(cast: SimpleNamespace, signed_in: SignedIn) -> None:
    client = signed_in(cast.steward)
    found = client.get(reverse("people:everybody"), {"words": "rosa"}).content.decode()
    assert "Rosa Resident" in found
    assert "Percy" not in found
    client.post(reverse("people:entrust", args=[cast.resident.pk]), {"kind": "convenor"})
    role = cast.resident.roles.get()
    assert role.is_held_on(clock.today())
    again = client.post(reverse("people:entrust", args=[cast.resident.pk]), {"kind": "convenor"})
    assert (again.status_code, "hold this role already" in again.content.decode()) == (422, True)
    client.post(reverse("people:withdraw_role", args=[role.pk]))
    role.refresh_from_db()
    assert not role.is_held_on(clock.today())


def test_a_steward_forgets_somebody_who_wrote_a_letter(cast: SimpleNamespace, signed_in: SignedIn) -> None:
    client = signed_in(cast.steward)
    address = reverse("people:forget", args=[cast.paper.pk])
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"because": "asked"}).status_code == 302
    assert client.get(reverse("people:card", args=[cast.paper.pk])).status_code == 404


def test_the_last_steward_keeps_the_role_and_is_told(cast: SimpleNamespace, signed_in: SignedIn) -> None:
    role = cast.steward.roles.get()
    page = signed_in(cast.steward).post(reverse("people:withdraw_role", args=[role.pk]), follow=True)
    assert "always has a steward" in page.content.decode()


def test_a_resident_sees_nothing_of_the_stewards(cast: SimpleNamespace, signed_in: SignedIn) -> None:
    client = signed_in(cast.resident)
    role = cast.steward.roles.get()
    assert client.get(reverse("people:everybody")).status_code == 403
    for name in ("card", "forget"):
        assert client.get(reverse(f"people:{name}", args=[cast.steward.pk])).status_code == 403
        assert client.get(reverse(f"people:{name}", args=[role.pk])).status_code == 403, "unknown ids look the same"
    assert client.post(reverse("people:entrust", args=[cast.resident.pk]), {"kind": "steward"}).status_code == 403
    assert client.post(reverse("people:withdraw_role", args=[role.pk])).status_code == 403
    assert not cast.resident.roles.exists()


def test_the_list_of_people_asks_no_more_for_fifty_than_for_three(cast: SimpleNamespace, signed_in: SignedIn) -> None:
    client = signed_in(cast.steward)
    few = questions(client)
    for number in range(60):
        person = actions.enter_on_paper(name=f"Paper {number}", by=cast.steward, at=AT, is_invented=True)
        actions.entrust(person=person, kind="resident", by=SYSTEM, at=AT, from_on=date(2026, 3, 2))
    assert questions(client) <= few + 1


def questions(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse("people:everybody")).status_code == 200
    return len(asked)


def test_what_people_call_themselves_is_shown_as_text(cast: SimpleNamespace, signed_in: SignedIn) -> None:
    name = "<script>alert(1)</script>"
    actions.set_contact(person=cast.resident, by=cast.resident, at=AT, name=name)
    client = signed_in(cast.steward)
    for address in (reverse("people:everybody"), reverse("people:card", args=[cast.resident.pk])):
        assert name not in client.get(address).content.decode()
