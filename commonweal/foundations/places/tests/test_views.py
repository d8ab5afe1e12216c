"""The map and the page of an area."""

from types import SimpleNamespace
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commonweal.foundations.places import actions
from commonweal.foundations.places.actions import Band
from commonweal.foundations.verbs.refs import SYSTEM

from .conftest import AT, BEGAN, SURVEY, square


def test_the_map_shows_every_area_with_its_figure_and_source(harbourton: SimpleNamespace, client: Client) -> None:
    page = client.get(reverse("places:map")).content.decode()
    for word in ("The areas of Harbourton", "East", "West", "1,000", SURVEY, "<svg"):
        assert word in page


def test_the_map_says_where_a_postcode_lies(harbourton: SimpleNamespace, client: Client) -> None:
    actions.add_postcodes(area=harbourton.east, codes=["ZE1 1AA"], valid_from=BEGAN, by=SYSTEM, at=AT)
    assert "lies in" in client.get(reverse("places:map"), {"postcode": "ze11aa"}).content.decode()
    for typed in ("ZE9 9ZZ", "<script>", "x" * 9_000, "\0"):
        answer = client.get(reverse("places:map"), {"postcode": typed})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()


def test_a_postcode_that_nobody_knows_is_no_dead_end(harbourton: SimpleNamespace, client: Client) -> None:
    page = client.get(reverse("places:map"), {"postcode": "ZE9 9ZZ"}).content.decode()
    assert "choose your area from the list" in page
    assert f'href="{harbourton.east.get_absolute_url()}"' in page


def test_an_empty_installation_says_that_no_areas_are_drawn(db: None, client: Client) -> None:
    assert "No areas have been drawn yet" in client.get(reverse("places:map")).content.decode()


def test_areas_without_boundaries_are_a_plain_list(harbourton: SimpleNamespace, client: Client) -> None:
    harbourton.place.areas.update(boundary=None)
    page = client.get(reverse("places:map")).content.decode()
    for word in ("How many people live where", "1,000", "not known", harbourton.west.get_absolute_url()):
        assert word in page


def test_an_area_shows_its_people_by_age(harbourton: SimpleNamespace, client: Client) -> None:
    page = client.get(reverse("places:area", args=[harbourton.east.pk])).content.decode()
    for word in ("East", "E99000001", "1,000 people lived here in 2021", "18 to 64", "65 and over", "<table"):
        assert word in page


def test_an_area_without_figures_says_so(harbourton: SimpleNamespace, client: Client) -> None:
    page = client.get(reverse("places:area", args=[harbourton.west.pk])).content.decode()
    assert "cannot be known" in page


def test_a_redrawn_area_leads_to_what_it_became(harbourton: SimpleNamespace, client: Client) -> None:
    new = actions.add_area(name="Quay", valid_from=AT.date(), succeeds=[harbourton.east], by=SYSTEM, at=AT)
    page = client.get(reverse("places:area", args=[harbourton.east.pk])).content.decode()
    assert "redrawn on 2 March 2026" in page
    assert new.get_absolute_url() in page
    assert harbourton.east.get_absolute_url() in client.get(new.get_absolute_url()).content.decode()


def test_an_area_that_is_not_there_and_a_post_are_refused(harbourton: SimpleNamespace, client: Client) -> None:
    assert client.get(reverse("places:area", args=[uuid4()])).status_code == 404
    assert client.post(reverse("places:map")).status_code == 405


def test_the_map_asks_no_more_for_sixty_areas_than_for_two(harbourton: SimpleNamespace, client: Client) -> None:
    few = questions(client)
    for number in range(60):
        ward = actions.add_area(name=f"W{number}", valid_from=BEGAN, boundary=square(-1.0), by=SYSTEM, at=AT)
        actions.record_population(bands=[Band(0, None, 5, ward)], year=2021, source=SURVEY, by=SYSTEM, at=AT)
    assert questions(client) == few


def questions(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("places:map"))
    return len(asked)
