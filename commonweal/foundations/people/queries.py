"""Questions about people."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from .models import Consent, Person, Role


def person_signed_in(sign_in: Any) -> Person | None:
    """The person behind a request's sign-in, with roles; None for a guest or a sign-in without a person."""
    if not sign_in.is_authenticated or sign_in.person_id is None:
        return None
    return Person.objects.prefetch_related("roles").filter(erased_at=None).get(pk=sign_in.person_id)


def public_names(ids: Collection[UUID]) -> QuerySet[Any, Any]:
    """(id, the name that everybody may read); no row for a guest or someone erased."""
    shown = Coalesce(NullIf(F("shown_as"), Value("")), F("name"))
    return Person.objects.filter(pk__in=ids).annotate(shown=shown).exclude(shown="").values_list("pk", "shown")


def living(person: Person | None, uuid: UUID) -> Person:
    """A person's card as the steward sees it. Raises Person.DoesNotExist for somebody unknown or erased."""
    return Person.objects.select_related("sign_in").prefetch_related("roles").get(pk=uuid, erased_at=None)


def found_by(words: str) -> QuerySet[Person]:
    """People whose name or address contains the words; everybody for no words."""
    people = Person.objects.filter(erased_at=None).prefetch_related("roles")
    if words:
        people = people.filter(Q(name__icontains=words) | Q(shown_as__icontains=words) | Q(email__iexact=words))
    return people.order_by("name", "pk")


def holders(kind: str, *, on: date) -> QuerySet[Person]:
    """Who holds a role over everything on that day."""
    held = Role.objects.filter(Q(until_on=None) | Q(until_on__gt=on), kind=kind, scope=None, from_on__lte=on)
    return Person.objects.filter(pk__in=held.values("person"), erased_at=None)


def own_consent(person: Person | None, uuid: UUID) -> Consent:
    """A consent, to whoever gave it and nobody else."""
    return Consent.objects.get(pk=uuid, person=person)


def role_held(person: Person | None, uuid: UUID) -> Role:
    return Role.objects.select_related("person").get(pk=uuid)


def consents_to(purpose: str, person: Person, recipient: Any = None) -> bool:
    """Has the person said yes to this purpose, for this recipient, and not taken it back?"""
    to = recipient.ref if recipient else None
    return Consent.objects.filter(person=person, purpose=purpose, recipient=to, withdrawn_at=None).exists()
