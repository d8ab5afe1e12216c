"""Say what a body learned; pledge what one will do oneself, and say what became of it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.organisations import queries as organisations
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.once import once
from commonweal.foundations.verbs.refs import Ref
from commonweal.foundations.verbs.refusals import Refusal

from ..models import Conversation, Insight, Pledge
from ..wording import clean
from .contributions import ConversationIsNotOpen

LONGEST_PLEDGE, LONGEST_INSIGHT = 500, 2_000
#: The furthest day that a pledge can name.
FURTHEST_YEARS = 3


class SpeaksForNobody(Refusal):
    plainly = _("You can say this only for an organisation that you speak for. Or say how we know.")


class DayIsGone(Refusal):
    plainly = _("Choose a day that is still to come.")


class TooFarAway(Refusal):
    plainly = _("That is more than three years away. Choose an earlier day.")


class NotTheirPledge(Refusal):
    plainly = _("Only whoever made this pledge says what became of it.")


class SaidAlready(Refusal):
    plainly = _("That has been said already.")


@transaction.atomic
def say_what_was_learned(
    *,
    conversation: Conversation,
    organisation: Organisation,
    words: str,
    by: Person,
    at: datetime,
    because: Step | None = None,
    on_word_of: str = "",
    sent_as: UUID | None = None,
    language: str = "",
) -> Insight:
    """Say in public what a body learned from what people said.

    Args:
        on_word_of: where somebody keys it in who does not speak for the body: how we know.
        sent_as: the form's own number: the same form sent again is kept once.
    """
    said = clean(words, longest=LONGEST_INSIGHT)
    if not on_word_of.strip() and not organisations.acts_for(by, organisation, on=timezone.localdate(at)):
        raise SpeaksForNobody(organisation)
    _refuse_before_it_opens(conversation, at)

    def make() -> Insight:
        insight = Insight(conversation=conversation, organisation=organisation, by=by, at=at, sent_as=sent_as)
        insight.words = audit.keep_words(said, language=language)
        insight.on_word_of = audit.keep_words(clean(on_word_of, longest=300)) if on_word_of.strip() else None
        insight.step = thread.record(
            kind="dialogue.insight",
            subject=insight,
            because=because or conversation.step,
            at=at,
            params={"organisation": organisation},
        )
        insight.save(force_insert=True)
        kept = [each for each in (insight.words, insight.on_word_of) if each is not None]
        audit.enter(by=by, verb="dialogue.say_what_was_learned", subject=insight, at=at, words=kept)
        return insight

    return once(
        make,
        before=Insight.objects.select_related("words"),
        sent_as=sent_as,
        is_it=lambda made: (made.by_id, made.conversation_id, made.words.text) == (by.pk, conversation.pk, said),
    )


@transaction.atomic
def pledge(
    *,
    conversation: Conversation,
    words: str,
    by_on: date,
    by: Person,
    at: datetime,
    because: Step | None = None,
    organisation: Organisation | None = None,
    shows_name: bool | None = False,
    sent_as: UUID | None = None,
    language: str = "",
) -> Pledge:
    """Say what one will do oneself, and by when.

    Args:
        organisation: in whose name, where somebody speaks for one.
        shows_name: the person's own choice; otherwise others read 'a resident'.
    """
    said, today = clean(words, longest=LONGEST_PLEDGE), timezone.localdate(at)
    _refuse_day(by_on, today)
    if organisation is not None and not organisations.acts_for(by, organisation, on=today):
        raise SpeaksForNobody(organisation)
    _refuse_before_it_opens(conversation, at)

    def make() -> Pledge:
        made = Pledge(
            conversation=conversation,
            person=by,
            organisation=organisation,
            words=audit.keep_words(said, language=language),
            shows_name=bool(shows_name),
            by_on=by_on,
            at=at,
            sent_as=sent_as,
        )
        made.step = thread.record(
            kind="dialogue.pledge",
            subject=made,
            because=because or conversation.step,
            at=at,
            params={"who": Ref("dialogue", "pledger", made.pk), "by_on": by_on.isoformat()},
        )
        made.save(force_insert=True)
        audit.enter(by=by, verb="dialogue.pledge", subject=made, at=at, words=[made.words])
        return made

    return once(
        make,
        before=Pledge.objects.select_related("words"),
        sent_as=sent_as,
        is_it=lambda made: (made.person_id, made.conversation_id, made.words.text) == (by.pk, conversation.pk, said),
    )


@transaction.atomic
def say_what_became(*, pledge: Pledge, state: str, by: Person, at: datetime) -> Pledge:
    """Whoever made a pledge says whether it is done. What is not done can be done later; what is done stays so."""
    pledge = Pledge.objects.select_for_update(of=("self",)).select_related("organisation", "step").get(pk=pledge.pk)
    if not _is_theirs(by, pledge, timezone.localdate(at)):
        raise NotTheirPledge(pledge)
    state = Pledge.State(state)
    if state in {Pledge.State.OPEN, pledge.state} or pledge.state == Pledge.State.DONE:
        raise SaidAlready(pledge)
    pledge.state, pledge.state_at = state, at
    pledge.save(update_fields=["state", "state_at"])
    params = {"who": Ref("dialogue", "pledger", pledge.pk), "state": state}
    thread.record(kind="dialogue.pledge_told", subject=pledge, because=pledge.step, at=at, params=params)
    audit.enter(by=by, verb="dialogue.say_what_became", subject=pledge, at=at, facts={"state": state})
    return pledge


def _is_theirs(person: Person, pledge: Pledge, on: date) -> bool:
    if pledge.organisation is not None:
        return organisations.acts_for(person, pledge.organisation, on=on)
    return pledge.person_id == person.pk


def _refuse_day(by_on: date, today: date) -> None:
    if by_on < today:
        raise DayIsGone(by_on)
    if by_on.year > today.year + FURTHEST_YEARS:
        raise TooFarAway(by_on)


def _refuse_before_it_opens(conversation: Conversation, at: datetime) -> None:
    if at < conversation.opens_at:
        raise ConversationIsNotOpen(conversation)
