"""What a form makes, it makes once, however often the form is sent: by a double click, by going back, by a bad line.

Each form has a number of its own (`look.once`), which stands in a UNIQUE column of what the form made.
"""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from .records import Record
from .refusals import Refusal

Made = TypeVar("Made", bound=Record)


class SentTwice(Refusal):
    plainly = _("This was already sent, with something else in it. Nothing has changed. Look at the page again.")


def once(
    make: Callable[[], Made],
    *,
    before: models.QuerySet[Made],
    sent_as: UUID | None,
    is_it: Callable[[Made], bool],
    column: str = "sent_as",
) -> Made:
    """Make it; or, where the same form has made it before, answer with what it made.

    The UNIQUE column decides, also between two who send at the same moment. A law that the first sending has changed
    ('this is already counted here') refuses the second; that is not what its sender needs to hear.

    Args:
        before: where to look for what the form made.
        sent_as: the form's own number.
        is_it: whether what was made is what is sent now, in the same place and by the same person. The same number
            with anything else in it is refused.
        column: where the number stands.
    """
    try:
        with transaction.atomic():
            return make()
    except (IntegrityError, Refusal):
        made = before.filter(**{column: sent_as}).first() if sent_as else None
        if made is None:
            raise
        if not is_it(made):
            raise SentTwice(made) from None
        return made
