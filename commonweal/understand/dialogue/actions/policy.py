"""How a conversation is moderated, and the place's own words about moderation."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.verbs.once import once

from ..models import Conversation, Policy
from ..wording import clean

LONGEST_POLICY = 10_000


@transaction.atomic
def change_moderation(*, conversation: Conversation, moderated: str, by: Person, at: datetime) -> Conversation:
    """Look at suggestions before others see them from now on, or afterwards. Everybody can see that it changed."""
    conversation = Conversation.objects.select_for_update(of=("self",)).select_related("step").get(pk=conversation.pk)
    wanted = Conversation.Moderated(moderated)
    if conversation.moderated == wanted:
        return conversation
    conversation.moderated = wanted
    conversation.save(update_fields=["moderated"])
    thread.record(
        kind="dialogue.moderated",
        subject=conversation,
        because=conversation.step,
        at=at,
        params={"how": wanted.value},
    )
    facts = {"moderated": wanted.value}
    audit.enter(by=by, verb="dialogue.change_moderation", subject=conversation, at=at, facts=facts)
    return conversation


@transaction.atomic
def write_policy(*, words: str, language: str, by: Person, at: datetime, sent_as: UUID | None = None) -> Policy:
    """Say in the place's own words how it moderates. What was said before stays in the record."""
    said = clean(words, longest=LONGEST_POLICY)

    def make() -> Policy:
        kept = audit.keep_words(said, language=language)
        policy = Policy.objects.create(words=kept, by=by, at=at, sent_as=sent_as)
        audit.enter(by=by, verb="dialogue.write_policy", subject=policy, at=at, words=[kept])
        return policy

    before = Policy.objects.select_related("words")
    return once(make, before=before, sent_as=sent_as, is_it=lambda it: (it.by_id, it.words.text) == (by.pk, said))
