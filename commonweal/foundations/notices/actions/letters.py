"""What staff do by hand: post the letters, see to what could not be delivered."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs.refusals import Refusal

from ..models import Failure, Notice


class LetterNotWaiting(Refusal):
    plainly = _("This letter has been posted already.")


@transaction.atomic
def post_letter(*, notice: Notice, by: Person, at: datetime) -> None:
    """Mark a letter as posted."""
    posted = Notice.objects.filter(pk=notice.pk, state=Notice.State.LETTER).update(
        state=Notice.State.POSTED, done_at=at
    )
    if not posted:
        raise LetterNotWaiting(notice)
    audit.enter(by=by, verb="notices.post_letter", subject=notice, at=at)


@transaction.atomic
def see_to(*, failure: Failure, by: Person, at: datetime) -> None:
    """Mark a failed delivery as seen to. Said twice, the first one stands."""
    seen_to = Failure.objects.filter(pk=failure.pk, seen_to_at=None).update(seen_to_at=at, seen_to_by=by)
    if seen_to:
        audit.enter(by=by, verb="notices.see_to", subject=failure, at=at)
