"""Who is to write an answer: somebody is asked, or asked again with a note of what should change."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.notices.actions import OfferedLink
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Audience, Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref
from commonweal.foundations.verbs.refusals import Refusal

from .. import policy, queries
from ..models import Assignment, Draft, Owed, SentBack
from .answering import AlreadyAnswered, NotTheDrafter, locked, move, waiting_draft


class AskedBefore(Refusal):
    plainly = _("This form was sent before, with another name in it. Open the page again to ask somebody else.")


class SayWhatToChange(Refusal):
    plainly = _("Say what should change.")


class WriterUnknown(Refusal):
    """The name and the address behind the link were forgotten meanwhile, or the person was."""

    plainly = _("We no longer know how to reach whoever wrote this. Ask another officer, or write it yourself.")


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
) -> OfferedLink:
    """Ask somebody, who needs no account, to write the answer. Whoever was asked before cannot any more.

    Args:
        sent_as: the form's own number: the same form sent again asks nobody twice.
    """
    owed = locked(owed)
    before = Assignment.objects.filter(sent_as=sent_as, by=by.ref).select_related("link").first() if sent_as else None
    if before is not None:
        return _as_before(before, owed, email)
    if owed.state == Owed.State.ANSWERED:
        raise AlreadyAnswered(owed)
    offered = _offer(owed, name, email, owed.step, by, at, expires_at=expires_at, sent_as=sent_as)
    if owed.state == Owed.State.OPEN:
        move(owed, Owed.State.ASSIGNED)
    audit.enter(by=by, verb="decisions.assign", subject=owed, at=at, facts={"link": str(offered.link.ref)})
    return offered


@transaction.atomic
def send_back(*, owed: Owed, words: str, by: Person, at: datetime, sent_as: UUID | None = None) -> SentBack:
    """Give the draft back to whoever wrote it, with a note of what should change. It is kept, and is current no more.

    Whoever wrote it with a link gets a fresh one; somebody signed in is told. The note is read by them and at the desk.
    """
    owed = locked(owed)
    before = SentBack.objects.filter(sent_as=sent_as, owed=owed, by=by.ref).first() if sent_as else None
    if before is not None:
        return before
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
    """With a step in the history of the promise that only those read who have a hand in the answer."""
    owed = draft.owed
    last = SentBack.objects.filter(owed=owed).aggregate(last=Max("number"))["last"] or 0
    returned = SentBack(owed=owed, number=last + 1, draft=draft, by=by.ref, at=at, sent_as=sent_as)
    returned.words = audit.keep_words(words)
    returned.step = thread.record(
        kind="decisions.sent_back",
        subject=returned,
        because=owed.step,
        at=at,
        audience=Audience.PARTIES,
        params={"about": owed},
    )
    returned.save(force_insert=True)
    return returned


def _ask_again(returned: SentBack, by: Person, at: datetime) -> None:
    draft, link = returned.draft, queries.link_behind(returned.draft)
    if link is not None and link.email:
        _offer(draft.owed, link.name, link.email, returned.step, by, at)
        return
    writer = queries.person_of(draft.drafted_by)
    if writer is None or writer.erased_at is not None:
        raise WriterUnknown(draft)
    notices.tell(writer, about=returned.step, at=at)


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
    number = before.number if before is not None else 0
    Assignment.objects.create(owed=owed, number=number + 1, link=offered.link, by=by.ref, at=at, sent_as=sent_as)
    return offered


def _as_before(before: Assignment, owed: Owed, email: str) -> OfferedLink:
    if before.owed_id != owed.pk or before.link.email not in ("", email.lower()):
        raise AskedBefore(before)
    return notices.offered(before.link)
