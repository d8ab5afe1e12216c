"""Who takes part, as their browser tells: a number in a signed cookie of its own for each conversation.

The number is drawn when the page is first shown and stands in the form too, so that a first vote sent twice, or sent
where cookies come late, has one participant. The cookie goes to the pages of its conversation and nowhere else.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.crypto import salted_hmac

from commonweal.foundations.verbs.access import Request
from commonweal.foundations.verbs.whence import whence

from .actions import Taking
from .models import Conversation

COOKIE = "taking-part"
#: Half a year: longer than conversations are open.
KEPT_FOR = 182 * 24 * 60 * 60
_SALT = "commonweal.dialogue.taking"


def taking(request: Request, conversation: Conversation) -> Taking:
    """Who sends this request: by the form's token, else by the cookie, else somebody new."""
    uuid = (
        _read(request.POST.get("token", ""), conversation)
        or _read(request.COOKIES.get(COOKIE, ""), conversation)
        or uuid4()
    )
    return Taking(uuid, request.person, _network(request, conversation))


def token(uuid: UUID, conversation: Conversation) -> str:
    return signing.dumps([uuid.hex, conversation.code], salt=_SALT, compress=True)


def remember(response: HttpResponseBase, uuid: UUID, conversation: Conversation) -> HttpResponseBase:
    response.set_cookie(
        COOKIE,
        token(uuid, conversation),
        max_age=KEPT_FOR,
        path=reverse("ballot:vote", args=[conversation.code]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: HttpResponseBase, conversation: Conversation) -> HttpResponseBase:
    response.delete_cookie(COOKIE, path=reverse("ballot:vote", args=[conversation.code]), samesite="Lax")
    return response


def _read(sent: str, conversation: Conversation) -> UUID | None:
    """The number, where we signed it for this conversation. A forged one is nobody's."""
    try:
        number, code = signing.loads(sent, salt=_SALT, max_age=KEPT_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return UUID(number) if code == conversation.code else None


def _network(request: Request, conversation: Conversation) -> str:
    """Of this conversation only: who takes part in two cannot be matched by it."""
    return salted_hmac(f"{_SALT}.{conversation.pk}", whence(request), algorithm="sha256").hexdigest()[:32]
