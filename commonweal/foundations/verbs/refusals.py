"""What a verb says when it declines.

    Refusal             expected, named, told plainly, never logged as a fault
    └── NotYours        the person may not do this at all (the page answers 403)

Anything else that a verb raises is a fault: it rises to the edge and is logged there once.
"""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """A verb declined. `plainly` is a sentence that is safe and kind to show to the person."""

    plainly: str | Promise = _("We could not do that. Nothing has changed.")

    def __init__(self, *args: Any, plainly: str | Promise | None = None) -> None:
        super().__init__(*args)
        if plainly is not None:
            self.plainly = plainly

    def __str__(self) -> str:
        return str(self.plainly)


class NotYours(Refusal):
    plainly = _("You do not have permission to do that.")
