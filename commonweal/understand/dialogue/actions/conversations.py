"""Open a conversation and close it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.audit.models import Words
from commonweal.foundations.calendar import holds_on
from commonweal.foundations.decisions import actions as decisions
from commonweal.foundations.decisions.queries import nation
from commonweal.foundations.look.templatetags.look import day
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.refusals import Refusal

from ..models import Contribution, Conversation
from ..wording import LONGEST_REASON, clean
from .briefing import brief
from .contributions import SentBefore
from .statements import seed


class ClosesBeforeItOpens(Refusal):
    plainly = _("The conversation would close before it opens. Choose a later day to close it.")


class PollIsNear(Refusal):
    """Before a poll a public body opens nothing that could sway votes, unless the law or an emergency demands it."""

    plainly = _("A poll is near. Open this conversation after it, or say why it cannot wait.")


class PromiseHasNoDate(Refusal):
    plainly = _("Say whose promise it is and by when it is kept: both, or neither.")


class PromiseEndsTooSoon(Refusal):
    plainly = _("The promise would be due before the conversation closes. Choose a later day.")


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
    who_may: str = Conversation.WhoMay.OPEN,
    promised_by: Organisation | None = None,
    promised_until: date | None = None,
    despite_hold: str = "",
    like: Conversation | None = None,
    moderated: str = Conversation.Moderated.AFTER,
) -> Conversation:
    """Ask people a question, say why now, and promise what will be done with what they say.

    Args:
        because: the step that made us ask, as a lesson; None where a story begins.
        answer_within: working days until an answer, where the promise names a number: a theme may not take more.
        sent_as: the form's own number; the same form sent again opens nothing new.
        who_may: vote and make statements.
        promised_by, promised_until: whose promise it is, and the day on which it is due. An account of what was done
            is owed by then, like any answer: late, extended and kept in the open.
        despite_hold: why it cannot wait until after a poll; needed only in the weeks before one.
        like: a conversation whose briefing and seeded statements this one takes over.
        moderated: whether suggestions are looked at before others see them, or afterwards.
    """
    opens_at = opens_at or at
    if closes_at is not None and closes_at <= opens_at:
        raise ClosesBeforeItOpens()
    _refuse_promise(promised_by, promised_until, closes_at)
    excuse = _excuse(opens_at, despite_hold, language)
    try:
        with transaction.atomic():
            conversation = Conversation(
                question=clean(question, longest=200),
                why=audit.keep_words(clean(why, longest=LONGEST_REASON), language=language),
                promise=audit.keep_words(clean(promise, longest=LONGEST_REASON), language=language),
                answer_within=answer_within,
                who_may=who_may,
                moderated=Conversation.Moderated(moderated),
                promised_by=promised_by,
                despite_hold=excuse,
                opens_at=opens_at,
                closes_at=closes_at,
                opened_by=by,
                sent_as=sent_as,
            )
            _keep(conversation, promised_until, by, because, at)
            if like is not None:
                _take_over(like, conversation, by, at)
            return conversation
    except IntegrityError:
        before = Conversation.objects.filter(sent_as=sent_as).first() if sent_as else None
        if before is None:
            raise
        if (before.opened_by_id, before.question) != (by.pk, clean(question, longest=200)):
            raise SentBefore(before) from None
        return before


def _keep(
    conversation: Conversation,
    promised_until: date | None,
    by: Person,
    because: Step | Iterable[Step] | None,
    at: datetime,
) -> None:
    conversation.step = thread.record(
        kind="dialogue.opening",
        subject=conversation,
        because=because,
        at=at,
        params={"conversation": conversation},
    )
    if promised_until is not None:
        title = conversation.question
        conversation.owed = decisions.owe(
            subject=conversation, because=conversation.step, by=by, at=at, due_on=promised_until, title=title
        )
    conversation.save(force_insert=True)
    words = [each for each in (conversation.why, conversation.promise, conversation.despite_hold) if each]
    facts = {"text": audit.fingerprint(conversation.question)}
    audit.enter(by=by, verb="dialogue.open_conversation", subject=conversation, at=at, facts=facts, words=words)


def _refuse_promise(promised_by: Organisation | None, until: date | None, closes_at: datetime | None) -> None:
    if (promised_by is None) != (until is None):
        raise PromiseHasNoDate()
    if until is not None and closes_at is not None and until < timezone.localdate(closes_at):
        raise PromiseEndsTooSoon(until)


def _excuse(opens_at: datetime, despite_hold: str, language: str) -> Words | None:
    """Why it opens in the weeks before a poll; nothing where no poll is near."""
    holds = holds_on(timezone.localdate(opens_at), nation())
    if not holds:
        return None
    if not despite_hold.strip():
        told = _("%(what)s is on %(day)s. Open this conversation after it, or say why it cannot wait.")
        raise PollIsNear(holds[0], plainly=told % {"what": holds[0].what, "day": day(holds[0].poll_on)})
    return audit.keep_words(clean(despite_hold, longest=LONGEST_REASON), language=language)


def _take_over(like: Conversation, conversation: Conversation, by: Person, at: datetime) -> None:
    """What another conversation told people before they took part, and what its convenors put to the vote."""
    for point in like.points.filter(taken_back_at=None).select_related("words").order_by("at", "pk"):
        brief(
            conversation=conversation,
            kind=point.kind,
            words=point.words.text,
            source=point.source,
            cost=point.cost,
            by=by,
            at=at,
            language=point.words.language,
        )
    seeds = like.statements.filter(contribution__channel=Contribution.Channel.SEED, contribution__held_at=None)
    words = list(seeds.order_by("number").values_list("contribution__words__text", flat=True))
    if words:
        seed(conversation=conversation, statements=words, by=by, at=at, language=conversation.why.language)


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
