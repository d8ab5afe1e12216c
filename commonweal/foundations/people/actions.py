"""Verbs about people: join, be entered from paper, hold a role."""

from datetime import date, datetime

from django.db import transaction

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref

from .models import Person, Role, SignIn


@transaction.atomic
def join(
    *,
    name: str,
    email: str,
    at: datetime,
    by: Record | Ref | None = None,
    password: str | None = None,
    postcode: str = "",
    language: str = "en-gb",
    is_invented: bool = False,
) -> Person:
    """Make a person who can sign in. Without a password they sign in by a code that comes by mail."""
    person = Person.objects.create(
        name=name,
        email=email.lower(),
        postcode=postcode,
        language=language,
        is_invented=is_invented,
        joined_at=at,
    )
    sign_in = SignIn.objects.create_user(email=email, password=password)
    sign_in.person = person
    sign_in.save(update_fields=["person"])
    audit.enter(by=by or person, verb="people.join", subject=person, at=at)
    return person


@transaction.atomic
def enter_on_paper(
    *,
    name: str,
    by: Person,
    at: datetime,
    postal_address: str = "",
    postcode: str = "",
    is_invented: bool = False,
) -> Person:
    """Make a person who has no sign-in, from a letter, a call or a form at a desk."""
    person = Person.objects.create(
        name=name,
        postal_address=postal_address,
        postcode=postcode,
        reach=Person.Reach.LETTER if postal_address else Person.Reach.NOTHING,
        is_invented=is_invented,
        joined_at=at,
    )
    audit.enter(by=by, verb="people.enter_on_paper", subject=person, at=at)
    return person


@transaction.atomic
def entrust(
    *,
    person: Person,
    kind: str,
    by: Record | Ref,
    at: datetime,
    from_on: date,
    until_on: date | None = None,
    scope: Record | Ref | None = None,
) -> Role:
    """Give a person a role."""
    role = Role.objects.create(
        person=person, kind=kind, scope=scope.ref if scope else None, from_on=from_on, until_on=until_on
    )
    audit.enter(
        by=by,
        verb="people.entrust",
        subject=person,
        at=at,
        facts={"role": kind, "scope": str(role.scope or "")},
    )
    return role
