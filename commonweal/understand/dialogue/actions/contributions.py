"""Make a suggestion, or key one in for somebody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.audit.models import Words
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.notices.actions import GivenReceipt
from commonweal.foundations.people import actions as people
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.refs import Ref
from commonweal.foundations.verbs.refusals import Refusal

from ..models import Contribution, Conversation
from ..wording import clean
from . import first_look


class ConversationIsNotOpen(Refusal):
    plainly = _("This conversation does not take suggestions now.")


class SentBefore(Refusal):
    plainly = _("This form was sent before, with something else in it. Open the page again to send something new.")


class CannotBeInTheFuture(Refusal):
    plainly = _("The day it was said cannot be in the future.")


@dataclass(frozen=True)
class KeyedIn:
    """A suggestion that was keyed in, and the receipt to hand over; none where it was handed over before."""

    contribution: Contribution
    receipt: GivenReceipt | None

    @property
    def code(self) -> str:
        return self.receipt.code if self.receipt else ""


@transaction.atomic
def suggest(
    *,
    conversation: Conversation,
    words: str,
    by: Person,
    at: datetime,
    because: Step | None = None,
    shows_name: bool = False,
    sent_as: UUID | None = None,
    language: str = "",
) -> Contribution:
    """Say something in a conversation.

    Args:
        because: what made them say it; the conversation's opening where nothing else did.
        shows_name: the person's own choice; otherwise others read 'a resident'.
        sent_as: the form's own number: a double click is kept once.
    """
    said = clean(words)
    if not Conversation.objects.get(pk=conversation.pk).is_open(at):
        raise ConversationIsNotOpen(conversation)

    def make() -> Contribution:
        contribution = Contribution(
            conversation=conversation,
            channel=Contribution.Channel.PAGE,
            words=audit.keep_words(said, language=language),
            person=by,
            shows_name=shows_name,
            given_on=timezone.localdate(at),
            kept_at=at,
            sent_as=sent_as,
        )
        keep_as_seen_first(contribution, because or conversation.step, at)
        audit.enter(by=by, verb="dialogue.suggest", subject=contribution, at=at, words=[contribution.words])
        return contribution

    contribution, is_new = _once(make, sent_as)
    kept = (contribution.conversation_id, contribution.person_id, contribution.words.text)
    if not is_new and kept != (conversation.pk, by.pk, said):
        raise SentBefore(contribution)
    return contribution


@transaction.atomic
def key_in(
    *,
    conversation: Conversation,
    words: str,
    given_on: date,
    on_word_of: str,
    by: Person,
    at: datetime,
    because: Step | None = None,
    channel: str = Contribution.Channel.PAPER,
    person: Person | None = None,
    name: str = "",
    postal_address: str = "",
    shows_name: bool = False,
    sent_as: UUID | None = None,
    language: str = "",
    is_invented: bool = False,
) -> KeyedIn:
    """Enter what somebody said on paper or by phone, with the day they said it, and a receipt code to hand over.

    Args:
        given_on: the true day. Paper that came in time counts, though the conversation has closed since.
        on_word_of: how we know: their letter, their call, who told us.
        person: somebody we know; else a paper person is made of `name` and `postal_address`, where there is a name.
    """
    said, source = clean(words), clean(on_word_of, longest=300)
    _refuse_out_of_time(Conversation.objects.get(pk=conversation.pk), given_on, at)

    def make() -> Contribution:
        who = person or _on_paper(name, postal_address, by=by, at=at, is_invented=is_invented)
        contribution = Contribution(
            conversation=conversation,
            channel=channel,
            words=audit.keep_words(said, language=language),
            person=who,
            shows_name=shows_name and who is not None,
            given_on=given_on,
            kept_at=at,
            keyed_in_by=by,
            on_word_of=audit.keep_words(source),
            sent_as=sent_as,
        )
        keep_as_seen_first(contribution, because or conversation.step, at)
        audit.enter(by=by, verb="dialogue.key_in", subject=contribution, at=at, words=_words_of(contribution))
        return contribution

    contribution, is_new = _once(make, sent_as)
    kept = (contribution.conversation_id, contribution.keyed_in_by_id, contribution.given_on, contribution.words.text)
    if not is_new and kept != (conversation.pk, by.pk, given_on, said):
        raise SentBefore(contribution)
    return KeyedIn(contribution, notices.receipt(subject=contribution, by=by, at=at) if is_new else None)


def keep(contribution: Contribution, because: Step, at: datetime, audience: str = "public") -> None:
    """Keep a new contribution with its step. The step says 'who' by way of the contribution, never by name.

    What is keyed in stands on the thread when it is keyed in: after what caused it, and so that whoever follows that
    hears of it. Its title says the day on which it was said.
    """
    who = Ref("dialogue", "contributor", contribution.pk)
    is_keyed_in = contribution.keyed_in_by_id is not None
    contribution.step = thread.record(
        kind="dialogue.keyed_in" if is_keyed_in else "dialogue.contribution",
        subject=contribution,
        because=because,
        at=at,
        audience=audience,
        params={"who": who, "said_on": contribution.given_on.isoformat()} if is_keyed_in else {"who": who},
    )
    contribution.save(force_insert=True)


def keep_as_seen_first(contribution: Contribution, because: Step, at: datetime, *, minds_details: bool = True) -> None:
    """Keep it, held back where the first look says so: for care, for private details, until somebody looked at it."""
    first_look.look_at(contribution, at, minds_details=minds_details)
    keep(contribution, because, at, audience=first_look.audience_of(contribution))
    first_look.begin(contribution, at)


def _once(make: Callable[[], Contribution], sent_as: UUID | None) -> tuple[Contribution, bool]:
    """What the form with this number made: now, or when it was sent before. The database decides who was first."""
    try:
        with transaction.atomic():
            return make(), True
    except IntegrityError:
        before = Contribution.objects.select_related("words").filter(sent_as=sent_as).first() if sent_as else None
        if before is None:
            raise
        return before, False


def _on_paper(name: str, postal_address: str, *, by: Person, at: datetime, is_invented: bool) -> Person | None:
    if not name.strip():
        return None
    return people.enter_on_paper(
        name=name.strip(), postal_address=postal_address.strip(), by=by, at=at, is_invented=is_invented
    )


def _refuse_out_of_time(conversation: Conversation, given_on: date, at: datetime) -> None:
    if given_on > timezone.localdate(at):
        raise CannotBeInTheFuture(given_on)
    if given_on < timezone.localdate(conversation.opens_at):
        raise ConversationIsNotOpen(plainly=_("The conversation had not begun on that day."))
    if conversation.last_day is not None and given_on > conversation.last_day:
        raise ConversationIsNotOpen(plainly=_("The conversation was over on that day."))


def _words_of(contribution: Contribution) -> list[Words]:
    return [words for words in (contribution.words, contribution.on_word_of) if words is not None]
