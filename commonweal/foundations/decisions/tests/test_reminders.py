"""Reminders: before the date and after it to whoever has the link, then to the head of their service."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from commonweal.foundations.decisions import actions as decisions
from commonweal.foundations.decisions import queries
from commonweal.foundations.decisions.models import Assignment, Owed, Reminder
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.notices import delivery
from commonweal.foundations.notices.models import Link
from commonweal.foundations.organisations import actions as organisations
from commonweal.foundations.organisations.models import Service
from commonweal.foundations.verbs import clock
from commonweal.foundations.verbs.refs import SYSTEM

from .conftest import AT, Town

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def service(town: Town) -> Service:
    made = organisations.add_service(organisation=town.library, name="Lending", by=SYSTEM, at=AT)
    return organisations.name_head(service=made, name="Hal Head", email="hal@library.example", by=SYSTEM, at=AT)


@pytest.fixture
def owed(town: Town, service: Service) -> Owed:
    lines = [(town.said.subject, town.nia, town.said)]
    until = AT.date() + 14 * DAY
    made = decisions.owe(
        subject=town.theme, because=town.said, by=town.cara, at=AT, due_on=until, lines=lines, title="Light"
    )
    decisions.assign(
        owed=made, name="Jo", email="jo@library.example", by=town.cara, at=AT, service=service, expires_at=AT + 90 * DAY
    )
    return made


def sent_on(day: int) -> list[str]:
    """Remind on that day of the story, twice; whom a mail went to, and with which subject."""
    mail.outbox.clear()
    at = AT + day * DAY
    decisions.remind(at=at)
    decisions.remind(at=at)
    delivery.sweep(at=at)
    return [f"{each.to[0].partition('@')[0]}: {each.subject.partition(': ')[2]}" for each in mail.outbox]


@pytest.fixture(autouse=True)
def without_the_first_mails(owed: Owed) -> Iterator[None]:
    delivery.sweep(at=AT)
    yield


def test_each_is_reminded_once_in_its_time(owed: Owed) -> None:
    told = {day: sent_on(day) for day in (5, 11, 12, 15, 16, 17, 18)}
    assert told == {
        5: [],
        11: ["jo: a reminder: please write an answer by 16 March 2026"],
        12: [],
        15: ["jo: your answer is late, it was due by 16 March 2026"],
        16: [],
        17: ["hal: an answer of your service is late"],
        18: [],
    }


def test_who_has_written_is_reminded_no_more(owed: Owed, town: Town) -> None:
    link = Link.objects.get(purpose="decisions.draft")
    decisions.draft(owed=owed, reason_code="adopted", words="Yes.", by=link, at=AT + DAY)
    delivery.sweep(at=AT + DAY)
    assert sent_on(30) == []


def test_a_new_date_is_reminded_of_anew(owed: Owed, town: Town) -> None:
    sent_on(15)
    decisions.extend(owed=owed, until=AT.date() + 40 * DAY, because_words="Ill.", by=town.cara, at=AT + 15 * DAY)
    assert sent_on(20) == []
    assert [each.partition(":")[0] for each in sent_on(38)] == ["jo"]


def test_without_a_head_nobody_else_is_told(owed: Owed, service: Service) -> None:
    organisations.name_head(service=service, name="", email="", by=SYSTEM, at=AT)
    sent_on(15)
    assert sent_on(20) == []


def test_two_that_remind_at_once_send_one_mail(owed: Owed) -> None:
    assignment = Assignment.objects.get()
    twice = [decisions.remind(at=AT + 15 * DAY) for _ in range(2)]
    assert (twice, Reminder.objects.filter(assignment=assignment).count()) == ([1, 0], 1)


def test_the_head_asks_somebody_else_by_link_once(owed: Owed, client: Client) -> None:
    decisions.remind(at=clock.now())
    link = Link.objects.get(purpose="decisions.chase")
    path = notices.offered(link).path
    page = client.get(path).content.decode()
    assert "Light" in page
    sent = {"name": "Al", "email": "al@library.example"}
    assert client.post(path, sent).status_code == 302
    assert queries.current_assignment(owed).link.name == "Al"  # type: ignore[union-attr]
    assert queries.current_assignment(owed).service == Service.objects.get()  # type: ignore[union-attr]
    client.post(path, sent | {"name": "Eve"})
    assert queries.current_assignment(owed).link.name == "Al"  # type: ignore[union-attr]


def test_a_link_to_write_with_asks_nobody_else(owed: Owed) -> None:
    link = Link.objects.get(purpose="decisions.draft")
    with pytest.raises(Exception, match="NotAsked|link"):
        decisions.pass_on(link=link, name="Eve", email="eve@example.org", at=AT)


def test_measures_tell_the_median_days_by_service(owed: Owed, town: Town, service: Service) -> None:
    for days in (3, 9):
        other = decisions.owe(subject=town.theme, because=town.said, by=town.cara, at=AT, working_days=20)
        decisions.assign(owed=other, name="Jo", email="jo@library.example", by=town.cara, at=AT, service=service)
        decisions.draft(owed=other, reason_code="adopted", words="Yes.", by=town.cara, at=AT)
        decisions.clear(owed=other, by=town.dev, at=AT)
        decisions.publish(owed=other, by=town.dev, at=AT + days * DAY)
    (measure,) = queries.by_service(AT + 60 * DAY)
    assert (measure.name, measure.owed, measure.answered, measure.overdue, measure.median_days) == (
        "Lending",
        3,
        2,
        1,
        6,
    )
    assert queries.all_services(AT + DAY).median_days is None


def test_cleared_answers_are_published_together_or_not_at_all(town: Town) -> None:
    def one(*, is_cleared: bool) -> Owed:
        made = decisions.owe(subject=town.theme, because=town.said, by=town.cara, at=AT, working_days=20)
        decisions.draft(owed=made, reason_code="adopted", words="Yes.", by=town.cara, at=AT)
        if is_cleared:
            decisions.clear(owed=made, by=town.dev, at=AT)
        return made

    ready, other, unchecked = one(is_cleared=True), one(is_cleared=True), one(is_cleared=False)
    with pytest.raises(decisions.NotCleared):
        decisions.publish_together(owed=[ready, unchecked], by=town.dev, at=AT)
    assert Owed.objects.get(pk=ready.pk).state == "cleared"
    desk = Client()
    desk.force_login(town.dev.sign_in)  # type: ignore[attr-defined]
    assert "Publish this one" in desk.get(reverse("decisions:desk"), {"state": "cleared"}).content.decode()
    sent = {"owed": [str(ready.pk), str(other.pk)]}
    page = desk.post(reverse("decisions:publish_together"), sent, follow=True).content.decode()
    assert "2 answers are published." in page
    assert clock.now() >= AT
