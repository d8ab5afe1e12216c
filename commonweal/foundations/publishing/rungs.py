"""How a number stands: what it says of causes. It goes with every number that is put out, as a code.

Six rungs are a ladder: how strongly we may say that what was done brought the change about. Below the ladder stand
numbers that say nothing of causes: those merely counted, and those from before anything was done.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rung(models.TextChoices):
    MEASURED = "measured", _("Counted. It says nothing about what caused it")
    BASELINE = "baseline", _("Where we began, before anything was done")
    CLAIMED = "claimed", _("Claimed: nobody has checked what caused this")
    THEORY = "theory", _("There is a likely reason, not yet tested")
    BEFORE_AFTER = "before_after", _("It changed by more than its usual ups and downs")
    COMPARISON = "comparison", _("It changed more than in a place we compare with")
    MATCHED = "matched", _("It changed more than in closely matched places")
    RANDOMISED = "randomised", _("Shown by a fair test with chance deciding who got what")


#: What may be chosen for a number that is meant to show an effect, weakest first.
LADDER = [
    Rung.CLAIMED,
    Rung.THEORY,
    Rung.BEFORE_AFTER,
    Rung.COMPARISON,
    Rung.MATCHED,
    Rung.RANDOMISED,
]
LADDER_CHOICES = [(rung.value, rung.label) for rung in LADDER]
