"""Giving a receipt, and opening a line with it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.look.qr import qr
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import SYSTEM, Ref
from commonweal.foundations.verbs.refusals import Refusal

from .. import wording
from ..models import Receipt, WrongGuess

#: So many wrong tries from one address, in so long a time.
WRONG_TRIES, IN_SO_LONG = 10, timedelta(minutes=15)


class NoSuchReceipt(Refusal):
    plainly = _("We do not know these words. Check each of the four words against your receipt.")


class TooManyGuesses(Refusal):
    plainly = _("You have tried too many times. Wait for 15 minutes, then try again.")


@dataclass(frozen=True)
class GivenReceipt:
    """A receipt with its words, which are known only now."""

    receipt: Receipt
    code: str

    @property
    def address(self) -> str:
        words = urlencode({"words": self.code.replace(" ", "-")})
        return f"{settings.SITE_ADDRESS}{reverse('notices:receipt')}?{words}"

    @property
    def qr(self) -> SafeString:
        """The address as a QR code."""
        return qr(self.address)


@transaction.atomic
def receipt(*, subject: Record | Ref, at: datetime, by: Record | Ref = SYSTEM) -> GivenReceipt:
    """Give four words that open the line of this record. Show them now: they cannot be found again.

    Args:
        by: who hands them out, where somebody does; else the page gives them by itself.
    """
    code, salt = wording.draw(), secrets.token_bytes(16)
    given = Receipt.objects.create(
        subject=subject.ref,
        lookup=wording.lookups(code)[0],
        salt=salt,
        digest=wording.digest_of(code, salt),
        given_at=at,
    )
    audit.enter(by=by, verb="notices.receipt", subject=given, at=at, facts={"for": str(subject.ref)})
    return GivenReceipt(given, code)


def open_receipt(*, typed: str, whence: str, at: datetime) -> Receipt:
    """The receipt that these words belong to.

    Args:
        whence: a digest of the address from which they were typed, to slow down guessing.

    A wrong guess is written in a transaction of its own, so that it is remembered although the words are refused.
    """
    recent = WrongGuess.objects.filter(whence=whence, at__gt=at - IN_SO_LONG)
    if recent.count() >= WRONG_TRIES:
        raise TooManyGuesses
    code = wording.tidy(typed)
    found = Receipt.objects.filter(lookup__in=wording.lookups(code)).first()
    if found is None or not wording.proves(code, salt=bytes(found.salt), digest=bytes(found.digest)):
        WrongGuess.objects.create(whence=whence, at=at)
        raise NoSuchReceipt
    return found
