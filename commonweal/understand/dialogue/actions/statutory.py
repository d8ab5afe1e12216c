"""A consultation that the law asks for: say which law, keep what speaks for each principle, note who read what."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.people.models import Person
from commonweal.foundations.publishing.models import Copy
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.once import once
from commonweal.foundations.verbs.refusals import Refusal

from ..models import Considered, Conversation, Duty, Evidence, Principle
from ..wording import clean

LONGEST_EVIDENCE = 1_000


class SaysSoAlready(Refusal):
    plainly = _("This conversation says already which law it follows.")


class EvidenceTakenBack(Refusal):
    plainly = _("This was taken back before.")


class NotItsReport(Refusal):
    plainly = _("That is a copy of something else. Choose a kept copy of this conversation's report.")


class ReadBeforeItWasThere(Refusal):
    plainly = _("They cannot have read it then. Choose a day between the day of the copy and today.")


class SayHowWeKnow(Refusal):
    plainly = _("Say how we know that they read it, for instance from the minutes.")


class ReadAlready(Refusal):
    plainly = _("It is written down already that they read this copy.")


@transaction.atomic
def follow_a_duty(
    *,
    conversation: Conversation,
    words: str,
    by: Person,
    at: datetime,
    because: Step | None = None,
    sent_as: UUID | None = None,
    language: str = "",
) -> Duty:
    """Say that a conversation is also a consultation that a law or a promise asks for, and which. Said once."""
    said = clean(words, longest=LONGEST_EVIDENCE)

    def make() -> Duty:
        duty = Duty(conversation=conversation, by=by, at=at, sent_as=sent_as)
        duty.words = audit.keep_words(said, language=language)
        duty.step = thread.record(
            kind="dialogue.duty", subject=conversation, because=because or conversation.step, at=at
        )
        duty.save(force_insert=True)
        audit.enter(by=by, verb="dialogue.follow_a_duty", subject=conversation, at=at, words=[duty.words])
        return duty

    try:
        return once(
            make,
            before=Duty.objects.all(),
            sent_as=sent_as,
            is_it=lambda made: (made.by_id, made.conversation_id) == (by.pk, conversation.pk),
        )
    except IntegrityError as said_before:
        raise SaysSoAlready(conversation) from said_before


@transaction.atomic
def keep_evidence(
    *,
    conversation: Conversation,
    principle: str,
    words: str,
    by: Person,
    at: datetime,
    link: str = "",
    about: Step | None = None,
    sent_as: UUID | None = None,
    language: str = "",
) -> Evidence:
    """Keep something that speaks for a principle: in words, and where it can be read.

    Args:
        link: an address where it stands.
        about: the step that shows it.
    """
    said = clean(words, longest=LONGEST_EVIDENCE)

    def make() -> Evidence:
        evidence = Evidence(
            conversation=conversation,
            principle=Principle(principle),
            words=audit.keep_words(said, language=language),
            link=link,
            about=about,
            by=by,
            at=at,
            sent_as=sent_as,
        )
        evidence.save(force_insert=True)
        facts = {"principle": evidence.principle, "text": audit.fingerprint(link)}
        audit.enter(by=by, verb="dialogue.keep_evidence", subject=evidence, at=at, facts=facts, words=[evidence.words])
        return evidence

    return once(
        make,
        before=Evidence.objects.select_related("words"),
        sent_as=sent_as,
        is_it=lambda made: (made.by_id, made.conversation_id, made.words.text) == (by.pk, conversation.pk, said),
    )


@transaction.atomic
def take_evidence_back(*, evidence: Evidence, words: str, by: Person, at: datetime) -> Evidence:
    """Say that something does not speak for a principle after all, and why. It stays to be seen."""
    said = clean(words, longest=LONGEST_EVIDENCE)
    evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    if evidence.taken_back_at is not None:
        raise EvidenceTakenBack(evidence)
    evidence.taken_back_at, evidence.taken_back_because = at, audit.keep_words(said)
    evidence.save(update_fields=["taken_back_at", "taken_back_because"])
    kept = [evidence.taken_back_because]
    audit.enter(by=by, verb="dialogue.take_evidence_back", subject=evidence, at=at, words=kept)
    return evidence


@transaction.atomic
def consider(
    *,
    conversation: Conversation,
    copy: Copy,
    person: Person,
    read_on: date,
    by: Person,
    at: datetime,
    on_word_of: str = "",
) -> Considered:
    """Note that somebody who decides has read one kept copy of the report, and on which day.

    Args:
        on_word_of: where somebody else notes it: how we know. Whoever says it of themselves needs none.
    """
    if copy.subject != conversation.ref:
        raise NotItsReport(copy)
    if not timezone.localdate(copy.at) <= read_on <= timezone.localdate(at):
        raise ReadBeforeItWasThere(read_on)
    source = clean(on_word_of, longest=300) if on_word_of.strip() else ""
    if person != by and not source:
        raise SayHowWeKnow(person)
    read = Considered(conversation=conversation, copy=copy, person=person, read_on=read_on, by=by, at=at)
    read.on_word_of = audit.keep_words(source) if source else None
    read.step = thread.record(
        kind="dialogue.considered",
        subject=conversation,
        because=copy.step,
        at=at,
        params={"who": person, "read_on": read_on.isoformat()},
    )
    try:
        with transaction.atomic():
            read.save(force_insert=True)
    except IntegrityError as before:
        raise ReadAlready(person) from before
    facts = {"copy": str(copy.ref), "who": str(person.ref), "read_on": read_on.isoformat()}
    kept = [read.on_word_of] if read.on_word_of else []
    audit.enter(by=by, verb="dialogue.consider", subject=conversation, at=at, facts=facts, words=kept)
    return read
