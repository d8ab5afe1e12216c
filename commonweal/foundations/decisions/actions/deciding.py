"""Deciding."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Audience, Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref
from commonweal.foundations.verbs.refusals import Refusal

from .. import policy
from ..models import Decision, Dissent, Interest, Option
from .naming import tell_who_is_named


class OutcomeNotAnOption(Refusal):
    plainly = _("What was decided must be one of the options that were on the table.")


class ExemptBecauseWhat(Refusal):
    plainly = _("Say which rule lets this decision be kept from the public.")


class RecordedBefore(Refusal):
    plainly = _("This form was sent before, with another decision in it. Open the page again to record a new one.")


@transaction.atomic
def decide(
    *,
    question: str,
    options: Sequence[str],
    rule: str,
    by: Record | Ref,
    because: Step | Sequence[Step],
    at: datetime,
    outcome: str,
    reasons: str,
    dissents: Sequence[tuple[Record | Ref, str]] = (),
    interests: Sequence[tuple[Record | Ref, str]] = (),
    is_public: bool = True,
    exempt_because: str = "",
    decided_by: Record | Ref | None = None,
    decided_on: date | None = None,
    sent_as: UUID | None = None,
) -> Decision:
    """Record a decision with all that belongs to it, at once and for good.

    Args:
        by: who records it; also who decided, unless `decided_by` names the body that did.
        rule: by which rule it was decided, as 'simple majority of the cabinet'.
        dissents: each party that disagreed, and why.
        interests: each party that declared an interest, and which. None declared is shown as such.
        decided_on: the true day, where it is recorded later.
        sent_as: the form's own number: the same form sent again records nothing new.
    """
    _refuse_what_is_no_decision(outcome, options, is_public=is_public, exempt_because=exempt_because)
    decision = Decision(
        question=question,
        rule=rule,
        decided_by=(decided_by or by).ref,
        decided_on=decided_on or policy.day_of(at),
        outcome=outcome,
        is_public=is_public,
        exempt_because=exempt_because,
        recorded_by=by.ref,
        recorded_at=at,
        sent_as=sent_as,
    )
    try:
        with transaction.atomic():
            _record(decision, options, reasons, dissents, interests, because)
    except IntegrityError:
        before = _sent_before(decision, reasons)
        if before is None:
            raise
        return before
    return decision


def _refuse_what_is_no_decision(outcome: str, options: Sequence[str], *, is_public: bool, exempt_because: str) -> None:
    if outcome not in options:
        raise OutcomeNotAnOption(outcome)
    if not is_public and not exempt_because:
        raise ExemptBecauseWhat


def _sent_before(decision: Decision, reasons: str) -> Decision | None:
    """What the same form recorded when it was sent before; nothing, where it was not.

    Raises:
        RecordedBefore: the form was sent with another decision in it, or by somebody else.
    """
    if decision.sent_as is None:
        return None
    before = Decision.objects.select_related("reasons").filter(sent_as=decision.sent_as).first()
    if before is None:
        return None
    said = (before.recorded_by, before.question, before.outcome, before.reasons.text)
    if said != (decision.recorded_by, decision.question, decision.outcome, reasons):
        raise RecordedBefore(before) from None
    return before


def _record(
    decision: Decision,
    options: Sequence[str],
    reasons: str,
    dissents: Sequence[tuple[Record | Ref, str]],
    interests: Sequence[tuple[Record | Ref, str]],
    because: Step | Sequence[Step],
) -> None:
    by, at, who = decision.recorded_by, decision.recorded_at, decision.decided_by
    decision.reasons = audit.keep_words(reasons)
    audience = Audience.PUBLIC if decision.is_public else Audience.PARTIES
    decision.step = thread.record(
        kind="decisions.decision", subject=decision, because=because, at=at, audience=audience, params={"who": who}
    )
    decision.save(force_insert=True)
    Option.objects.bulk_create(
        Option(decision=decision, place=place, text=text) for place, text in enumerate(options, start=1)
    )
    said = [decision.reasons, *_keep(Dissent, decision, dissents), *_keep(Interest, decision, interests)]
    text = audit.fingerprint(decision.question, decision.rule, decision.outcome, decision.exempt_because, *options)
    facts = {"who": str(who), "text": text}
    audit.enter(by=by, verb="decisions.decide", subject=decision, at=at, facts=facts, words=said)
    tell_who_is_named(decision)


def _keep(kind: type[Dissent | Interest], decision: Decision, said: Sequence[tuple[Record | Ref, str]]) -> list:
    kept = [kind(decision=decision, party=party.ref, words=audit.keep_words(text)) for party, text in said]
    for each in kept:
        each.save(force_insert=True)
    return [each.words for each in kept]
