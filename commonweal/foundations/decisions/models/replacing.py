"""Which answer meets what another was to answer."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from commonweal.foundations.verbs.records import Record

from .owed import Owed


class Succession(Record):
    """A promise that was replaced, and one that took over from it: the theme was split, or merged with another."""

    before = models.ForeignKey(Owed, on_delete=models.PROTECT, related_name="successions")
    after = models.ForeignKey(Owed, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_promise_takes_over_from_another_once", fields=["before", "after"]),
            models.CheckConstraint(name="no_promise_takes_over_from_itself", condition=~Q(before=F("after"))),
        ]
