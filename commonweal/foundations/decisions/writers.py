"""Who wrote a draft, known again without keeping their address.

A link forgets its holder's name and address thirty days after it is over, and at once when its holder asks to be
forgotten. That nobody checks what they wrote themselves must outlast this. So a draft keeps a digest of the address it
was written from, keyed with the installation's secret: it names nobody, opens nothing, and answers one question only,
whether an address that somebody brings is the same. It goes when the answer is out (docs/decisions/0006).
"""

from __future__ import annotations

from django.conf import settings
from django.utils.crypto import salted_hmac

from commonweal.foundations.notices.models import Link
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs.refs import Ref

_PURPOSE = "commonweal.decisions.writer"


def digests_of(address: str) -> list[str]:
    """With the secret of today first, then with earlier ones; nothing for no address."""
    if not address:
        return []
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [salted_hmac(_PURPOSE, address.lower(), secret=key, algorithm="sha256").hexdigest() for key in keys]


def digest_of(address: str) -> str:
    return next(iter(digests_of(address)), "")


def person_behind(link: Link) -> Ref | None:
    """Whoever is known here by the address that the link was sent to."""
    person = Person.objects.filter(email__iexact=link.email, erased_at=None).first() if link.email else None
    return person.ref if person is not None else None
