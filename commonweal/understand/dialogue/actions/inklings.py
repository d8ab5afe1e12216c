"""Answer the two questions, before and after. As with votes, no step and no entry of its own tells who answered."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.verbs.refusals import Refusal

from .. import queries
from ..models import Conversation, Inkling, Participant
from ..two_questions import wording_on
from .votes import MayNotTakePart, Taking


class NotAskedNow(Refusal):
    plainly = _("We do not ask this now. Vote first, or come back when you have voted on everything.")


class NothingAnswered(Refusal):
    plainly = _("Choose an answer to at least one of the two questions.")


@transaction.atomic
def answer_two_questions(
    *, conversation: Conversation, by: Taking, at: datetime, understands: int | None = None, trusts: int | None = None
) -> Inkling:
    """Say how well one understands the matter and how far one trusts to be heard. The same moment again replaces it.

    Which moment it is follows from where somebody is: after the first vote it is before; when they have voted on
    everything, or the conversation is over, it is after. Once there is an answer after, the one before stands.
    """
    if understands is None and trusts is None:
        raise NothingAnswered(conversation)
    conversation = Conversation.objects.get(pk=conversation.pk)
    participant = _locked(conversation, by)
    moment = queries.moment_of(conversation, participant, at)
    if moment is None:
        raise NotAskedNow(conversation)
    told = {"understands": understands, "trusts": trusts, "wording": wording_on(timezone.localdate(at)).from_on}
    answered, _is_new = Inkling.objects.update_or_create(participant=participant, moment=moment, defaults=told)
    return answered


def _locked(conversation: Conversation, by: Taking) -> Participant:
    """Whoever has voted here, so that two forms at once are one after the other."""
    found = queries.participant_by(by.uuid, by.person, conversation)
    if found is None:
        raise MayNotTakePart(conversation, plainly=NotAskedNow.plainly)
    return Participant.objects.select_for_update(of=("self",)).get(pk=found.pk)
