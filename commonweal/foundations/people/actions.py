"""Verbs about people: join, be entered from paper, hold a role, consent, be reached, be forgotten."""

from __future__ import annotations

from datetime import date, datetime
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.audit import removals
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref
from commonweal.foundations.verbs.refusals import Refusal

from . import erasers
from .models import Consent, Person, Role, SignIn


class AlreadyHeld(Refusal):
    plainly = _("They hold this role already.")


class NotARole(Refusal):
    plainly = _("There is no such role.")


class LastSteward(Refusal):
    plainly = _("A place always has a steward. Entrust somebody else first.")


class EndsTooSoon(Refusal):
    plainly = _("A role cannot end before it begins.")


class CannotBeReachedThatWay(Refusal):
    plainly = _("We need an address to reach you that way.")


class AlreadyForgotten(Refusal):
    plainly = _("This person has been forgotten. Nothing of theirs can be changed.")


class AddressTaken(Refusal):
    plainly = _("Somebody signs in with this address already.")


class Because(models.TextChoices):
    """Why a person was erased, as a code that the audit may keep."""

    ASKED = "asked", _("They asked for it")
    DIED = "died", _("They died")
    MISTAKE = "mistake", _("They were entered by mistake")
    KEPT_LONG_ENOUGH = "kept_long_enough", _("The time for keeping has passed")


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
    """Make a person who can sign in. Without a password they sign in by a code that comes by mail.

    Refuses with AddressTaken where somebody signs in with that address already.
    """
    key = ask_for_key(email=email)
    if key.person_id is not None:
        raise AddressTaken(email)
    person = Person.objects.create(
        name=name,
        email=key.email,
        postcode=postcode,
        language=language,
        is_invented=is_invented,
        joined_at=at,
    )
    key.person = person
    key.set_password(password)
    key.save(update_fields=["person", "password"])
    audit.enter(by=by or person, verb="people.join", subject=person, at=at)
    return person


@transaction.atomic
def ask_for_key(*, email: str) -> SignIn:
    """The sign-in for an address, made where there is none. It opens nothing before `join` gives it a person."""
    address = SignIn.objects.normalize_email(email).lower()
    key, _is_new = SignIn.objects.get_or_create(email=address, defaults={"password": SignIn.no_password()})
    return SignIn.objects.select_for_update().get(pk=key.pk)


@transaction.atomic
def forget_unproven_keys(*, before: datetime) -> int:
    """Remove sign-ins that were asked for and never proven by their code."""
    return SignIn.objects.filter(person=None, asked_at__lt=before).delete()[0]


def forget_ended_sessions() -> None:
    """Remove the sessions whose time is over."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


@transaction.atomic
def enter_on_paper(
    *,
    name: str,
    by: Person,
    at: datetime,
    postal_address: str = "",
    email: str = "",
    postcode: str = "",
    language: str = "en-gb",
    is_invented: bool = False,
) -> Person:
    """Make a person who has no sign-in, from a letter, a call or a form at a desk."""
    reach = Person.Reach.MAIL if email else Person.Reach.LETTER if postal_address else Person.Reach.NOTHING
    person = Person.objects.create(
        name=name,
        email=email.lower(),
        postal_address=postal_address,
        postcode=postcode,
        language=language,
        reach=reach,
        is_invented=is_invented,
        joined_at=at,
    )
    audit.enter(by=by, verb="people.enter_on_paper", subject=person, at=at)
    return person


@transaction.atomic
def guest(*, at: datetime, by: Record | Ref | None = None, language: str = "en-gb") -> Person:
    """Make a person of whom we know nothing: they hold a receipt code, and that is all."""
    person = Person.objects.create(language=language, reach=Person.Reach.NOTHING, joined_at=at)
    audit.enter(by=by or person, verb="people.guest", subject=person, at=at)
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
    """Give a person a role, over everything or over what `scope` names."""
    if kind not in Role.Kind.values:
        raise NotARole(kind)
    if until_on is not None and until_on < from_on:
        raise EndsTooSoon(until_on)
    person = _living(person)
    if _overlapping(person, kind, scope, from_on, until_on).exists():
        raise AlreadyHeld(kind)
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


@transaction.atomic
def withdraw_role(*, role: Role, by: Record | Ref, at: datetime, on: date) -> Role:
    """End a role on a day; from that day it is no longer held."""
    if role.kind == Role.Kind.STEWARD:
        _leave_a_steward(besides=role.person, on=on)
    role = Role.objects.select_for_update().get(pk=role.pk)
    role.until_on = max(role.from_on, min(on, role.until_on or on))
    role.save(update_fields=["until_on"])
    audit.enter(
        by=by,
        verb="people.withdraw_role",
        subject=role.person,
        at=at,
        facts={"role": role.kind, "scope": str(role.scope or "")},
    )
    return role


@transaction.atomic
def consent(
    *,
    person: Person,
    purpose: str,
    wording_version: str,
    by: Record | Ref,
    at: datetime,
    recipient: Record | Ref | None = None,
) -> Consent:
    """Keep a person's yes. The same yes twice is one; a yes to new wording replaces the old."""
    person = _living(person)
    to = recipient.ref if recipient else None
    current = person.consents.filter(purpose=purpose, recipient=to, withdrawn_at=None).first()
    if current is not None and current.wording_version == wording_version:
        return current
    if current is not None:
        withdraw_consent(consent=current, by=by, at=at)
    given = Consent.objects.create(
        person=person, purpose=purpose, recipient=to, wording_version=wording_version, given_at=at
    )
    audit.enter(by=by, verb="people.consent", subject=given, at=at, facts=_terms(given))
    return given


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: Record | Ref, at: datetime) -> Consent:
    """Take a yes back. It stays visible as given then and withdrawn now."""
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    if consent.is_current:
        consent.withdrawn_at = at
        consent.save(update_fields=["withdrawn_at"])
        audit.enter(by=by, verb="people.withdraw_consent", subject=consent, at=at, facts=_terms(consent))
    return consent


CONTACT = ("name", "shown_as", "language", "reach", "postal_address", "postcode", "contact_is_unsafe")


@transaction.atomic
def set_contact(*, person: Person, by: Record | Ref, at: datetime, **wanted: Any) -> Person:
    """Change how a person is called and reached.

    Args:
        wanted: any of name, shown_as, language, reach, postal_address, postcode, contact_is_unsafe.
    """
    person = _living(person)
    for field, value in wanted.items():
        if field not in CONTACT:
            raise TypeError(f"set_contact does not change {field}")
        setattr(person, field, value)
    if not _can_be_reached(person):
        raise CannotBeReachedThatWay(person.reach)
    person.save(update_fields=list(wanted))
    audit.enter(by=by, verb="people.set_contact", subject=person, at=at, facts={"changed": sorted(wanted)})
    return person


@transaction.atomic
def set_password(*, person: Person, password: str, by: Record | Ref, at: datetime) -> SignIn:
    """Give a sign-in a new password. Every other session of the person ends with the old one."""
    key = SignIn.objects.select_for_update().get(person=person)
    key.set_password(password)
    key.save(update_fields=["password"])
    audit.enter(by=by, verb="people.set_password", subject=person, at=at)
    return key


@transaction.atomic
def note_export(*, person: Person, by: Record | Ref, at: datetime) -> None:
    """Write down that a copy of everything about a person was handed out, and to whom."""
    audit.enter(by=by, verb="people.note_export", subject=person, at=at)


@transaction.atomic
def erase(*, person: Person, by: Record | Ref, at: datetime, because: str = Because.ASKED) -> Person:
    """Forget a person: name, addresses, postcode, sign-in, sessions, and what other rooms hold of theirs.

    The id stays, and with it every count and sum that they are part of.
    """
    person = _living(person)
    _leave_a_steward(besides=person, on=at.date())
    _forget(person, at)
    audit.note_removals([person], because=audit.Because.FORGOTTEN, at=at)
    audit.enter(by=by, verb="people.erase", subject=person, at=at, facts={"because": Because(because).value})
    return person


def _forget(person: Person, at: datetime) -> None:
    for eraser in erasers.registered():
        eraser(person, at)
    _close_door(person)
    person.consents.filter(withdrawn_at=None).update(withdrawn_at=at)
    person.roles.filter(Q(until_on=None) | Q(until_on__gt=at.date())).update(
        until_on=models.functions.Greatest("from_on", models.Value(at.date()))
    )
    for field in ("name", "shown_as", "email", "postal_address", "postcode"):
        setattr(person, field, "")
    person.reach, person.contact_is_unsafe, person.erased_at = Person.Reach.NOTHING, False, at
    person.save()


def _forget_again(ids: list[UUID], because: str, at: datetime) -> None:
    """After an old backup came back. Nobody is refused: also the last steward of that day had gone."""
    for person in Person.objects.select_for_update().filter(pk__in=ids, erased_at=None).order_by("pk"):
        _forget(person, at)


removals.replay_by("people", "person", _forget_again)


def _living(person: Person) -> Person:
    """The person's row, locked; refuses where they were erased."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.erased_at is not None:
        raise AlreadyForgotten(person.pk)
    return person


def _overlapping(
    person: Person, kind: str, scope: Record | Ref | None, from_on: date, until_on: date | None
) -> models.QuerySet[Role]:
    held = Role.objects.filter(Q(until_on=None) | Q(until_on__gt=from_on), person=person, kind=kind)
    held = held.filter(scope=scope.ref) if scope else held.filter(scope=None)
    return held.filter(from_on__lt=until_on) if until_on else held


def _leave_a_steward(*, besides: Person, on: date) -> None:
    """Lock every steward's role, so that two stewards cannot leave each other at once; refuse the last one's end."""
    stewards = Role.objects.select_for_update().filter(
        Q(until_on=None) | Q(until_on__gt=on), kind=Role.Kind.STEWARD, from_on__lte=on, scope=None
    )
    holders = {role.person_id for role in stewards.order_by("pk")}
    if holders == {besides.pk}:
        raise LastSteward(besides.pk)


def _can_be_reached(person: Person) -> bool:
    if person.reach == Person.Reach.MAIL:
        return bool(person.email)
    return person.reach != Person.Reach.LETTER or bool(person.postal_address)


def _terms(consent: Consent) -> dict[str, str]:
    return {
        "purpose": consent.purpose,
        "recipient": str(consent.recipient or ""),
        "wording": consent.wording_version,
    }


def _close_door(person: Person) -> None:
    """Remove the sign-in, and the sessions that hold its address.

    A session names its owner only inside its sealed text, so each one is opened; they live half a day at most.
    """
    for key in SignIn.objects.filter(person=person):
        end_sessions(key)
        key.delete()


def end_sessions(key: SignIn) -> None:
    store: type[SessionStore] = import_module(settings.SESSION_ENGINE).SessionStore
    for session in store.get_model_class().objects.iterator():
        kept = session.get_decoded()
        if kept.get(SESSION_KEY) == str(key.pk) or _holds(kept, key.email):
            session.delete()


def _holds(kept: Any, email: str) -> bool:
    """Whether a half-finished sign-in in this session is for exactly that address."""
    if isinstance(kept, dict):
        return any(_holds(value, email) for value in kept.values())
    return kept == email
