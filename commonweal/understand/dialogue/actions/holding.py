"""Hold a suggestion back, and let it go again. The reason is told to its author, and never the words to others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Audience, Step
from commonweal.foundations.verbs.refusals import Refusal

from ..models import Concern, Contribution, Flag, Moderation
from . import care, first_look, log
from .contributions import SentBefore

_Because, _What = Contribution.HeldBecause, Moderation.What


class HeldAlready(Refusal):
    plainly = _("This suggestion is held back already.")


class NotHeld(Refusal):
    plainly = _("This suggestion is not held back.")


class NotForConvenors(Refusal):
    plainly = _("This suggestion is not for convenors to show.")


class NothingToModerate(Refusal):
    plainly = _("Tick at least one suggestion first.")


class SeenToAlready(Refusal):
    plainly = _("Somebody else has seen to one of these. Look again and tick what is left.")


class FlaggedAlready(Refusal):
    plainly = _("You told us of this before. Somebody will look at it.")


@transaction.atomic
def hold(
    *, contribution: Contribution, by: Person, reason: str, at: datetime, because: Step | None = None
) -> Contribution:
    """Show a suggestion to nobody but its author, who is told why. For care: pass it to the safeguarding role."""
    contribution = _locked(contribution)
    if contribution.is_held and not contribution.waits_to_be_looked_at:
        raise HeldAlready(contribution)
    if reason != _Because.CARE:
        log.note([contribution], what=_What.HELD, reason=reason, by=by, at=at)
    return _hold(contribution, reason, by, at, because)


@transaction.atomic
def release(*, contribution: Contribution, by: Person, at: datetime, because: Step | None = None) -> Contribution:
    """Show a suggestion that was held back. Where its first step was not public, it is known by this one now."""
    contribution = _locked(contribution)
    if not contribution.is_held:
        raise NotHeld(contribution)
    if contribution.held_because in (_Because.CARE, _Because.AGAIN):
        raise NotForConvenors(contribution)
    log.note([contribution], what=_what(contribution), by=by, at=at)
    return _release(contribution, by, at, because)


@transaction.atomic
def moderate(
    *, contributions: Sequence[Contribution], by: Person, at: datetime, reason: str = "", sent_as: UUID | None = None
) -> int:
    """Show what waits and what was flagged, or hold it back for a reason: all of them, or none.

    Args:
        reason: why they are held back; nothing where they are shown.
        sent_as: the form's own number: the same form sent again does nothing twice.
    """
    if not contributions:
        raise NothingToModerate()
    try:
        with transaction.atomic():
            return _moderate(contributions, by, at, reason, sent_as)
    except (IntegrityError, SeenToAlready):
        before = Moderation.objects.filter(sent_as=sent_as).first() if sent_as else None
        if before is None:
            raise
        same = set(before.moderated.values_list("contribution", flat=True)) == {each.pk for each in contributions}
        if not same or (before.by_id, before.reason) != (by.pk, reason):
            raise SentBefore(before) from None
        return len(contributions)


@transaction.atomic
def flag(*, contribution: Contribution, because: str, by: Person, at: datetime) -> Flag:
    """Say that something is wrong with a suggestion. Nothing is hidden by it; a convenor looks."""
    try:
        with transaction.atomic():
            flag = Flag.objects.create(contribution=contribution, person=by, because=Flag.Because(because), at=at)
    except IntegrityError:
        raise FlaggedAlready(contribution) from None
    audit.enter(by=by, verb="dialogue.flag", subject=contribution, at=at, facts={"because": because})
    return flag


@transaction.atomic
def find_no_concern(*, concern: Concern, goes_back: bool, by: Person, at: datetime) -> Concern:
    """Nothing to worry about in what was held for care: back into the conversation, or kept private all the same.

    What goes back is looked at as everything is: private details or a strict conversation still hold it. Nobody is
    told by mail that anything had been held.
    """
    concern, contribution = care.find_no_concern(concern=concern, goes_back=goes_back, by=by, at=at)
    if not goes_back:
        return concern
    contribution = _locked(contribution)
    because = first_look.after_care(contribution)
    _set(contribution, at if because else None, because)
    if not because:
        _known_by(contribution, "dialogue.approval", at, None)
    return concern


@transaction.atomic
def said_again(*, contribution: Contribution, by: Person, at: datetime) -> None:
    """Its author said it in other words, so that it waits for nobody any more. What was held for care stays so."""
    contribution = _locked(contribution)
    if contribution.held_because == _Because.DETAILS and contribution.person_id == by.pk:
        _set(contribution, at, _Because.AGAIN)
        audit.enter(by=by, verb="dialogue.say_again", subject=contribution, at=at)


def _moderate(
    contributions: Sequence[Contribution], by: Person, at: datetime, reason: str, sent_as: UUID | None
) -> int:
    ids = sorted(each.pk for each in contributions)
    locked = Contribution.objects.select_for_update(of=("self",)).select_related("person", "step", "conversation__step")
    waiting = list(locked.filter(pk__in=ids).order_by("pk"))
    flagged = set(Flag.objects.filter(contribution__in=ids, looked_at=None).values_list("contribution", flat=True))
    if len(waiting) < len(set(ids)) or any(
        not (each.waits_to_be_looked_at or (not each.is_held and each.pk in flagged)) for each in waiting
    ):
        raise SeenToAlready()
    if reason == _Because.CARE:
        log.flags_were_looked_at(waiting, at)
    else:
        log.note(waiting, what=_What.HELD if reason else _What.SHOWN, reason=reason, by=by, at=at, sent_as=sent_as)
    for each in waiting:
        if reason:
            _hold(each, reason, by, at, None)
        elif each.is_held:
            _release(each, by, at, None)
        else:
            audit.enter(by=by, verb="dialogue.leave", subject=each, at=at)
    return len(waiting)


def _hold(contribution: Contribution, reason: str, by: Person, at: datetime, because: Step | None) -> Contribution:
    _set(contribution, at, _Because(reason))
    if contribution.is_in_care:
        care.begin(contribution, found_by=Concern.FoundBy.CONVENOR, by=by, at=at)
        log.flags_were_looked_at([contribution], at)
        return contribution
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


def _release(contribution: Contribution, by: Person, at: datetime, because: Step | None) -> Contribution:
    kind = "dialogue.release" if _what(contribution) == _What.AGAIN else "dialogue.approval"
    _set(contribution, None, "")
    step = _known_by(contribution, kind, at, because)
    audit.enter(by=by, verb="dialogue.release", subject=contribution, at=at)
    _tell(contribution, step, at)
    return contribution


def _what(contribution: Contribution) -> str:
    return _What.SHOWN if contribution.waits_to_be_looked_at else _What.AGAIN


def _known_by(contribution: Contribution, kind: str, at: datetime, because: Step | None) -> Step:
    """A public step; the first one that is, where none was."""
    was = contribution.step
    cause = contribution.conversation.step if was.audience == Audience.PLAN else was
    step = thread.record(kind=kind, subject=contribution, because=because or cause, at=at)
    if was.audience != Audience.PUBLIC:
        contribution.step = step
        contribution.save(update_fields=["step"])
    return step


def _locked(contribution: Contribution) -> Contribution:
    locked = Contribution.objects.select_for_update(of=("self",)).select_related(
        "person", "step", "conversation__step", "words"
    )
    return locked.get(pk=contribution.pk)


def _set(contribution: Contribution, held_at: datetime | None, because: str) -> None:
    contribution.held_at, contribution.held_because = held_at, because
    contribution.save(update_fields=["held_at", "held_because"])


def _tell(contribution: Contribution, step: Step, at: datetime) -> None:
    if contribution.person is not None:
        notices.tell(contribution.person, about=step, at=at)
