"""Hold a suggestion back, and let it go again. The reason is told to its author, and never the words to others."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Audience, Step
from commonweal.foundations.verbs.refusals import Refusal

from ..models import Contribution


class HeldAlready(Refusal):
    plainly = _("This suggestion is held back already.")


class NotHeld(Refusal):
    plainly = _("This suggestion is not held back.")


@transaction.atomic
def hold(
    *, contribution: Contribution, by: Person, reason: str, at: datetime, because: Step | None = None
) -> Contribution:
    """Show a suggestion to nobody but its author, who is told why."""
    contribution = _locked(contribution)
    if contribution.is_held:
        raise HeldAlready(contribution)
    _set(contribution, at, Contribution.HeldBecause(reason))
    step = thread.record(
        kind="dialogue.hold",
        subject=contribution,
        because=because or contribution.step,
        at=at,
        audience=Audience.PARTIES,
        params={"reason": contribution.held_because},
    )
    audit.enter(by=by, verb="dialogue.hold", subject=contribution, at=at, facts={"reason": contribution.held_because})
    _tell(contribution, step, at)
    return contribution


@transaction.atomic
def release(*, contribution: Contribution, by: Person, at: datetime, because: Step | None = None) -> Contribution:
    """Show a suggestion again that was held back. Where its first step was not public, it is known by this one now."""
    contribution = _locked(contribution)
    if not contribution.is_held:
        raise NotHeld(contribution)
    _set(contribution, None, "")
    step = thread.record(
        kind="dialogue.release",
        subject=contribution,
        because=because or contribution.step,
        at=at,
    )
    if contribution.step.audience != Audience.PUBLIC:
        contribution.step = step
        contribution.save(update_fields=["step"])
    audit.enter(by=by, verb="dialogue.release", subject=contribution, at=at)
    _tell(contribution, step, at)
    return contribution


def _locked(contribution: Contribution) -> Contribution:
    locked = Contribution.objects.select_for_update(of=("self",)).select_related("person", "step")
    return locked.get(pk=contribution.pk)


def _set(contribution: Contribution, held_at: datetime | None, because: str) -> None:
    contribution.held_at, contribution.held_because = held_at, because
    contribution.save(update_fields=["held_at", "held_because"])


def _tell(contribution: Contribution, step: Step, at: datetime) -> None:
    if contribution.person is not None:
        notices.tell(contribution.person, about=step, at=at)
