"""The place, its areas, and how many people of what age live there."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.verbs.records import Record


class Place(Record):
    """The one place of this installation."""

    name = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120, blank=True)
    gss_code = models.CharField(max_length=9, blank=True)
    nation = models.CharField(max_length=3, default="ENG")  # as the holidays library names them
    outline = models.JSONField(null=True, blank=True)  # a GeoJSON geometry, for a map that has no areas' own
    attribution = models.CharField(max_length=300, blank=True)
    colour = models.CharField(max_length=7, default="#00594f")
    is_demonstration = models.BooleanField(default=False)
    only = models.BooleanField(default=True, unique=True)

    class Meta:
        constraints = [models.CheckConstraint(name="there_is_one_place", condition=Q(only=True))]

    def __str__(self) -> str:
        return (get_language() == "cy" and self.name_cy) or self.name


class Area(Record):
    """A ward or a neighbourhood, as it was drawn from one day until another.

    Wards are redrawn; the old ones stay, so that a figure of 2017 keeps the ward it was counted in.
    """

    class Kind(models.TextChoices):
        WARD = "ward", _("Ward")
        NEIGHBOURHOOD = "neighbourhood", _("Neighbourhood")

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="areas")
    name = models.CharField(max_length=120)
    name_cy = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.WARD)
    gss_code = models.CharField(max_length=9, blank=True)
    boundary = models.JSONField(null=True, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    succeeded_by = models.ManyToManyField("self", symmetrical=False, related_name="predecessors", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_area_ends_after_it_begins", condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from"))
            ),
            models.UniqueConstraint(
                name="a_code_names_one_area_at_a_time", fields=["gss_code", "valid_from"], condition=~Q(gss_code="")
            ),
            models.UniqueConstraint(
                name="a_code_has_one_area_in_force",
                fields=["gss_code"],
                condition=~Q(gss_code="") & Q(valid_until=None),
            ),
            models.UniqueConstraint(
                name="an_area_in_force_has_its_own_name", fields=["kind", "name"], condition=Q(valid_until=None)
            ),
        ]

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)

    def __str__(self) -> str:
        return (get_language() == "cy" and self.name_cy) or self.name


class Postcode(models.Model):
    """In which area a postcode lies, from one day until another."""

    postcode = models.CharField(max_length=8)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="postcodes")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_postcode_lies_in_one_area_at_a_time", fields=["postcode"], condition=Q(valid_until=None)
            ),
            models.UniqueConstraint(name="a_postcode_begins_once_a_day", fields=["postcode", "valid_from"]),
            models.CheckConstraint(
                name="a_postcode_leaves_an_area_after_it_came",
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.postcode


class Population(models.Model):
    """How many persons of an age lived in an area, or in the whole place, in the middle of a year; and who says so.

    `age_from` and `age_to` are both counted in; no `age_to` means 'and over', and 0 without `age_to` everybody.
    Two sources may disagree about one year: both stay.
    """

    OLDEST: ClassVar[int] = 120

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="population")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="population")
    age_from = models.PositiveSmallIntegerField(default=0)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)
    year = models.PositiveSmallIntegerField()
    persons = models.PositiveIntegerField()
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_age_band_goes_upward", condition=Q(age_to=None) | Q(age_to__gte=F("age_from"))
            ),
            models.CheckConstraint(name="a_population_names_its_source", condition=~Q(source="")),
            models.UniqueConstraint(
                name="a_source_counts_a_band_of_an_area_once", fields=["source", "year", "area", "age_from", "age_to"]
            ),
            models.UniqueConstraint(
                name="a_source_counts_the_oldest_of_an_area_once",
                fields=["source", "year", "area", "age_from"],
                condition=Q(age_to=None),
            ),
            models.UniqueConstraint(
                name="a_source_counts_a_band_of_the_place_once",
                fields=["source", "year", "age_from", "age_to"],
                condition=Q(area=None),
            ),
            models.UniqueConstraint(
                name="a_source_counts_the_oldest_of_the_place_once",
                fields=["source", "year", "age_from"],
                condition=Q(area=None, age_to=None),
            ),
        ]

    @property
    def band(self) -> Any:
        if self.age_to is None:
            return _("All ages") if self.age_from == 0 else _("%(age)d and over") % {"age": self.age_from}
        return _("%(low)d to %(high)d") % {"low": self.age_from, "high": self.age_to}

    def __str__(self) -> str:
        return f"{self.band}: {self.persons}"
