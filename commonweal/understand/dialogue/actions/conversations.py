"""Open a conversation and close it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.refusals import Refusal

from ..models import Conversation
from ..wording import LONGEST_REASON, clean
from .contributions import SentBefore


class ClosesBeforeItOpens(Refusal):
    plainly = _("The conversation would close before it opens. Choose a later day to close it.")


class ClosedAlready(Refusal):
    plainly = _("This conversation is closed already.")


@transaction.atomic
def open_conversation(
    *,
    question: str,
    why: str,
    promise: str,
    by: Person,
    because: Step | Iterable[Step] | None,
    at: datetime,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    sent_as: UUID | None = None,
    language: str = "",
    answer_within: int | None = None,
    moderated: str = Conversation.Moderated.AFTER,
) -> Conversation:
    """Ask people a question, say why now, and promise what will be done with what they say.

    Args:
        because: the step that made us ask, as a lesson; None where a story begins.
        answer_within: working days until an answer, where the promise names a number: a theme may not take more.
        sent_as: the form's own number; the same form sent again opens nothing new.
        moderated: whether suggestions are looked at before others see them, or afterwards.
    """
    opens_at = opens_at or at
    if closes_at is not None and closes_at <= opens_at:
        raise ClosesBeforeItOpens()
    try:
        with transaction.atomic():
            return _open(
                question,
                why,
                promise,
                by,
                because,
                at,
                opens_at,
                closes_at,
                sent_as,
                language,
                answer_within,
                moderated,
            )
    except IntegrityError:
        before = Conversation.objects.filter(sent_as=sent_as).first() if sent_as else None
        if before is None:
            raise
        if (before.opened_by_id, before.question) != (by.pk, clean(question, longest=200)):
            raise SentBefore(before) from None
        return before


def _open(
    question: str,
    why: str,
    promise: str,
    by: Person,
    because: Step | Iterable[Step] | None,
    at: datetime,
    opens_at: datetime,
    closes_at: datetime | None,
    sent_as: UUID | None,
    language: str,
    answer_within: int | None,
    moderated: str,
) -> Conversation:
    conversation = Conversation(
        question=clean(question, longest=200),
        why=audit.keep_words(clean(why, longest=LONGEST_REASON), language=language),
        promise=audit.keep_words(clean(promise, longest=LONGEST_REASON), language=language),
        answer_within=answer_within,
        moderated=Conversation.Moderated(moderated),
        opens_at=opens_at,
        closes_at=closes_at,
        opened_by=by,
        sent_as=sent_as,
    )
    conversation.step = thread.record(
        kind="dialogue.opening",
        subject=conversation,
        because=because,
        at=at,
        params={"conversation": conversation},
    )
    conversation.save(force_insert=True)
    words = [each for each in (conversation.why, conversation.promise) if each]
    facts = {"text": audit.fingerprint(conversation.question)}
    audit.enter(by=by, verb="dialogue.open_conversation", subject=conversation, at=at, facts=facts, words=words)
    return conversation


@transaction.atomic
def close(*, conversation: Conversation, by: Person, at: datetime, because: Step | None = None) -> Step:
    """Take no more suggestions. What was said stays, and is still answered."""
    conversation = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    if conversation.closed_at is not None:
        raise ClosedAlready(conversation)
    conversation.closed_at = at
    conversation.save(update_fields=["closed_at"])
    step = thread.record(
        kind="dialogue.closing",
        subject=conversation,
        because=because or conversation.step,
        at=at,
        params={"conversation": conversation},
    )
    audit.enter(by=by, verb="dialogue.close", subject=conversation, at=at)
    return step
