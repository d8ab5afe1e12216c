"""Asking a party whether it agrees, and its answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.notices.actions import OfferedLink
from commonweal.foundations.notices.models import Link
from commonweal.foundations.organisations.models import Membership, Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Audience, Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref
from commonweal.foundations.verbs.refusals import NotYours, Refusal

from .. import policy, queries
from ..models import Asking, Assent, Stance


class NotTheirsToGive(NotYours):
    plainly = _("Only somebody who belongs to this organisation can answer for it.")


class SaidAtOnce(Refusal):
    """Two people of one party answered in the same moment: the second one should see what the first one said."""

    plainly = _("Somebody answered for this organisation a moment ago. Look at what they said first.")


class SayWhy(Refusal):
    plainly = _("Say what your reservation is, or why you do not agree.")


@dataclass(frozen=True)
class AskedAssent:
    """A party was asked; where somebody without an account was asked, with the link they were sent."""

    asking: Asking
    offered: OfferedLink | None


@transaction.atomic
def ask_assent(
    *,
    subject: Record | Ref,
    party: Organisation,
    by: Record | Ref,
    because: Step,
    at: datetime,
    asks_implementer: bool = False,
    name: str = "",
    email: str = "",
    expires_at: datetime | None = None,
    is_public: bool = True,
) -> AskedAssent:
    """Ask a party whether it agrees to the subject.

    Args:
        asks_implementer: they will have to carry it out, so they are asked as such, and first.
        email: of an officer without an account, who is sent a link; else the party's own members are told.
    """
    asking = Asking(
        subject=subject.ref, party=party.ref, asks_implementer=asks_implementer, asked_by=by.ref, asked_at=at
    )
    asking.step = thread.record(
        kind="decisions.asked",
        subject=asking,
        because=because,
        at=at,
        audience=Audience.PUBLIC if is_public else Audience.PARTIES,
        params={"party": party},
    )
    offered = None
    if email:
        offered = notices.offer_link(
            purpose="decisions.assent",
            subject=asking,
            name=name,
            email=email,
            by=by,
            because=asking.step,
            at=at,
            expires_at=expires_at or at + policy.A_LINK_LASTS,
        )
        asking.link = offered.link
    asking.save(force_insert=True)
    facts = {"party": str(party.ref), "implementer": asks_implementer}
    audit.enter(by=by, verb="decisions.ask_assent", subject=subject, at=at, facts=facts)
    if offered is None:
        _tell_officers(party, about=asking.step, at=at)
    return AskedAssent(asking, offered)


@transaction.atomic
def give_assent(
    *,
    subject: Record | Ref,
    party: Record | Ref,
    stance: str,
    by: Person | Link,
    because: Step,
    at: datetime,
    words: str = "",
    is_public: bool = True,
) -> Assent:
    """Say for a party whether it agrees. What it said before stays visible; the latest counts.

    Args:
        by: a person who belongs to the party (or is the party), or the link that its officer was sent.
    """
    if stance != Stance.ASSENT and not words.strip():
        raise SayWhy
    _is_theirs(by, subject=subject.ref, party=party.ref, at=at)
    said = audit.keep_words(words) if words.strip() else None
    number = queries.assents_of(subject).filter(party=party).aggregate(last=Max("number"))["last"] or 0
    assent = Assent(
        subject=subject.ref,
        party=party.ref,
        number=number + 1,
        stance=Stance(stance),
        words=said,
        person=by if isinstance(by, Person) else None,
        link=by if isinstance(by, Link) else None,
        at=at,
    )
    assent.step = thread.record(
        kind="decisions.assent",
        subject=assent,
        because=because,
        at=at,
        audience=Audience.PUBLIC if is_public else Audience.PARTIES,
        params={"party": party, "stance": str(assent.stance)},
    )
    try:
        assent.save(force_insert=True)
    except IntegrityError as taken:
        raise SaidAtOnce(party) from taken
    facts = {"subject": str(subject.ref), "party": str(party.ref), "stance": str(assent.stance)}
    audit.enter(by=by, verb="decisions.give_assent", subject=assent, at=at, facts=facts, words=[said] if said else [])
    return assent


def _is_theirs(by: Person | Link, *, subject: Ref, party: Ref, at: datetime) -> None:
    if isinstance(by, Link):
        asked = Asking.objects.filter(link=by, subject=subject, party=party)
        if by.purpose != "decisions.assent" or not asked.exists():
            raise NotTheirsToGive(by)
        notices.use(link=by, at=at)
    elif not queries.speaks_for(by, party, on=policy.day_of(at)):
        raise NotTheirsToGive(by)


def _tell_officers(party: Organisation, *, about: Step, at: datetime) -> None:
    current = Membership.objects.filter(organisation=party, until_on=None).select_related("person").order_by("pk")
    for membership in current.filter(part=Membership.Part.OFFICER):
        notices.tell(membership.person, about=about, at=at)
