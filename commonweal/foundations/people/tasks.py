"""What is done daily: unproven keys and ended sessions go. And what people itself gives to take along."""

from datetime import datetime, timedelta
from typing import Any

from commonweal.foundations.work import schedules

from . import actions, exporters
from .models import Person, SignIn

UNPROVEN_FOR = timedelta(days=2)


@schedules.every(timedelta(days=1), "people.forget_unproven_keys")
def forget_unproven_keys(*, at: datetime) -> None:
    actions.forget_unproven_keys(before=at - UNPROVEN_FOR)


@schedules.every(timedelta(days=1), "people.forget_ended_sessions")
def forget_ended_sessions(*, at: datetime) -> None:
    actions.forget_ended_sessions()


@exporters.register("people")
def everything_of(person: Person) -> dict[str, Any]:
    return {
        "person": {
            name: getattr(person, name)
            for name in ("id", "name", "shown_as", "email", "postal_address", "postcode", "language", "reach")
        }
        | {"contact is unsafe": person.contact_is_unsafe, "joined at": person.joined_at},
        "sign-in": [
            {"email": key.email, "last used at": key.last_login, "has a password": key.has_usable_password()}
            for key in SignIn.objects.filter(person=person)
        ],
        "roles": [
            {"role": role.get_kind_display(), "from": role.from_on, "until": role.until_on}
            for role in person.roles.order_by("from_on")
        ],
        "consents": [
            {
                "purpose": consent.purpose,
                "recipient": str(consent.recipient or ""),
                "wording": consent.wording_version,
                "given at": consent.given_at,
                "withdrawn at": consent.withdrawn_at,
            }
            for consent in person.consents.order_by("given_at")
        ],
    }
