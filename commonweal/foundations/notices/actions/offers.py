"""Offering a link for a single purpose, and using it once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref
from commonweal.foundations.verbs.refusals import Refusal

from .. import outbox, tasks, tokens
from ..models import Link


class LinkNotOpen(Refusal):
    """The family of refusals of a link that can no longer be used."""

    plainly = _("This link cannot be used any more. Nothing has changed.")


class LinkAlreadyUsed(LinkNotOpen):
    plainly = _("This link has been used. What was sent with it is kept.")


class LinkRanOut(LinkNotOpen):
    plainly = _("This link has run out. Ask the person who sent it for a new one.")


class LinkWithdrawn(LinkNotOpen):
    """Somebody else was asked, a newer link was sent, or whoever it was for asked to be forgotten."""

    plainly = _("This link was taken back. Look for a newer mail from us, or ask the person who sent it.")


@dataclass(frozen=True)
class OfferedLink:
    """A link and its token, which is known only now and to whoever reads the mail."""

    link: Link
    token: str

    @property
    def path(self) -> str:
        return reverse("notices:by_link", args=[self.token])

    @property
    def address(self) -> str:
        return f"{settings.SITE_ADDRESS}{self.path}"


@transaction.atomic
def offer_link(
    *,
    purpose: str,
    subject: Record | Ref,
    name: str,
    email: str,
    by: Record | Ref,
    because: Step,
    at: datetime,
    expires_at: datetime,
) -> OfferedLink:
    """Let somebody without an account do one thing once. The mail with the link goes out with this transaction."""
    id = uuid4()
    token = tokens.token_for(id)
    link = Link.objects.create(
        id=id,
        purpose=purpose,
        subject=subject.ref,
        name=name,
        email=email.lower(),
        token_digest=tokens.digest_of(token),
        because=because,
        offered_by=by.ref,
        offered_at=at,
        expires_at=expires_at,
    )
    audit.enter(by=by, verb="notices.offer_link", subject=link, at=at, facts={"purpose": purpose})
    tasks.send_notice.enqueue(str(outbox.write_to_holder(link, at=at).pk))
    return OfferedLink(link, token)


def offered(link: Link) -> OfferedLink:
    """A link that was offered before, with its token made again: for a form that is sent twice."""
    return OfferedLink(link, tokens.token_for(link.pk))


@transaction.atomic
def remind(*, link: Link, because: Step, at: datetime) -> None:
    """Send an open link once more. What the mail says then is for the room to say that asks."""
    if not link.is_open_at(at):
        raise why_not_open(link)
    tasks.send_notice.enqueue(str(outbox.write_to_holder(link, at=at, about=because).pk))


@transaction.atomic
def use(*, link: Link, at: datetime) -> None:
    """Use the link up, in the transaction of what is saved with it. Of two at the same moment, one is refused."""
    used = Link.objects.filter(pk=link.pk, used_at=None, withdrawn_at=None, expires_at__gt=at).update(used_at=at)
    if not used:
        raise why_not_open(Link.objects.get(pk=link.pk))
    link.used_at = at
    audit.enter(by=link, verb="notices.use", subject=link, at=at, facts={"purpose": link.purpose})


@transaction.atomic
def withdraw(*, link: Link, by: Record | Ref, at: datetime) -> None:
    """Make an unused link useless, for instance when somebody else is asked instead."""
    withdrawn = Link.objects.filter(pk=link.pk, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    if withdrawn:
        audit.enter(by=by, verb="notices.withdraw", subject=link, at=at)


def why_not_open(link: Link) -> LinkNotOpen:
    if link.used_at is not None:
        return LinkAlreadyUsed(link)
    if link.withdrawn_at is not None:
        return LinkWithdrawn(link)
    return LinkRanOut(link)
