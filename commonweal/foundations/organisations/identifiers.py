"""Identifiers of organisations as org-id.guide writes them: country, register, number.

Where a register's numbers have a known shape they must have it; other registers need only look like one.
"""

import re

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.verbs.refusals import Refusal

#: Register → the shape of its numbers, as the registers publish them.
SHAPES = {
    "GB-COH": r"[0-9]{8}|[A-Z]{2}[0-9]{6}|[A-Z]{2}[0-9]{5}[A-Z]",  # Companies House
    "GB-CHC": r"[0-9]{6,7}(-[0-9]{1,3})?",  # Charity Commission, England and Wales
    "GB-SC": r"SC[0-9]{6}",  # Scottish Charity Regulator
    "GB-NIC": r"[0-9]{6}",  # Charity Commission for Northern Ireland
    "GB-LAE": r"[A-Z]{3,4}",  # local authorities, England
    "GB-LAS": r"[A-Z]{3}",  # local authorities, Scotland
    "GB-WALEDU": r"[0-9]{7}",  # schools, Wales
    "GB-EDU": r"[0-9]{6}",  # schools, England
    "GB-NHS": r"[A-Z0-9]{3,8}",  # NHS organisation data service
    "GB-GOR": r"[A-Z]{1,3}[0-9]{1,5}",  # government organisations
}
_ANY = re.compile(r"(X[IMR]|[A-Z]{2})-[A-Z0-9_]+-[A-Za-z0-9][A-Za-z0-9._/-]*")


class NotAnIdentifier(Refusal):
    plainly = _(
        "This is not an organisation identifier. One looks like GB-COH-01234567 (a company), GB-CHC-123456 (a charity) "
        "or GB-LAE-BNE (an English council)."
    )


def check(identifier: str) -> str:
    """The identifier as it is kept, or a refusal.

    >>> check("GB-COH-01234567")
    'GB-COH-01234567'
    """
    register = next((each for each in SHAPES if identifier.startswith(f"{each}-")), None)
    shape = re.escape(f"{register}-") + f"({SHAPES[register]})" if register else _ANY
    if not re.fullmatch(shape, identifier):
        raise NotAnIdentifier(identifier)
    return identifier
