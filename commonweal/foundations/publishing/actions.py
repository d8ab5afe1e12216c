"""Verbs of publishing: put out a number, put out a finding, keep a page as it stands."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.places.models import Area
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref
from commonweal.foundations.verbs.refusals import Refusal
from commonweal.methods.quantities import Period

from . import queries
from .copying import keep_copy
from .models import Finding, Measure
from .rungs import Rung

__all__ = ["NeitherKnownNorSaid", "NoSource", "RevisedAlready", "keep_copy", "publish_finding", "publish_measure"]

#: As fine as a value is kept.
FINEST = Decimal("0.000001")


class NoSource(Refusal):
    plainly = _("Say where this comes from.")


class NeitherKnownNorSaid(Refusal):
    plainly = _("Give the value, or say why it cannot be known.")


class RevisedAlready(Refusal):
    plainly = _("This has been revised already. Revise the newest one.")


@transaction.atomic
def publish_measure(
    *,
    key: str,
    title: str,
    period: Period,
    value: Decimal | int | None,
    unit: str,
    source: str,
    rung: str,
    by: Record | Ref,
    at: datetime,
    area: Area | None = None,
    n: int | None = None,
    unknown_because: str = "",
) -> Measure:
    """Put out one value of a series. The same again changes nothing; another value for the same period revises it.

    Args:
        key: the series, named by its room, as `decisions.answer_rate`.
        rung: how it stands, a code of `rungs.Rung`: what it says of causes.
        value: None where it cannot be known; then `unknown_because` says why.
        n: how many it rests on.
    """
    if not source.strip():
        raise NoSource
    if (value is None) != bool(unknown_because):
        raise NeitherKnownNorSaid
    exact = None if value is None else Decimal(value).quantize(FINEST)
    same_time = {"from_on": period.from_on, "until_on": period.until_on}
    standing = queries.current(key, area=area).select_for_update(of=("self",)).filter(**same_time).first()
    if standing is not None and _says(standing) == (exact, n, unit, source, Rung(rung), unknown_because):
        return standing
    measure = Measure.objects.create(
        key=key,
        title=title,
        area=area,
        **same_time,
        value=exact,
        unknown_because=unknown_because,
        unit=unit,
        n=n,
        rung=Rung(rung),
        source=source,
        published_by=by.ref,
        published_at=at,
        supersedes=standing,
    )
    facts = {"key": key, "value": None if exact is None else str(exact), "revises": _name(standing)}
    audit.enter(by=by, verb="publishing.publish_measure", subject=measure, at=at, facts=facts)
    return measure


@transaction.atomic
def publish_finding(
    *,
    claim: str,
    strength: str,
    source: str,
    by: Record | Ref,
    at: datetime,
    context: str = "",
    effect: Decimal | None = None,
    low: Decimal | None = None,
    high: Decimal | None = None,
    unit: str = "",
    n: int | None = None,
    subject: Record | Ref | None = None,
    because: Step | None = None,
    supersedes: Finding | None = None,
) -> Finding:
    """Put out something that was found, with the strength of its evidence and where it held."""
    if not source.strip():
        raise NoSource
    if supersedes is not None and Finding.objects.filter(supersedes=supersedes).exists():
        raise RevisedAlready(supersedes)
    said = audit.keep_words(claim)
    held = audit.keep_words(context) if context else None
    finding = Finding.objects.create(
        claim=said,
        context=held,
        effect=effect,
        effect_low=low,
        effect_high=high,
        unit=unit,
        n=n,
        strength=Finding.Strength(strength),
        source=source,
        subject=subject.ref if subject else None,
        because=because,
        published_by=by.ref,
        published_at=at,
        supersedes=supersedes,
    )
    facts = {"strength": strength, "revises": _name(supersedes)}
    words = [each for each in (said, held) if each is not None]
    audit.enter(by=by, verb="publishing.publish_finding", subject=finding, at=at, facts=facts, words=words)
    return finding


def _says(standing: Measure) -> tuple[object, ...]:
    return standing.value, standing.n, standing.unit, standing.source, standing.rung, standing.unknown_because


def _name(standing: Record | None) -> str | None:
    return None if standing is None else str(standing.ref)
