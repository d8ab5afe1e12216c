"""Verbs about who takes part: join, be asked, say yes or no, leave.

Nobody is committed by somebody else: whoever speaks for an organisation joins at once, and whom others put in is asked.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.audit import queries as trail
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.organisations import queries as organisations
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.once import once
from commonweal.foundations.verbs.refusals import Refusal

from ..models import IS_ASKED, TAKES_PART, Initiative, Partner
from .initiatives import held


class AlreadyAPartner(Refusal):
    plainly = _("This organisation already takes part in that way.")


class AlreadyAsked(Refusal):
    plainly = _("This organisation was already asked. It has not answered yet.")


class AlreadyAnswered(Refusal):
    plainly = _("This organisation has already answered.")


class HasLeft(Refusal):
    plainly = _("This organisation has already left.")


@transaction.atomic
def join(
    *,
    initiative: Initiative,
    organisation: Organisation,
    role: str,
    by: Person,
    at: datetime,
    because: Step | None = None,
    sent_as: UUID | None = None,
) -> Partner:
    """Let an organisation take part in one role: at once where `by` speaks for it, else it is asked.

    Args:
        sent_as: the form's own number: sent again, also after the organisation left, it lets nobody in.
    """
    initiative = held(initiative.pk)
    partner = Partner(initiative=initiative, organisation=organisation, role=role, asked_at=at, sent_as=sent_as)

    def is_it(before: Partner) -> bool:
        told = (before.initiative_id, before.organisation_id, before.role) == (initiative.pk, organisation.pk, role)
        return told and (trail.did(by, "initiatives.join", before) or trail.did(by, "initiatives.ask", before))

    return once(
        lambda: _put_in(partner, by, because or initiative.step),
        before=Partner.objects.all(),
        sent_as=sent_as,
        is_it=is_it,
    )


def _put_in(partner: Partner, by: Person, because: Step) -> Partner:
    same = partner.initiative.partners.filter(organisation=partner.organisation, role=partner.role)
    if same.filter(TAKES_PART).exists():
        raise AlreadyAPartner(partner.organisation)
    if same.filter(IS_ASKED).exists():
        raise AlreadyAsked(partner.organisation)
    on = timezone.localdate(partner.asked_at)
    put_in = _let_in if organisations.acts_for(by, partner.organisation, on=on) else _ask
    return put_in(partner, by, because)


def _let_in(partner: Partner, by: Person, because: Step) -> Partner:
    partner.joined_at = partner.asked_at
    partner.step = _record("initiatives.partner", partner, because, partner.asked_at)
    partner.save()
    _enter("initiatives.join", partner, by, partner.asked_at)
    return partner


def _ask(partner: Partner, by: Person, because: Step) -> Partner:
    at = partner.asked_at
    partner.step = _record("initiatives.asked", partner, because, at)
    partner.save()
    _enter("initiatives.ask", partner, by, at)
    for speaker in {each.person for each in organisations.acting_for(partner.organisation, on=timezone.localdate(at))}:
        notices.tell(speaker, about=partner.step, at=at)
    return partner


@transaction.atomic
def say_yes(*, partner: Partner, by: Person, at: datetime) -> Partner:
    """Say, for an organisation that was asked, that it takes part. From now on it does."""
    partner = _held(partner)
    if partner.joined_at or partner.said_no_at:
        raise AlreadyAnswered(partner)
    partner.joined_at = at
    partner.save(update_fields=["joined_at"])
    _answered("initiatives.partner", "initiatives.say_yes", partner, by, at)
    return partner


@transaction.atomic
def say_no(*, partner: Partner, by: Person, at: datetime) -> Partner:
    """Say, for an organisation that was asked, that it does not take part. It may be asked again."""
    partner = _held(partner)
    if partner.joined_at or partner.said_no_at:
        raise AlreadyAnswered(partner)
    partner.said_no_at = at
    partner.save(update_fields=["said_no_at"])
    _answered("initiatives.partner_no", "initiatives.say_no", partner, by, at)
    return partner


def _answered(kind: str, verb: str, partner: Partner, by: Person, at: datetime) -> None:
    """Whoever leads waits for the answer, so they are told."""
    step = _record(kind, partner, partner.step, at)
    _enter(verb, partner, by, at)
    for lead in partner.initiative.leads.filter(until_at=None).exclude(person=by).select_related("person"):
        notices.tell(lead.person, about=step, at=at)


@transaction.atomic
def leave(*, partner: Partner, by: Person, because: Step | None, at: datetime) -> Partner:
    """Let an organisation stop taking part in one role. That it took part stays to be read."""
    partner = _held(partner)
    if partner.left_at is not None:
        raise HasLeft(partner)
    partner.left_at = at
    partner.save(update_fields=["left_at"])
    _record("initiatives.partner_left", partner, because or partner.step, at)
    audit.enter(by=by, verb="initiatives.leave", subject=partner, at=at)
    return partner


def _record(kind: str, partner: Partner, because: Step, at: datetime) -> Step:
    params: dict[str, object] = {"organisation": partner.organisation, "initiative": partner.initiative}
    if kind in {"initiatives.partner", "initiatives.asked"}:
        params["role"] = partner.role
    return thread.record(kind=kind, subject=partner.initiative, because=because, at=at, params=params)


def _enter(verb: str, partner: Partner, by: Person, at: datetime) -> None:
    facts = {"organisation": str(partner.organisation.ref), "role": partner.role}
    audit.enter(by=by, verb=verb, subject=partner, at=at, facts=facts)


def _held(partner: Partner) -> Partner:
    held_ones = Partner.objects.select_for_update(of=["self"])
    return held_ones.select_related("step", "initiative", "organisation").get(pk=partner.pk)
