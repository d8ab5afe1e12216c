"""Gather suggestions into a theme, which then owes one answer to all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Min
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.decisions import actions as decisions
from commonweal.foundations.decisions.models import Owed
from commonweal.foundations.organisations.models import Service
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.refs import Ref
from commonweal.foundations.verbs.refusals import Refusal

from ..models import Contribution, Conversation, Gathered, Gathering, Theme
from ..wording import clean
from .aside import DoesNotWait
from .contributions import SentBefore

#: Working days until the answer is due, unless the convenor says otherwise.
WORKING_DAYS = 20


class NothingToGather(Refusal):
    plainly = _("Tick at least one suggestion first.")


class GatheredAlready(Refusal):
    plainly = _("These suggestions are in that theme already.")


class LongerThanPromised(Refusal):
    """More time can be given afterwards, in public and with a reason (`decisions.extend`)."""

    plainly = _("That is longer than the conversation promised. Choose fewer working days.")


class AnsweredAlready(Refusal):
    plainly = _("That theme has its answer already. Put these suggestions into a new theme.")


@transaction.atomic
def gather(
    *,
    contributions: Sequence[Contribution],
    title: str,
    by: Person,
    at: datetime,
    because: Iterable[Step] | None = None,
    working_days: int = WORKING_DAYS,
    sent_as: UUID | None = None,
    service: Service | None = None,
) -> Theme:
    """Put suggestions that say alike together under one title. From now on it owes them an answer by a date.

    All of them, or none: what was held back or set aside meanwhile is told, and not left out without a word.

    Args:
        because: steps that caused the gathering beside the suggestions themselves.
        sent_as: the form's own number: the same form sent again makes no second theme.
        service: whose officer is asked at once to write the answer; nobody otherwise.
    """
    named = clean(title, longest=160)
    if not contributions:
        raise NothingToGather()
    try:
        with transaction.atomic():
            theme = _begin(contributions, named, by, at, list(because or ()), working_days, sent_as)
            _ask(theme, service, by, at)
            return theme
    except (IntegrityError, DoesNotWait):
        before = _sent_before(sent_as)
        if before is None:
            raise
        if (before.by_id, before.theme.title) != (by.pk, named) or not _are_in(before, contributions):
            raise SentBefore(before) from None
        return before.theme


@transaction.atomic
def gather_more(
    *, theme: Theme, contributions: Sequence[Contribution], by: Person, at: datetime, sent_as: UUID | None = None
) -> Gathering:
    """Add suggestions to a theme that has no answer yet. They are owed the same answer by the same date."""
    if not contributions:
        raise NothingToGather()
    theme = Theme.objects.select_for_update(of=("self",)).select_related("owed", "step").get(pk=theme.pk)
    try:
        with transaction.atomic():
            return _add(theme, contributions, by, at, sent_as)
    except (IntegrityError, DoesNotWait, GatheredAlready, AnsweredAlready):
        before = _sent_before(sent_as)
        if before is None:
            raise
        if (before.by_id, before.theme_id) != (by.pk, theme.pk) or not _are_in(before, contributions):
            raise SentBefore(before) from None
        return before


def _begin(
    contributions: Sequence[Contribution],
    title: str,
    by: Person,
    at: datetime,
    because: list[Step],
    working_days: int,
    sent_as: UUID | None,
) -> Theme:
    theme = Theme(title=title)
    new = _in_full(contributions)
    _refuse_longer_than_promised(new, working_days)
    theme.step = _step("dialogue.theme", theme, new, because, at)
    theme.owed = decisions.owe(
        subject=theme, because=theme.step, by=by, at=at, working_days=working_days, lines=_lines(new), title=title
    )
    theme.save(force_insert=True)
    _keep(theme, new, theme.step, by, at, sent_as)
    return theme


def _ask(theme: Theme, service: Service | None, by: Person, at: datetime) -> None:
    if service is not None and service.officer is not None and service.officer.email:
        officer = service.officer
        decisions.assign(owed=theme.owed, name=str(officer), email=officer.email, service=service, by=by, at=at)


def _refuse_longer_than_promised(new: list[Contribution], working_days: int) -> None:
    within = Conversation.objects.filter(contributions__in=new).aggregate(least=Min("answer_within"))["least"]
    if within is not None and working_days > within:
        told = ngettext(
            "The conversation promised an answer within %(count)s working day. Choose that or fewer.",
            "The conversation promised an answer within %(count)s working days. Choose that or fewer.",
            within,
        )
        raise LongerThanPromised(working_days, plainly=told % {"count": within})


def _add(
    theme: Theme, contributions: Sequence[Contribution], by: Person, at: datetime, sent_as: UUID | None
) -> Gathering:
    inside = _inside(theme)
    new = _in_full([each for each in contributions if each.pk not in inside])
    if not new:
        raise GatheredAlready()
    step = _step("dialogue.gathering", theme, new, [theme.step], at)
    _owe_them_too(theme.owed, new, by, at)
    return _keep(theme, new, step, by, at, sent_as)


def _sent_before(sent_as: UUID | None) -> Gathering | None:
    return Gathering.objects.select_related("theme").filter(sent_as=sent_as).first() if sent_as else None


def _are_in(before: Gathering, contributions: Sequence[Contribution]) -> bool:
    """The same ticks as then: all that it put in, and nothing that is not in the theme."""
    put_in = set(before.gathered.values_list("contribution", flat=True))
    return put_in <= {each.pk for each in contributions} <= _inside(before.theme)


def _inside(theme: Theme) -> set[UUID]:
    return set(Gathered.objects.filter(theme=theme).values_list("contribution", flat=True))


def _in_full(contributions: Sequence[Contribution]) -> list[Contribution]:
    """The contributions as they stand now, each once, in a fixed order and locked, so that nobody sets one aside
    meanwhile. What is held back or set aside cannot be gathered."""
    asked = {each.pk for each in contributions}
    locked = Contribution.objects.select_for_update(of=("self",)).select_related("person", "step")
    found = list(locked.filter(pk__in=asked, held_at=None, aside=None).order_by("step_id"))
    if len(found) < len(asked):
        raise DoesNotWait()
    return found


def _step(kind: str, theme: Theme, new: list[Contribution], because: list[Step], at: datetime) -> Step:
    return thread.record(
        kind=kind,
        subject=theme,
        because=[*(each.step for each in new), *because],
        at=at,
        params={"theme": theme, "count": len(new)},
    )


def _lines(new: list[Contribution]) -> list[tuple[Ref, Person | None, Step]]:
    return [(each.ref, each.person, each.step) for each in new]


def _owe_them_too(owed: Owed, new: list[Contribution], by: Person, at: datetime) -> None:
    try:
        decisions.owe_more(owed=owed, lines=_lines(new), by=by, at=at)
    except decisions.AnsweredAlready as published:
        raise AnsweredAlready(owed) from published


def _keep(
    theme: Theme, new: list[Contribution], step: Step, by: Person, at: datetime, sent_as: UUID | None
) -> Gathering:
    gathering = Gathering.objects.create(theme=theme, by=by, at=at, sent_as=sent_as, step=step)
    Gathered.objects.bulk_create(
        [Gathered(theme=theme, contribution=each, gathering=gathering) for each in new], batch_size=500
    )
    facts = {"suggestions": len(new), "text": audit.fingerprint(theme.title)}
    audit.enter(by=by, verb="dialogue.gather", subject=gathering, at=at, facts=facts)
    return gathering
