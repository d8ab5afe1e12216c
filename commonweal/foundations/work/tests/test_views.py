"""The page of a job. This room stands below `people` and `front`, so whoever asks is anything that has a Ref, and the
page is drawn without the frame that front puts round it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404, HttpResponseBase
from django.test import RequestFactory

from commonweal.foundations.verbs.refs import Ref
from commonweal.foundations.work import actions as progress
from commonweal.foundations.work import views
from commonweal.foundations.work.models import Job

pytestmark = pytest.mark.django_db

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
OWNER, STRANGER = Ref("people", "person", uuid4()), Ref("people", "person", uuid4())


@pytest.fixture(autouse=True)
def _without_front(settings: Any) -> None:
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "OPTIONS": {}}]


@dataclass
class Htmx:
    is_asking: bool
    boosted: bool = False

    def __bool__(self) -> bool:
        return self.is_asking


def ask(job: Job, *, person: Ref | None = OWNER, method: str = "GET", by_htmx: bool = False) -> HttpResponseBase:
    request = RequestFactory().generic(method, job.get_absolute_url())
    request.person, request.htmx = person, Htmx(by_htmx)  # type: ignore[attr-defined]
    return views.job(request, uuid=job.pk)


def shown(job: Job, **how: bool) -> str:
    return ask(job, **how).content.decode()  # type: ignore[arg-type,attr-defined]


@pytest.fixture
def job() -> Job:
    return progress.begin(title="Bringing in votes", owner=OWNER, total=638, at=AT)


def test_the_owner_sees_how_far_it_has_come(job: Job) -> None:
    assert "waiting for its turn" in shown(job)
    progress.advance(job=job, done=200, at=AT)
    assert "Under way: 200 of 638 done." in shown(job)
    assert 'hx-trigger="every 2s"' in shown(job)
    progress.finish(job=job, at=AT)
    assert "Done." in shown(job)
    assert "hx-trigger" not in shown(job)


def test_without_javascript_a_link_looks_again(job: Job) -> None:
    assert f'href="{job.get_absolute_url()}">Look again' in shown(job)


def test_htmx_is_given_the_state_alone(job: Job) -> None:
    part = shown(job, by_htmx=True)
    assert part.strip().startswith('<div id="job-state"')
    assert "<html" not in part


def test_a_failed_job_says_why_in_plain_words(job: Job) -> None:
    progress.fail(job=job, because="votes.csv, row 7000, column “vote”: <b>no</b>", at=AT)
    assert "row 7000, column “vote”: &lt;b&gt;no&lt;/b&gt;" in shown(job)


def test_somebody_who_is_not_signed_in_is_sent_to_sign_in(job: Job) -> None:
    assert ask(job, person=None).status_code == 302


def test_another_person_finds_nothing(job: Job) -> None:
    with pytest.raises(Http404):
        ask(job, person=STRANGER)


def test_a_job_that_is_not_there_is_not_found() -> None:
    with pytest.raises(Http404):
        ask(Job(pk=uuid4()))


def test_posting_is_refused(job: Job) -> None:
    assert ask(job, method="POST").status_code == 405
