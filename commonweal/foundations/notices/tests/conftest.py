"""Invented people with different ways of being reached, and a step to tell them of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend

from commonweal.foundations.people import actions as people
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread import kinds
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.refs import SYSTEM, Ref

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
DAY = timedelta(days=1)

if "tests.news" not in {kind.name for kind in kinds.all_kinds()}:
    kinds.declare("tests.news", title="Lamps for Oak Park: a secret diagnosis")


def someone(name: str = "Nia", *, role: str | None = None, **also: object) -> Person:
    person = people.join(name=name, email=f"{name.lower()}@example.org", at=AT, is_invented=True)
    if also:
        Person.objects.filter(pk=person.pk).update(**also)
        person.refresh_from_db()
    if role is not None:
        people.entrust(person=person, kind=role, by=SYSTEM, at=AT, from_on=AT.date())
    return person


def news(because: Step | None = None, *, audience: str = "public", at: datetime = AT) -> Step:
    subject = Ref("tests", "thing", uuid4())
    return thread.record(kind="tests.news", subject=subject, because=because, at=at, audience=audience)


@pytest.fixture
def nia(db: None) -> Person:
    return someone()


@pytest.fixture
def steward(db: None) -> Person:
    return someone("Stella", role="steward")


class DeadServer(EmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        raise SMTPServerDisconnected("gone")


class RefusingServer(EmailBackend):
    """A mail server that knows no such address."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        raise SMTPRecipientsRefused({"nia@example.org": (550, b"no such mailbox")})


class KilledBefore(EmailBackend):
    """The machine dies before the mail is handed over."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        raise KeyboardInterrupt


class KilledAfter(EmailBackend):
    """The machine dies after the mail is handed over and before we can write that down."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        super().send_messages(list(messages))
        raise KeyboardInterrupt


@pytest.fixture
def mail_server(settings: object) -> Callable[[type[EmailBackend]], None]:
    def use(backend: type[EmailBackend]) -> None:
        settings.EMAIL_BACKEND = f"{backend.__module__}.{backend.__qualname__}"  # type: ignore[attr-defined]

    use(EmailBackend)
    return use
