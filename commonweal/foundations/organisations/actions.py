"""Verbs about organisations: found one, belong to one, leave it, say what it does, end it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref
from commonweal.foundations.verbs.refusals import Refusal

from . import identifiers
from .models import Membership, Organisation, Service


class NameTaken(Refusal):
    plainly = _("There is an organisation with this name already.")


class IdentifierTaken(Refusal):
    plainly = _("There is an organisation with this identifier already.")


class NotAKind(Refusal):
    plainly = _("There is no such kind of organisation.")


class NotAPart(Refusal):
    plainly = _("Nobody can have that part in an organisation.")


class AlreadyBelongs(Refusal):
    plainly = _("They have this part in the organisation already.")


class HasEnded(Refusal):
    plainly = _("This organisation has ended.")


class NameAndAddress(Refusal):
    plainly = _("Give both a name and an email address, or neither.")


class ServiceExists(Refusal):
    plainly = _("The organisation has a service with this name already.")


@transaction.atomic
def found(
    *,
    name: str,
    kind: str,
    by: Record | Ref,
    at: datetime,
    identifier: str = "",
    began_on: date | None = None,
    is_invented: bool = False,
) -> Organisation:
    """Enter an organisation of any kind. A group that residents run has the same standing as a council."""
    if kind not in Organisation.Kind.values:
        raise NotAKind(kind)
    terms = {
        "kind": kind,
        "identifier": identifiers.check(identifier) if identifier else "",
        "began_on": began_on,
        "is_invented": is_invented,
    }
    try:
        with transaction.atomic():
            organisation, is_new = Organisation.objects.get_or_create(name=name, defaults=terms)
    except IntegrityError as taken:
        raise IdentifierTaken(identifier) from taken
    if not is_new:
        raise NameTaken(name)
    audit.enter(by=by, verb="organisations.found", subject=organisation, at=at, facts={"kind": kind})
    return organisation


@transaction.atomic
def belong(
    *,
    person: Person,
    organisation: Organisation,
    by: Record | Ref,
    at: datetime,
    from_on: date,
    part: str = Membership.Part.MEMBER,
) -> Membership:
    """Let a person speak or work for an organisation."""
    if part not in Membership.Part.values:
        raise NotAPart(part)
    organisation = _active(organisation)
    membership, is_new = Membership.objects.get_or_create(
        organisation=organisation, person=person, part=part, until_on=None, defaults={"from_on": from_on}
    )
    if not is_new:
        raise AlreadyBelongs(membership.pk)
    audit.enter(by=by, verb="organisations.belong", subject=membership, at=at, facts={"part": part})
    return membership


@transaction.atomic
def leave(*, membership: Membership, by: Record | Ref, at: datetime, on: date) -> Membership:
    """End a membership on a day; from that day it is no longer held. Leaving twice is leaving once."""
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if membership.until_on is None or membership.until_on > on:
        membership.until_on = max(membership.from_on, on)
        membership.save(update_fields=["until_on"])
        facts = {"part": membership.part}
        audit.enter(by=by, verb="organisations.leave", subject=membership, at=at, facts=facts)
    return membership


@transaction.atomic
def add_service(
    *, organisation: Organisation, name: str, by: Record | Ref, at: datetime, officer: Person | None = None
) -> Service:
    """Say what an organisation does for people, and who answers for it."""
    organisation = _active(organisation)
    service, is_new = Service.objects.get_or_create(organisation=organisation, name=name, defaults={"officer": officer})
    if not is_new:
        raise ServiceExists(name)
    audit.enter(by=by, verb="organisations.add_service", subject=service, at=at)
    return service


@transaction.atomic
def name_officer(*, service: Service, officer: Person | None, by: Record | Ref, at: datetime) -> Service:
    """Say who answers for a service from now on; None for nobody."""
    service = Service.objects.select_for_update().get(pk=service.pk)
    service.officer = officer
    service.save(update_fields=["officer"])
    facts = {"officer": str(officer.ref) if officer else ""}
    audit.enter(by=by, verb="organisations.name_officer", subject=service, at=at, facts=facts)
    return service


@transaction.atomic
def name_head(*, service: Service, name: str, email: str, by: Record | Ref, at: datetime) -> Service:
    """Say who heads a service, and is told when its answers are late. Both empty: nobody."""
    if bool(name.strip()) != bool(email.strip()):
        raise NameAndAddress
    service = Service.objects.select_for_update().get(pk=service.pk)
    service.head_name, service.head_email = name.strip(), email.strip().lower()
    service.save(update_fields=["head_name", "head_email"])
    audit.enter(by=by, verb="organisations.name_head", subject=service, at=at)
    return service


@transaction.atomic
def end(*, organisation: Organisation, by: Record | Ref, at: datetime, on: date) -> Organisation:
    """Close an organisation on a day, and with it its services and memberships. Its past stays."""
    organisation = _active(organisation)
    organisation.ended_on = max(on, organisation.began_on or on)
    organisation.save(update_fields=["ended_on"])
    organisation.services.filter(ended_on=None).update(ended_on=on)
    _held(on).filter(organisation=organisation).update(until_on=Greatest(F("from_on"), on))
    audit.enter(by=by, verb="organisations.end", subject=organisation, at=at)
    return organisation


@transaction.atomic
def forget(*, person: Person, on: date) -> None:
    """An erased person leaves every organisation and answers for no service. Called by `people.erase`."""
    _held(on).filter(person=person).update(until_on=Greatest(F("from_on"), on))
    Service.objects.filter(officer=person).update(officer=None)
    if person.email:
        Service.objects.filter(head_email__iexact=person.email).update(head_name="", head_email="")


def _active(organisation: Organisation) -> Organisation:
    """The organisation's row, locked; refuses where it has ended."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.ended_on is not None:
        raise HasEnded(organisation.pk)
    return organisation


def _held(on: date) -> models.QuerySet[Membership]:
    return Membership.objects.filter(Q(until_on=None) | Q(until_on__gt=on))
