"""What a file from a paying system says of payments that are not ours."""

from __future__ import annotations

from django.db import models

from commonweal.foundations.intake.models import Intake
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import RefField


class Stray(Record):
    """One row with a number that none of our payments has. Nothing follows from it: it is kept to be looked at."""

    #: The body whose file it was; whoever brought it in, where the file does not tell.
    whose: RefField = RefField()
    reference = models.CharField(max_length=18)
    is_paid = models.BooleanField()
    on = models.DateField()
    file = models.CharField(max_length=200)
    row = models.PositiveIntegerField()
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="what_is_not_ours_is_kept_once", fields=["whose", "reference", "is_paid", "on"]
            ),
        ]
