"""Questions about people."""

from typing import Any

from .models import Person


def person_signed_in(sign_in: Any) -> Person | None:
    """The person behind a request's sign-in, with roles; None for a guest or a sign-in without a person."""
    if not sign_in.is_authenticated or sign_in.person_id is None:
        return None
    return Person.objects.prefetch_related("roles").filter(erased_at=None).get(pk=sign_in.person_id)
