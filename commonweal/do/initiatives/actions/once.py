"""The same form sent twice, by a double click or by going back, counts once."""

from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refusals import Refusal

Made = TypeVar("Made", bound=Record)


class SentTwice(Refusal):
    plainly = _("This was already sent, with something else in it. Nothing has changed. Look at the page again.")


def made_before(made: QuerySet[Made], sent_as: UUID | None) -> Made | None:
    """What the same form made before. Ask with what it belongs to held; the UNIQUE column stands behind it."""
    return made.filter(sent_as=sent_as).first() if sent_as else None


def the_same(before: Made, is_it: bool) -> Made:
    """The same form sent twice is once; with something else in it, it is refused."""
    if not is_it:
        raise SentTwice(before)
    return before
