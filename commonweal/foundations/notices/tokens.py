"""The token of a link. It can be made again from the secret key, so it need not be stored anywhere."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

_PURPOSE = "commonweal.notices.link"


def token_for(link_id: UUID) -> str:
    digest = salted_hmac(_PURPOSE, str(link_id), secret=settings.SECRET_KEY, algorithm="sha256").digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
