"""The place, its areas, and how many people of what age live there."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from commonweal.foundations.verbs.records import Record


class Place(Record):
    """The one place of this installation."""

    name = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120, blank=True)
    gss_code = models.CharField(max_length=9, blank=True)
    nation = models.CharField(max_length=3, default="ENG")  # as the holidays library names them
    colour = models.CharField(max_length=7, default="#00594f")
    is_demonstration = models.BooleanField(default=False)
    only = models.BooleanField(default=True, unique=True)

    class Meta:
        constraints = [models.CheckConstraint(name="there_is_one_place", condition=Q(only=True))]

    def __str__(self) -> str:
        return self.name
