"""Put statements to the vote: seeded by convenors, or made by whoever takes part; and close one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.people import actions as people
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs.refusals import Refusal

from ..models import Contribution, Conversation, Participant, Statement
from ..wording import LONGEST_STATEMENT, clean
from .contributions import ConversationIsNotOpen, keep, suggest
from .votes import Taking, participant_of, refuse_taking_part


class AlreadyPutToTheVote(Refusal):
    plainly = _("One of these is put to the vote already. Nothing was kept.")


class ClosedBefore(Refusal):
    plainly = _("This statement is closed already.")


class TooLongForTheVote(Refusal):
    plainly = _("That is too long to vote on. Say it in a shorter statement.")


@transaction.atomic
def seed(
    *, conversation: Conversation, statements: Sequence[str], by: Person, at: datetime, language: str = ""
) -> list[Statement]:
    """Put statements of the convenors to the vote, so that whoever comes first finds something to vote on. All of
    them or none."""
    said = [clean(each, longest=LONGEST_STATEMENT) for each in statements]
    conversation = Conversation.objects.select_for_update(of=("self",)).select_related("step").get(pk=conversation.pk)
    if conversation.is_over(at):
        raise ConversationIsNotOpen(conversation)
    there = set(_on_the_vote(conversation).values_list("contribution__words__text", flat=True))
    if len(set(said)) < len(said) or there & set(said):
        raise AlreadyPutToTheVote(conversation)
    made = [_seeded(conversation, words, by, at, language) for words in said]
    return put_to_the_vote(contributions=made, by=by, at=at)


@transaction.atomic
def say(
    *,
    conversation: Conversation,
    words: str,
    by: Taking,
    at: datetime,
    sent_as: UUID | None = None,
    language: str = "",
) -> Statement:
    """Make a statement of one's own, which others vote on. It is a suggestion like any other, and is answered.

    Whoever is not signed in becomes a guest of whom nothing is known: a receipt opens the line of what they said.
    """
    said = clean(words, longest=LONGEST_STATEMENT)
    refuse_taking_part(conversation, by, at)
    before = Statement.objects.filter(contribution__sent_as=sent_as).first() if sent_as else None
    author = by.person or (before and before.contribution.person) or people.guest(at=at, language=language or "en-gb")
    contribution = suggest(conversation=conversation, words=said, by=author, at=at, sent_as=sent_as, language=language)
    if (made := Statement.objects.filter(contribution=contribution).first()) is not None:
        return made
    participant = participant_of(conversation, by, at)
    return _put([contribution], conversation, author=participant)[0]


@transaction.atomic
def put_to_the_vote(*, contributions: Sequence[Contribution], by: Person, at: datetime) -> list[Statement]:
    """Let people vote on what somebody suggested, in the author's own words."""
    conversation = Conversation.objects.select_for_update(of=("self",)).get(pk=contributions[0].conversation_id)
    if _on_the_vote(conversation).filter(contribution__in=contributions).exists():
        raise AlreadyPutToTheVote(conversation)
    for each in contributions:
        if len(each.words.text) > LONGEST_STATEMENT:
            raise TooLongForTheVote(each)
    made = _put(contributions, conversation)
    audit.enter(
        by=by, verb="dialogue.put_to_the_vote", subject=conversation, at=at, facts={"statements": len(contributions)}
    )
    return made


@transaction.atomic
def close_statement(*, statement: Statement, by: Person, at: datetime) -> Statement:
    """Take no more votes on a statement, for instance because it is done. The votes it has stay."""
    statement = Statement.objects.select_for_update(of=("self",)).select_related("contribution").get(pk=statement.pk)
    if statement.closed_at is not None:
        raise ClosedBefore(statement)
    statement.closed_at = at
    statement.save(update_fields=["closed_at"])
    audit.enter(by=by, verb="dialogue.close_statement", subject=statement.contribution, at=at)
    return statement


def _on_the_vote(conversation: Conversation) -> models.QuerySet[Statement]:
    return Statement.objects.filter(conversation=conversation)


def _seeded(conversation: Conversation, words: str, by: Person, at: datetime, language: str) -> Contribution:
    contribution = Contribution(
        conversation=conversation,
        channel=Contribution.Channel.SEED,
        words=audit.keep_words(words, language=language),
        keyed_in_by=None,
        given_on=timezone.localdate(at),
        kept_at=at,
    )
    keep(contribution, conversation.step, at)
    audit.enter(by=by, verb="dialogue.seed", subject=contribution, at=at, words=[contribution.words])
    return contribution


def _put(
    contributions: Sequence[Contribution], conversation: Conversation, author: Participant | None = None
) -> list[Statement]:
    """One after the other under the conversation's lock: each statement has its own number."""
    Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    last = _on_the_vote(conversation).aggregate(last=Max("number"))["last"]
    first = 0 if last is None else last + 1
    return [
        Statement.objects.create(conversation=conversation, contribution=each, number=number, author=author)
        for number, each in enumerate(contributions, start=first)
    ]
