"""The two questions before and after, as they were worded since a day.

An answer keeps the day of its wording. Where the words change, a new one is added with its day, and before and after
are compared only where both were asked in the same words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Steps = Mapping[int, str | Promise]


@dataclass(frozen=True)
class Wording:
    from_on: date
    understands: str | Promise
    understands_steps: Steps
    trusts: str | Promise
    trusts_steps: Steps


WORDINGS = (
    Wording(
        from_on=date(2026, 1, 1),
        understands=_("How well do you understand what this is about?"),
        understands_steps={
            1: _("Not at all"),
            2: _("A little"),
            3: _("Partly"),
            4: _("Well"),
            5: _("Very well"),
        },
        trusts=_("How much do you trust that what people say here will be heard?"),
        trusts_steps={1: _("Not at all"), 2: _("A little"), 3: _("Partly"), 4: _("Mostly"), 5: _("Fully")},
    ),
)


def wording_on(day: date) -> Wording:
    """The words in use on that day; the first ones before it."""
    in_use = [each for each in WORDINGS if each.from_on <= day]
    return in_use[-1] if in_use else WORDINGS[0]
