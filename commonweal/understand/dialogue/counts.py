"""How counts of people are written."""

from django.utils.translation import gettext as _

from commonweal.methods.disclosure import HIDDEN_UP_TO


def number(count: int) -> str:
    return f"{count:,}"


def about(count: int | None) -> str:
    """A count after disclosure control."""
    return _("1 to %(most)s") % {"most": HIDDEN_UP_TO} if count is None else number(count)


def in_a_hundred(share: float) -> str:
    return f"{round(100 * share)}\u00a0%"
