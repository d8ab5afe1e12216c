"""Writing a mail or a letter: in the recipient's language, with nothing sensitive in its subject.

A subject shows on a locked telephone and in a shared inbox. So it never says what the news is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.signing import Signer
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from commonweal.foundations.people.models import Person
from commonweal.foundations.places.models import Place
from commonweal.foundations.thread import telling
from commonweal.foundations.thread.models import Audience, Step

from . import links, tokens
from .models import Link, Notice

_STOP = Signer(salt="commonweal.notices.stop")


@dataclass(frozen=True)
class News:
    """One step as it is told in a message."""

    title: str
    quote: str
    address: str


def mail_for(notice: Notice) -> EmailMessage:
    """The mail of one notice that goes at once."""
    if notice.link is not None:
        told = links.told_of(notice.link, notice.about)
        return _mail_to_holder(notice.link) if told is None else _mail_of_news(notice.link, told)
    person = _addressee(notice)
    with translation.override(person.language):
        subject = _("%(place)s: news for you") % {"place": place_name()}
        return _mail(person, subject, "own", letter_words(notice), cadence=notice.cadence)


def summary_for(person: Person, steps: Sequence[Step], *, more: int) -> EmailMessage:
    """The weekly mail: what became of the things that the person follows."""
    with translation.override(person.language):
        subject = _("%(place)s: your weekly summary") % {"place": place_name()}
        words = {"person": person, "news": news_of(steps), "more": more}
        return _mail(person, subject, "weekly", words, cadence=Notice.Cadence.WEEKLY)


def letter_words(notice: Notice) -> dict[str, Any]:
    """What a message about one step says: the person's own words first, then the news."""
    own = [notice.line] if notice.line is not None else []
    told = news_of([notice.about, *own])
    return {"person": notice.to, "news": told[0], "line": told[1] if own else None}


def news_of(steps: Sequence[Step]) -> list[News]:
    """The steps in words. A step that is not public is told without any: its words wait behind the sign-in."""
    lines = iter(telling.lines([step for step in steps if step.audience == Audience.PUBLIC]))
    return [_news(next(lines)) if step.audience == Audience.PUBLIC else _unspoken(step) for step in steps]


def _news(line: telling.Line) -> News:
    page = line.page or reverse("thread:step", args=[line.uuid])
    return News(title=line.title, quote=line.quote, address=f"{settings.SITE_ADDRESS}{page}")


def _unspoken(step: Step) -> News:
    page = step.subject.page or reverse("thread:step", args=[step.uuid])
    title = _("There is news for you. To keep it private, it is shown only when you are signed in.")
    return News(title=title, quote="", address=f"{settings.SITE_ADDRESS}{page}")


def _mail(person: Person, subject: str, template: str, words: dict[str, Any], *, cadence: str) -> EmailMessage:
    stop = stop_address(person, cadence)
    text = render_to_string(f"notices/mail/{template}.txt", {**words, "place": place_name(), "stop": stop})
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return EmailMessage(subject, text, to=[person.email], headers=headers)


def _mail_to_holder(link: Link) -> EmailMessage:
    address = f"{settings.SITE_ADDRESS}{reverse('notices:by_link', args=[tokens.token_for(link.pk)])}"
    asked = links.asked_of(link)
    headline = asked.headline if asked is not None else _("a request for you")
    words = {"link": link, "address": address, "place": place_name(), "asked": asked}
    if asked is None:
        words["news"] = news_of([link.because])[0]
    text = render_to_string("notices/mail/link.txt", words)
    return EmailMessage(f"{place_name()}: {headline}", text, to=[link.email])


def _mail_of_news(link: Link, told: links.Told) -> EmailMessage:
    address = f"{settings.SITE_ADDRESS}{told.page}" if told.page else ""
    words = {"link": link, "told": told, "address": address, "place": place_name()}
    text = render_to_string("notices/mail/told.txt", words)
    return EmailMessage(f"{place_name()}: {told.headline}", text, to=[link.email])


def stop_address(person: Person, cadence: str) -> str:
    """One tap stops these messages, without signing in."""
    signed = _STOP.sign(f"{person.pk}:{cadence}")
    return f"{settings.SITE_ADDRESS}{reverse('notices:stop', args=[signed])}"


def read_stop(signed: str) -> tuple[str, str]:
    """The person's id and the cadence to stop.

    Raises:
        BadSignature: nobody's mail holds this link.
    """
    id, _, cadence = _STOP.unsign(signed).partition(":")
    return id, cadence


def place_name() -> str:
    place = Place.objects.first()
    return place.name if place is not None else "Commonweal"


def _addressee(notice: Notice) -> Person:
    if notice.to is None:
        raise ValueError(f"{notice.pk} goes to the holder of a link, not to a person")
    return notice.to
