"""Who is to write an answer: somebody is asked, or asked again with a note of what should change."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.notices.actions import OfferedLink
from commonweal.foundations.notices.models import Link
from commonweal.foundations.organisations.models import Service
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Audience, Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref
from commonweal.foundations.verbs.refusals import Refusal

from .. import policy, queries
from ..models import Assignment, Draft, Owed, SentBack
from .answering import AlreadyAnswered, NoDraft, NotTheDrafter, locked, move, waiting_draft


class AskedBefore(Refusal):
    plainly = _("This form was sent before, with another name in it. Open the page again to ask somebody else.")


class SentBackBefore(Refusal):
    plainly = _("This form was sent before, with another note in it. Open the page again to send a new note.")


class SayWhatToChange(Refusal):
    plainly = _("Say what should change.")


class WriterUnknown(Refusal):
    """The name and the address behind the link were forgotten meanwhile, or the person was."""

    plainly = _("We no longer know how to reach whoever wrote this. Ask another officer, or write it yourself.")


class WriterLeft(WriterUnknown):
    """Whoever wrote it at the desk does not work there any more: told of it, they could do nothing about it."""

    plainly = _("Whoever wrote this does not work at the desk any more. Ask another officer, or write it yourself.")


@transaction.atomic
def assign(
    *,
    owed: Owed,
    name: str,
    email: str,
    by: Record | Ref,
    at: datetime,
    expires_at: datetime | None = None,
    sent_as: UUID | None = None,
    service: Service | None = None,
) -> OfferedLink:
    """Ask somebody, who needs no account, to write the answer. Whoever was asked before cannot any more.

    Args:
        sent_as: the form's own number: the same form sent again asks nobody twice.
        service: for which they answer. How long it takes counts for that service.
    """
    owed = locked(owed)
    try:
        with transaction.atomic():
            return _assign(owed, name, email, by, at, expires_at, sent_as, service)
    except (IntegrityError, AlreadyAnswered):
        before = Assignment.objects.filter(sent_as=sent_as).select_related("link").first() if sent_as else None
        if before is None:
            raise
        if (before.owed_id, before.by) != (owed.pk, by.ref) or not _was_sent_to(before.link, name, email):
            raise AskedBefore(before) from None
        return notices.offered(before.link)


@transaction.atomic
def send_back(*, owed: Owed, words: str, by: Person, at: datetime, sent_as: UUID | None = None) -> SentBack:
    """Give the draft back to whoever wrote it, with a note of what should change. It is kept, and is current no more.

    Whoever wrote it with a link gets a fresh one; somebody signed in is told. The note is read by them and at the desk.
    """
    owed = locked(owed)
    try:
        with transaction.atomic():
            return _send_back(owed, words, by, at, sent_as)
    except (IntegrityError, NoDraft, NotTheDrafter):
        before = SentBack.objects.select_related("words").filter(sent_as=sent_as).first() if sent_as else None
        if before is None:
            raise
        if (before.owed_id, before.by, before.words.text) != (owed.pk, by.ref, words):
            raise SentBackBefore(before) from None
        return before


def _assign(
    owed: Owed,
    name: str,
    email: str,
    by: Record | Ref,
    at: datetime,
    expires_at: datetime | None,
    sent_as: UUID | None,
    service: Service | None,
) -> OfferedLink:
    if owed.state == Owed.State.ANSWERED:
        raise AlreadyAnswered(owed)
    terms: dict[str, Any] = {"expires_at": expires_at, "sent_as": sent_as, "service": service}
    offered = _offer(owed, name, email, owed.step, by, at, **terms)
    if owed.state == Owed.State.OPEN:
        move(owed, Owed.State.ASSIGNED)
    audit.enter(by=by, verb="decisions.assign", subject=owed, at=at, facts={"link": str(offered.link.ref)})
    return offered


def _was_sent_to(link: Link, name: str, email: str) -> bool:
    """Nobody can tell any more, once the link has forgotten whose it was."""
    return not link.email or (link.name, link.email) == (name, email.lower())


def _send_back(owed: Owed, words: str, by: Person, at: datetime, sent_as: UUID | None) -> SentBack:
    draft = waiting_draft(owed)
    if queries.is_drafter(by, draft):
        raise NotTheDrafter(by)
    if not words.strip():
        raise SayWhatToChange
    Draft.objects.filter(pk=draft.pk).update(is_current=False)
    returned = _keep(draft, words, by, at, sent_as)
    _ask_again(returned, by, at)
    if owed.state != Owed.State.ANSWERED:
        move(owed, Owed.State.ASSIGNED)
    facts = {"draft": str(draft.ref)}
    audit.enter(by=by, verb="decisions.send_back", subject=owed, at=at, facts=facts, words=[returned.words])
    return returned


def _keep(draft: Draft, words: str, by: Person, at: datetime, sent_as: UUID | None) -> SentBack:
    """With a step of its own, for the news to its writer. Others cannot follow it, so it is no part of the story."""
    owed = draft.owed
    last = SentBack.objects.filter(owed=owed).aggregate(last=Max("number"))["last"] or 0
    returned = SentBack(owed=owed, number=last + 1, draft=draft, by=by.ref, at=at, sent_as=sent_as)
    returned.words = audit.keep_words(words)
    returned.step = thread.record(
        kind="decisions.sent_back",
        subject=returned,
        because=None,
        at=at,
        audience=Audience.PARTIES,
        params={"about": owed},
    )
    returned.save(force_insert=True)
    return returned


def _ask_again(returned: SentBack, by: Person, at: datetime) -> None:
    """By a link where they wrote with one; else they are told, and write it at the desk."""
    draft, link = returned.draft, queries.link_behind(returned.draft)
    if link is not None:
        name, email = _holder(link, draft)
        _offer(draft.owed, name, email, returned.step, by, at)
        return
    writer = _known(queries.person_of(draft.drafted_by), draft)
    if writer not in queries.keepers(policy.day_of(at)):
        raise WriterLeft(draft)
    notices.tell(writer, about=returned.step, at=at)


def _holder(link: Link, draft: Draft) -> tuple[str, str]:
    """Whom to send the link to: where the one they wrote with was emptied, whoever is known to have been behind it."""
    if link.email:
        return link.name, link.email
    writer = _known(queries.person_of(draft.writer) if draft.writer else None, draft)
    if not writer.email or writer.contact_is_unsafe:
        raise WriterUnknown(draft)
    return str(writer), writer.email


def _known(writer: Person | None, draft: Draft) -> Person:
    if writer is None or writer.erased_at is not None:
        raise WriterUnknown(draft)
    return writer


def _offer(
    owed: Owed,
    name: str,
    email: str,
    because: Step,
    by: Record | Ref,
    at: datetime,
    *,
    expires_at: datetime | None = None,
    sent_as: UUID | None = None,
    service: Service | None = None,
) -> OfferedLink:
    """A link of their own; the one that was offered before closes."""
    before = queries.current_assignment(owed)
    if before is not None:
        notices.withdraw(link=before.link, by=by, at=at)
    offered = notices.offer_link(
        purpose="decisions.draft",
        subject=owed,
        name=name,
        email=email,
        by=by,
        because=because,
        at=at,
        expires_at=expires_at or at + policy.A_LINK_LASTS,
    )
    Assignment.objects.create(
        owed=owed,
        number=before.number + 1 if before is not None else 1,
        link=offered.link,
        service=service or (before.service if before is not None else None),
        by=by.ref,
        at=at,
        sent_as=sent_as,
    )
    return offered
