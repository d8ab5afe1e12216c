from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from commonweal.foundations.people import actions as people
from commonweal.foundations.verbs.refs import SYSTEM
from commonweal.foundations.work import actions as progress
from commonweal.foundations.work.models import Job

pytestmark = pytest.mark.django_db

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def owner_page() -> tuple[Client, Job]:
    owner = people.join(name="Invented Owner", email="owner@example.org", at=AT, by=SYSTEM)
    client = Client()
    client.force_login(owner.sign_in)
    return client, progress.begin(title="Bringing in votes", owner=owner, total=638, at=AT)


def test_the_owner_sees_how_far_it_has_come(owner_page: tuple[Client, Job]) -> None:
    client, job = owner_page
    page = job.get_absolute_url()
    assert "waiting for its turn" in client.get(page).content.decode()
    progress.advance(job=job, done=200, at=AT)
    assert "Under way: 200 of 638 done." in client.get(page).content.decode()
    assert 'hx-trigger="every 2s"' in client.get(page).content.decode()
    progress.finish(job=job, at=AT)
    done = client.get(page).content.decode()
    assert "Done." in done
    assert "hx-trigger" not in done


def test_without_javascript_a_link_looks_again(owner_page: tuple[Client, Job]) -> None:
    client, job = owner_page
    assert f'href="{job.get_absolute_url()}">Look again' in client.get(job.get_absolute_url()).content.decode()


def test_htmx_is_given_the_state_alone(owner_page: tuple[Client, Job]) -> None:
    client, job = owner_page
    part = client.get(job.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<div id="job-state"')
    assert "<html" not in part


def test_a_failed_job_says_why_in_plain_words(owner_page: tuple[Client, Job]) -> None:
    client, job = owner_page
    progress.fail(job=job, because="votes.csv, row 7000, column “vote”: <b>no</b>", at=AT)
    page = client.get(job.get_absolute_url()).content.decode()
    assert "row 7000, column “vote”: &lt;b&gt;no&lt;/b&gt;" in page


def test_a_stranger_is_sent_to_sign_in_and_another_person_finds_nothing(owner_page: tuple[Client, Job]) -> None:
    _, job = owner_page
    assert Client().get(job.get_absolute_url()).status_code == 302
    other = people.join(name="Invented Other", email="other@example.org", at=AT, by=SYSTEM)
    client = Client()
    client.force_login(other.sign_in)
    assert client.get(job.get_absolute_url()).status_code == 404


def test_a_job_that_is_not_there_is_not_found_and_posting_is_refused(owner_page: tuple[Client, Job]) -> None:
    client, job = owner_page
    assert client.get(reverse("work:job", args=[uuid4()])).status_code == 404
    assert client.post(job.get_absolute_url()).status_code == 405
