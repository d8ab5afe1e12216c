"""The first look at new words, by rules and before anybody reads them: may they stand where everybody reads?

Three reasons hold them back at once: they may tell of harm (held for care, and the clock starts in this transaction);
there seem to be private details in them; or the conversation shows nothing before somebody has looked at it.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from commonweal.foundations.thread.models import Audience

from .. import details, screening
from ..models import Concern, Contribution, Conversation, Moderation
from . import care, log

_Because = Contribution.HeldBecause


def look_at(contribution: Contribution, at: datetime, *, minds_details: bool = True) -> None:
    """Say on the new contribution whether it is held back, and why.

    Args:
        minds_details: not where a person has looked through a file for private details already.
    """
    because = _because(contribution, at)
    if because == _Because.DETAILS and not minds_details:
        because = ""
    contribution.held_at, contribution.held_because = (at if because else None), because


def audience_of(contribution: Contribution) -> str:
    """What is held for care shows in no story at all; what is held otherwise, as a step that is not public."""
    if contribution.is_in_care:
        return Audience.PLAN
    return Audience.PARTIES if contribution.is_held else Audience.PUBLIC


def begin(contribution: Contribution, at: datetime) -> None:
    """What follows in the same transaction, once the contribution is kept: the clock, or the line in the log."""
    if contribution.is_in_care:
        care.begin(contribution, found_by=Concern.FoundBy.RULES, by=None, at=at)
    elif contribution.held_because == _Because.DETAILS:
        log.note([contribution], what=Moderation.What.HELD, reason=_Because.DETAILS, by=None, at=at)


def after_care(contribution: Contribution) -> str:
    """Why it is still held back when there was no concern: a person has read it for harm and for nothing else."""
    return _unless_harmful(contribution)


def _because(contribution: Contribution, at: datetime) -> str:
    if screening.may_tell_of_harm(contribution.words.text, on=timezone.localdate(at)):
        return _Because.CARE
    return _unless_harmful(contribution)


def _unless_harmful(contribution: Contribution) -> str:
    if details.found_in(contribution.words.text):
        return _Because.DETAILS
    is_strict = contribution.conversation.moderated == Conversation.Moderated.BEFORE
    return _Because.WAITING if is_strict and contribution.keyed_in_by_id is None else ""
