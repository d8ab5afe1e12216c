"""Age bands as form tools write them: 16-24, 25 to 34, 65+, under 18, prefer not to say."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from commonweal.foundations.intake import Reader

#: First and last age, both counted in; no last age for 'and over'; neither where nobody told it.
Ages = tuple[int | None, int | None]

UNTOLD: Ages = (None, None)
OLDEST = 120
_BAND = re.compile(r"(?:aged? )?([0-9]{1,3}) ?(?:-|–|to|and) ?([0-9]{1,3})(?: years?(?: old)?)?")
_OVER = re.compile(r"(?:over )?([0-9]{1,3}) ?(?:\+|(?:and|or|&) (?:over|above|older)|plus)(?: years?)?")
_BELOW = re.compile(r"(?:under|below|younger than|less than) ?([0-9]{1,3})")
_ALONE = re.compile(r"([0-9]{1,3})(?: years?(?: old)?)?")
_NOT_SAID = re.compile(
    r"(?:i(?:'d| would)? )?(?:prefer|rather) not.*|n/?a|not (?:said|given|known|stated)|unknown|none|-"
)


def age_band() -> Reader:
    """Reads a band. An age to the year is kept as its ten years: nobody needs to know it more exactly.

    >>> read = age_band().read
    >>> [read(cell) for cell in ("16-24", "65 and over", "Under 18", "47", "Prefer not to say")]
    [(16, 24), (65, None), (0, 17), (40, 49), (None, None)]
    """

    def read(cell: str) -> Ages:
        told = " ".join(cell.casefold().replace("years old", "").replace("years", "").split())
        if _NOT_SAID.fullmatch(told):
            return UNTOLD
        if found := _OVER.fullmatch(told):
            return _checked(int(found[1]), None)
        if found := _BAND.fullmatch(told):
            return _checked(int(found[1]), int(found[2]))
        if found := _BELOW.fullmatch(told):
            return _checked(0, int(found[1]) - 1)
        if found := _ALONE.fullmatch(told):
            return _checked(int(found[1]) // 10 * 10, int(found[1]) // 10 * 10 + 9)
        raise ValueError(cell)

    return Reader(_("an age band such as 25-34, 65+ or under 18"), read)


def _checked(low: int, high: int | None) -> Ages:
    if low > OLDEST or (high is not None and high < low):
        raise ValueError(f"{low} to {high}")
    return low, high
