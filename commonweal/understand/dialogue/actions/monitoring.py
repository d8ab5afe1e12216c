"""Answer questions about oneself that nobody can connect with what one voted or said.

Nothing else is written down: no entry in the audit, no step, no time. The counts are one number for each answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.verbs.refusals import Refusal

from .. import queries
from ..characteristics import ANSWERS
from ..models import Conversation, Participant, Tick, Ticked, Vote
from .inklings import NothingAnswered
from .votes import Taking, VotingIsOver

_SALT = "commonweal.dialogue.monitoring"


class VoteFirst(Refusal):
    plainly = _("We ask this after your first vote.")


class NotAnAnswer(Refusal):
    plainly = _("That is not one of the answers. Choose again.")


@transaction.atomic
def tick(*, conversation: Conversation, by: Taking, answers: Mapping[str, str], at: datetime) -> bool:
    """Count somebody's answers, each by itself. False where they have answered before: then nothing changes.

    Args:
        answers: by characteristic; what is left out is not counted.
    """
    conversation = Conversation.objects.get(pk=conversation.pk)
    if not conversation.is_open(at):
        raise VotingIsOver(conversation)
    if not answers:
        raise NothingAnswered(conversation)
    if any(answer not in ANSWERS.get(asked, ()) for asked, answer in answers.items()):
        raise NotAnAnswer(answers)
    participant = queries.participant_by(by.uuid, by.person, conversation)
    if participant is None or not Vote.objects.filter(participant=participant).exists():
        raise VoteFirst(conversation)
    if not _is_first(conversation, participant):
        return False
    _count(conversation, answers)
    return True


def has_ticked(conversation: Conversation, participant: Participant) -> bool:
    return Ticked.objects.filter(digest=_digest(participant)).exists()


def _is_first(conversation: Conversation, participant: Participant) -> bool:
    try:
        with transaction.atomic():
            Ticked.objects.create(conversation=conversation, digest=_digest(participant))
    except IntegrityError:
        return False
    return True


def _digest(participant: Participant) -> str:
    """Of their number, which only their browser and their own row know, and of our secret."""
    return salted_hmac(_SALT, participant.uuid.hex, algorithm="sha256").hexdigest()


def _count(conversation: Conversation, answers: Mapping[str, str]) -> None:
    """Rows are locked in one order, so that of many at once none waits for ever and none is lost."""
    counts = Tick.objects.filter(conversation=conversation)
    if not counts.exists():
        empty = [
            Tick(conversation=conversation, characteristic=asked, answer=answer)
            for asked, possible in ANSWERS.items()
            for answer in possible
        ]
        Tick.objects.bulk_create(empty, ignore_conflicts=True)
    chosen = Q()
    for asked, answer in answers.items():
        chosen |= Q(characteristic=asked, answer=answer)
    locked = counts.filter(chosen).select_for_update().order_by("pk").values_list("pk", flat=True)
    Tick.objects.filter(pk__in=list(locked)).update(count=F("count") + 1)
