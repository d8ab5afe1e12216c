"""What people said, and what a person said themselves."""

from __future__ import annotations

from uuid import UUID

import rules
from django.db.models import Prefetch, QuerySet

from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs.refs import Ref

from ..models import Contribution, Conversation
from .themes import live


def contribution_for(person: Person | None, uuid: UUID) -> Contribution:
    """The suggestion, where this person may read it: one that is held back only its author and convenors may."""
    contribution = _in_full().get(pk=uuid)
    if not rules.test_rule("read this suggestion", person, contribution):
        raise Contribution.DoesNotExist
    return contribution


def contribution_of(subject: Ref) -> Contribution:
    """The suggestion that a receipt code opens, also where it is held back."""
    return _in_full().get(pk=subject.uuid)


def shown_contributions(conversation: Conversation) -> QuerySet[Contribution]:
    """What everybody may read, newest first, each with the themes it is in."""
    shown = Contribution.objects.filter(conversation=conversation, held_at=None)
    return (
        shown.select_related("words", "person", "statement")
        .prefetch_related(Prefetch("themes", live().select_related("owed")))
        .order_by("-given_on", "-kept_at", "pk")
    )


def suggestions_made() -> QuerySet[Contribution]:
    """What was said here, on the page, on paper or by phone, as far as everybody may read it. What was brought in from
    other conversations, or put up for the vote by convenors, is none of it."""
    elsewhere = [Contribution.Channel.FILE, Contribution.Channel.SEED]
    return Contribution.objects.filter(held_at=None).exclude(channel__in=elsewhere)


def contributions_of(person: Person) -> QuerySet[Contribution]:
    """A person's own suggestions, newest first, held back or not."""
    own = Contribution.objects.filter(person=person).select_related("words", "conversation")
    return own.order_by("-given_on", "-kept_at", "pk")


def own_in(conversation: Conversation, person: Person) -> QuerySet[Contribution]:
    return contributions_of(person).filter(conversation=conversation)


def said_before(conversation: Conversation, person: Person, words: str) -> Contribution | None:
    """The very same words of theirs: who goes back in the browser and sends again has not said it twice."""
    return own_in(conversation, person).filter(words__text=words).first()


def own_to_say_again(conversation: Conversation, person: Person, uuid: str) -> Contribution | None:
    """A suggestion of theirs that is held back for private details, by the id in an address."""
    try:
        asked = own_in(conversation, person).filter(pk=UUID(uuid))
    except ValueError:
        return None
    return asked.filter(held_because=Contribution.HeldBecause.DETAILS).first()


def has_spoken(person: Person) -> bool:
    """The person has sent something on a page before, and so has read what becomes public."""
    return Contribution.objects.filter(person=person, channel=Contribution.Channel.PAGE).exists()


def _in_full() -> QuerySet[Contribution]:
    return Contribution.objects.select_related(
        "words", "person", "conversation", "statement", "step", "keyed_in_by", "on_word_of", "aside__words"
    )
