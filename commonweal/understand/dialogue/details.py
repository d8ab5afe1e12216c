"""Private details in a text that would stand where everybody reads: telephone numbers, addresses and the like.

The names of private people cannot be known by looking at words, and neither can a house without its postcode.
Lines that anybody may ring (0800, 0808, 03…, 111, 116 123) are no private details.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Detail:
    """One thing that was found, as it stands in the text."""

    kind: str
    text: str

    @property
    def label(self) -> str:
        return str(KINDS[self.kind])


KINDS: dict[str, str | Promise] = {
    "mail": _("an email address"),
    "phone": _("a telephone number"),
    "address": _("an address: a house number with its postcode"),
    "nhs": _("an NHS number"),
    "insurance": _("a National Insurance number"),
    "plate": _("a car's number plate"),
}

_MAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_DIGITS = re.compile(r"(?<![\w£.,+])(?:\+44|0044|\(?\d)[\d\s().-]{7,17}\d(?!\w|[.,]\d)")
_POSTCODE = r"[a-z]{1,2}\d[a-z\d]?\s{0,2}\d[a-z]{2}\b"
_STREET = (
    "street|st|road|rd|lane|ln|close|avenue|ave|drive|way|place|court|crescent|terrace|gardens|grove|hill|square|row|"
    "flat|house|mews|park|view|walk|green|heol|stryd|ffordd|lon|lôn|maes|clos|rhodfa|teras"
)
#: "12 Mill Lane, Swansea SA1 1AA"; with no word for a street, the words between must be names.
_ADDRESS = (
    re.compile(
        rf"\b\d{{1,4}}[a-z]?\b[ ,]{{1,2}}[^.!?\n]{{0,60}}?\b(?:{_STREET})\b[^.!?\n]{{0,60}}?\b{_POSTCODE}",
        re.IGNORECASE,
    ),
    re.compile(rf"\b\d{{1,4}}[a-zA-Z]?[ ,]{{1,2}}(?:[A-Z][\w'’-]*[ ,]{{1,2}}){{0,6}}(?i:{_POSTCODE})"),
    re.compile(
        rf"\b(?:{_STREET})\b[^.!?\n]{{0,20}}?\b\d{{1,4}}[a-z]?\b[ ,]{{1,2}}[^.!?\n]{{0,40}}?\b{_POSTCODE}",
        re.IGNORECASE,
    ),
)
_INSURANCE = re.compile(
    r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b", re.IGNORECASE
)
#: Two letters, two figures, three letters, as on cars since 2001: in capitals, or after a word that says so.
_PLATE = re.compile(r"\b[A-HJ-PR-Y]{2}(?:0[2-9]|[1-8]\d)\s?[A-HJ-PR-Z]{3}\b")
_PLATE_SAID = re.compile(
    r"\b(?:reg|registration|plate)\b\W{1,3}(?:\w+\W{1,2}){0,3}?([a-hj-pr-y]{2}\d{2}\s?[a-z]{3})\b", re.IGNORECASE
)


def found_in(text: str) -> list[Detail]:
    """What looks like a private detail, in the order of the text, each once."""
    found = [(at, Detail(kind, said.strip())) for kind, look in _LOOKS for at, said in look(text)]
    return list(dict.fromkeys(detail for _at, detail in sorted(found, key=lambda each: each[0])))


def is_nhs_number(digits: str) -> bool:
    """Ten figures of which the last is the check digit (modulus 11), as the NHS Data Dictionary has it.

    >>> is_nhs_number("9434765919"), is_nhs_number("9434765918")
    (True, False)
    """
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check != 10 and check % 11 == int(digits[9])


def _is_private_phone(figures: str) -> bool:
    number = re.sub(r"^(?:\+44|0044)0?", "0", figures)
    return len(number) in (10, 11) and number.startswith(("01", "02", "05", "07"))


def _phones(text: str) -> Iterator[tuple[int, str]]:
    for match in _DIGITS.finditer(text):
        if _is_private_phone(re.sub(r"[^\d+]", "", match[0])):
            yield match.start(), match[0]


def _nhs_numbers(text: str) -> Iterator[tuple[int, str]]:
    for match in _DIGITS.finditer(text):
        figures = re.sub(r"\D", "", match[0])
        if not figures.startswith("0") and is_nhs_number(figures):
            yield match.start(), match[0]


def _all(*patterns: re.Pattern[str], group: int = 0) -> Callable[[str], Iterator[tuple[int, str]]]:
    def look(text: str) -> Iterator[tuple[int, str]]:
        for pattern in patterns:
            for match in pattern.finditer(text):
                yield match.start(group), match[group]

    return look


_LOOKS: tuple[tuple[str, Callable[[str], Iterator[tuple[int, str]]]], ...] = (
    ("mail", _all(_MAIL)),
    ("phone", _phones),
    ("address", _all(*_ADDRESS)),
    ("nhs", _nhs_numbers),
    ("insurance", _all(_INSURANCE)),
    ("plate", _all(_PLATE)),
    ("plate", _all(_PLATE_SAID, group=1)),
)
