"""Cast a vote, change one's mind, and tell a little about oneself.

A vote is no step and has no entry of its own in the audit: a `Cast` row is for good and is the record itself, and who
cast it must not stand in a book that other people read. When a map is kept the audit takes a digest of all casts.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.people.models import Person
from commonweal.foundations.places.models import Area
from commonweal.foundations.verbs.refusals import Refusal

from ..models import Cast, Choice, Conversation, Participant, Statement, Vote
from ..rules import may_take_part

#: A statement with no more than what says whether it takes votes: a hundred are cast in a second.
_AS_IT_STANDS = Statement.objects.select_related("contribution", "conversation").only(
    "closed_at",
    "contribution__held_at",
    "conversation__who_may",
    "conversation__opens_at",
    "conversation__closes_at",
    "conversation__closed_at",
)
#: Numbers are drawn by lot from so many; one that is taken is drawn again.
NUMBERS = 2_000_000_000
MOST_DRAWS = 20


class VotingIsOver(Refusal):
    plainly = _("This conversation takes no votes now.")


class StatementIsClosed(Refusal):
    plainly = _("This statement takes no more votes. Here is another one.")


class MayNotTakePart(Refusal):
    plainly = _("You cannot vote in this conversation yet. Sign in first, or ask the convenors.")


class TakeAReceiptFirst(Refusal):
    plainly = _("Take your four words first. With them your votes stay yours, and you can come back.")


class NotAChoice(Refusal):
    plainly = _("Choose agree, disagree or pass.")


@dataclass(frozen=True)
class Taking:
    """Who takes part, as a page knows them.

    Attributes:
        uuid: what their browser keeps, drawn before the first vote, so that a vote sent twice has one participant.
        person: where they are signed in.
        network: a keyed digest of where they come from.
    """

    uuid: UUID
    person: Person | None = None
    network: str = ""


@transaction.atomic
def cast(*, statement: Statement, choice: int, by: Taking, at: datetime) -> Vote:
    """Vote on a statement. Another vote on the same one takes its place; the same vote again changes nothing.

    Everything a participant does waits for their own row, so that of many votes at once the last counts and each is
    kept once.
    """
    if choice not in Choice.values:
        raise NotAChoice(choice)
    statement = _AS_IT_STANDS.get(pk=statement.pk)
    refuse_taking_part(statement.conversation, by, at)
    if statement.closed_at is not None or statement.contribution.is_held:
        raise StatementIsClosed(statement)
    participant = participant_of(statement.conversation, by, at)
    before = Vote.objects.filter(participant=participant, statement=statement).order_by().first()
    if before is not None and before.choice == choice:
        return before
    Cast.objects.create(participant=participant, statement=statement, choice=choice, at=at)
    if before is None:
        return Vote.objects.create(participant=participant, statement=statement, choice=choice, at=at)
    before.choice, before.at = choice, at
    before.save(update_fields=["choice", "at"])
    return before


@transaction.atomic
def come_in(*, conversation: Conversation, by: Taking, at: datetime) -> Participant:
    """Take part before the first vote, to be given a receipt."""
    refuse_taking_part(conversation, by, at)
    return _known(conversation, by) or _made(conversation, by, at)


@transaction.atomic
def tell_of_oneself(
    *, conversation: Conversation, by: Taking, at: datetime, age_band: str = "", area: Area | None = None
) -> Participant:
    """Say how old one is about, and where one lives: only to see whose voice is missing. What is left out stays."""
    refuse_taking_part(conversation, by, at)
    participant = participant_of(conversation, by, at)
    participant.age_band = age_band or participant.age_band
    participant.area = area or participant.area
    participant.save(update_fields=["age_band", "area"])
    return participant


def refuse_taking_part(conversation: Conversation, by: Taking, at: datetime) -> None:
    if not conversation.is_open(at):
        raise VotingIsOver(conversation)
    if not may_take_part(by.person, conversation):
        raise MayNotTakePart(conversation)


def participant_of(conversation: Conversation, by: Taking, at: datetime) -> Participant:
    """Whoever takes part, made with their first act, and locked until the transaction ends.

    Somebody who signs in after voting as a guest stays who they were, unless they have taken part here before.
    """
    found = _known(conversation, by)
    if found is None and by.person is None and conversation.who_may == Conversation.WhoMay.GUEST:
        raise TakeAReceiptFirst(conversation)
    found = found or _made(conversation, by, at)
    if by.person is not None and found.person_id is None:
        found.person = by.person
        found.save(update_fields=["person"])
    return found


def _known(conversation: Conversation, by: Taking) -> Participant | None:
    locked = Participant.objects.select_for_update().filter(conversation=conversation)
    if by.person is not None and (own := locked.filter(person=by.person).first()):
        return own
    found = locked.filter(uuid=by.uuid).first()
    is_another_persons = found is not None and found.person_id not in (None, by.person.pk if by.person else None)
    return None if is_another_persons else found


def _made(conversation: Conversation, by: Taking, at: datetime) -> Participant:
    for _draw in range(MOST_DRAWS):
        try:
            with transaction.atomic():
                return Participant.objects.create(
                    conversation=conversation,
                    uuid=by.uuid,
                    number=secrets.randbelow(NUMBERS) + 1,
                    person=by.person,
                    began_on=timezone.localdate(at),
                    network=by.network,
                )
        except IntegrityError:
            if (found := _known(conversation, by)) is not None:
                return found
    raise MayNotTakePart(conversation)
