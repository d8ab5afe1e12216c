"""Asking a party whether it agrees, and its answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.notices.actions import OfferedLink
from commonweal.foundations.notices.models import Link
from commonweal.foundations.organisations import queries as organisations
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Audience, Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref
from commonweal.foundations.verbs.refusals import NotYours, Refusal

from .. import policy, queries
from ..models import Asking, Assent, Stance
from ..rules import keys_in


class NotTheirsToGive(NotYours):
    plainly = _("Only somebody who may speak for this organisation can answer for it.")


class SaidBefore(Refusal):
    plainly = _("This form was sent before, with something else in it. Open the page again to send something new.")


class SaidAtOnce(Refusal):
    """Two people of one party answered in the same moment: the second one should see what the first one said."""

    plainly = _("Somebody answered for this organisation a moment ago. Look at what they said first.")


class SayWhy(Refusal):
    plainly = _("Say what your reservation is, or why you do not agree.")


class NotSaidYet(Refusal):
    plainly = _("The day they said it cannot be in the future.")


class SaidSomethingSince(Refusal):
    plainly = _("They have said something since that day, and what was said last counts.")


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
        email: of an officer without an account, who is sent a link; else those who may give the party's word are told.
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
        _tell_who_acts(party, about=asking.step, at=at)
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
    on_word_of: str = "",
    given_on: date | None = None,
    sent_as: UUID | None = None,
) -> Assent:
    """Say for a party whether it agrees. What it said before stays visible; the latest counts.

    Args:
        by: a person who may give the party's word (or is the party), or the link that its officer was sent; or, with
            `on_word_of`, whoever keys in what the party said on paper or by phone.
        on_word_of: how we know: their letter, their call, who told us. The party's officers are told of it.
        given_on: the true day, where it is keyed in.
        sent_as: the form's own number: a double click is kept once.
    """
    if stance != Stance.ASSENT and not words.strip():
        raise SayWhy
    hold_askings(subject)
    before = Assent.objects.select_related("words").filter(sent_as=sent_as).first() if sent_as else None
    if before is not None:
        return _as_before(before, subject.ref, party.ref, stance, words)
    is_keyed_in = bool(on_word_of.strip())
    if is_keyed_in:
        _may_be_keyed_in(by, subject, party, given_on, at)
    else:
        _is_theirs(by, subject=subject.ref, party=party.ref, at=at)
    number = queries.assents_of(subject).filter(party=party).aggregate(last=Max("number"))["last"] or 0
    assent = Assent(
        subject=subject.ref,
        party=party.ref,
        number=number + 1,
        stance=Stance(stance),
        words=audit.keep_words(words) if words.strip() else None,
        person=by if isinstance(by, Person) and not is_keyed_in else None,
        link=by if isinstance(by, Link) else None,
        keyed_in_by=by if isinstance(by, Person) and is_keyed_in else None,
        on_word_of=audit.keep_words(on_word_of) if is_keyed_in else None,
        given_on=given_on or policy.day_of(at),
        at=at,
        sent_as=sent_as,
    )
    _keep(assent, because, by, is_public=is_public)
    return assent


def _as_before(before: Assent, subject: Ref, party: Ref, stance: str, words: str) -> Assent:
    said = (before.subject, before.party, before.stance, before.words.text if before.words else "")
    if said != (subject, party, stance, words if words.strip() else ""):
        raise SaidBefore(before)
    return before


def hold_askings(subject: Record | Ref) -> None:
    """Until this transaction ends nobody else says anything to what was asked: for whoever counts what was said."""
    list(Asking.objects.select_for_update().filter(subject=subject).order_by("pk").values_list("pk"))


def _keep(assent: Assent, because: Step, by: Person | Link, *, is_public: bool) -> None:
    party, at, stance = assent.party, assent.at, str(assent.stance)
    assent.step = thread.record(
        kind="decisions.assent",
        subject=assent,
        because=because,
        at=at,
        audience=Audience.PUBLIC if is_public else Audience.PARTIES,
        params={"party": party, "stance": stance},
    )
    try:
        assent.save(force_insert=True)
    except IntegrityError as taken:
        raise SaidAtOnce(party) from taken
    facts = {"subject": str(assent.subject), "party": str(party), "stance": stance}
    said = [words for words in (assent.words, assent.on_word_of) if words is not None]
    verb = "decisions.key_in_assent" if assent.keyed_in_by_id else "decisions.give_assent"
    audit.enter(by=by, verb=verb, subject=assent, at=at, facts=facts, words=said)
    if assent.keyed_in_by_id:
        _tell_who_acts(Organisation.objects.filter(pk=party.uuid).first(), about=assent.step, at=at)


def _may_be_keyed_in(
    by: Person | Link, subject: Record | Ref, party: Record | Ref, given_on: date | None, at: datetime
) -> None:
    if not isinstance(by, Person) or not keys_in(by):
        raise NotTheirsToGive(by)
    day = given_on or policy.day_of(at)
    if day > policy.day_of(at):
        raise NotSaidYet(day)
    if queries.assents_of(subject).filter(party=party, given_on__gt=day).exists():
        raise SaidSomethingSince(day)


def _is_theirs(by: Person | Link, *, subject: Ref, party: Ref, at: datetime) -> None:
    if isinstance(by, Link):
        asked = Asking.objects.filter(link=by, subject=subject, party=party)
        if by.purpose != "decisions.assent" or not asked.exists():
            raise NotTheirsToGive(by)
        notices.use(link=by, at=at)
    elif not queries.speaks_for(by, party, on=policy.day_of(at)):
        raise NotTheirsToGive(by)


def _tell_who_acts(party: Organisation | None, *, about: Step, at: datetime) -> None:
    """Whoever may give the party's word on that day; each is told once, however many parts they have."""
    if party is not None:
        for membership in organisations.acting_for(party, on=policy.day_of(at)):
            notices.tell(membership.person, about=about, at=at)
