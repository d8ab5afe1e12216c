"""Postcodes of the United Kingdom as people type them, and as we keep them: N3 2TH."""

import re

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.verbs.refusals import Refusal

_SHAPE = re.compile(r"(GIR|[A-PR-UWYZ][A-HK-Y]?[0-9][0-9A-HJKMNP-Y]?)([0-9][ABD-HJLNP-UW-Z]{2})")


class NotAPostcode(Refusal):
    plainly = _("This is not a postcode. A postcode looks like N3 2TH.")


def normal(typed: str) -> str:
    """The one way a postcode is written here.

    >>> normal(" n32th ")
    'N3 2TH'
    """
    shape = _SHAPE.fullmatch("".join(typed.upper().split()))
    if shape is None:
        raise NotAPostcode(typed)
    return f"{shape[1]} {shape[2]}"
