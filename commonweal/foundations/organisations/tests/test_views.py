"""The list of organisations, and the page of one."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commonweal.foundations.organisations import actions
from commonweal.foundations.people import actions as people
from commonweal.foundations.verbs.refs import SYSTEM

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SIGNED: dict[str, Any] = {"by": SYSTEM, "at": AT}


def test_everybody_sees_who_is_here_by_kind(db: None, client: Client) -> None:
    actions.found(name="Toy Council", kind="council", **SIGNED)
    actions.found(name="Toy Gardeners", kind="group", **SIGNED)
    everyone = client.get(reverse("organisations:everyone_here")).content.decode()
    assert everyone.index("Toy Council") < everyone.index("Toy Gardeners")
    groups = client.get(reverse("organisations:everyone_here"), {"kind": "group"}).content.decode()
    assert ("Toy Gardeners" in groups, "Toy Council" in groups) == (True, False)
    assert client.get(reverse("organisations:everyone_here"), {"kind": "<script>"}).status_code == 200


def test_an_empty_list_says_so(db: None, client: Client) -> None:
    assert "none of this kind yet" in client.get(reverse("organisations:everyone_here")).content.decode()


def test_a_page_names_who_acts_and_counts_who_belongs(db: None, client: Client) -> None:
    group = actions.found(name="Toy Gardeners", kind="group", is_invented=True, **SIGNED)
    officer = people.join(name="Olga Officer", email="olga@example.org", at=AT)
    member = people.join(name="Quiet Member", email="quiet@example.org", at=AT)
    for person, part in ((officer, "treasurer"), (officer, "member"), (member, "member")):
        actions.belong(person=person, organisation=group, part=part, from_on=AT.date(), **SIGNED)
    actions.add_service(organisation=group, name="Seed library", officer=officer, **SIGNED)
    page = client.get(group.get_absolute_url()).content.decode()
    for word in ("Residents", "Olga Officer", "Treasurer", "Seed library", "2 people belong", "invented"):
        assert word in page
    assert "Quiet Member" not in page


def test_no_such_organisation_and_a_post_are_refused(db: None, client: Client) -> None:
    assert client.get(reverse("organisations:organisation", args=[uuid4()])).status_code == 404
    assert client.post(reverse("organisations:everyone_here")).status_code == 405


def test_what_an_organisation_calls_itself_is_shown_as_text(db: None, client: Client) -> None:
    actions.found(name="<script>x</script>", kind="firm", **SIGNED)
    assert "<script>x" not in client.get(reverse("organisations:everyone_here")).content.decode()


def test_the_list_asks_no_more_for_sixty_than_for_none(db: None, client: Client) -> None:
    few = questions(client)
    for number in range(60):
        actions.found(name=f"Toy {number}", kind="firm", **SIGNED)
    assert questions(client) <= few + 1


def questions(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("organisations:everyone_here"))
    return len(asked)
