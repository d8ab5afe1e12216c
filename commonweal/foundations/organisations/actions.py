"""Verbs about organisations: found one, belong to one, leave it."""

from datetime import date, datetime

from django.db import transaction

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref

from .models import Membership, Organisation


@transaction.atomic
def found(
    *, name: str, kind: str, by: Record | Ref, at: datetime, identifier: str = "", is_invented: bool = False
) -> Organisation:
    """Enter an organisation of any kind."""
    organisation = Organisation.objects.create(name=name, kind=kind, identifier=identifier, is_invented=is_invented)
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
    membership = Membership.objects.create(organisation=organisation, person=person, part=part, from_on=from_on)
    audit.enter(by=by, verb="organisations.belong", subject=membership, at=at, facts={"part": part})
    return membership
