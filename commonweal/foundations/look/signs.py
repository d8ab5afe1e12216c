"""Signs that nobody sees and that make a text read otherwise than it is written: no form of the house takes them."""

import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: They turn the direction of text around. The plain marks that Arabic and Hebrew need are not among them.
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def is_hidden(sign: str) -> bool:
    return sign in _TURNS or (unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\r\n\t")


def told_of(sign: str) -> str:
    """What a hidden sign does, and which it is: nobody can see it to find out."""
    if sign in _TURNS:
        told = _(
            "There are hidden signs in your text that turn the direction of words around (%(sign)s). Type the words "
            "again instead of pasting them."
        )
    else:
        told = _(
            "There are hidden signs in your text that we cannot keep (%(sign)s). Type the words again instead of "
            "pasting them."
        )
    return told % {"sign": f"U+{ord(sign):04X}"}


def refuse_hidden_signs(value: Any) -> None:
    """Every text field asks this, those too that make something else of their text: see `LookConfig.ready`."""
    hidden = next((sign for sign in value if is_hidden(sign)), "") if isinstance(value, str) else ""
    if hidden:
        raise ValidationError(told_of(hidden), "hidden_signs")
