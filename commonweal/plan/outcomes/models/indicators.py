"""How we would know: an indicator with its baseline, and the readings that arrive."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.places.models import Area
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record
from commonweal.methods.quantities import Period

from .outcomes import Outcome


def plainly(value: Decimal) -> str:
    """The number without the zeros that the column adds: a code for a step, never a sum.

    >>> plainly(Decimal("61.400000")), plainly(Decimal("120.000000"))
    ('61.4', '120')
    """
    return f"{value.normalize():f}"


def when(period: Period) -> str:
    """How people call a time: a year, a financial year, a month, or its first and last days."""
    first, after = period.from_on, period.until_on
    if (first.day, after.day) == (1, 1) and first.month == after.month and after.year == first.year + 1:
        return {1: f"{first.year}", 4: f"{first.year}–{after.year % 100:02}"}.get(first.month) or _days(period)
    if (first.day, after.day) == (1, 1) and period.days <= 31:
        return formats.date_format(first, "M Y")
    return _days(period)


def _days(period: Period) -> str:
    last = formats.date_format(period.last_on, "j M Y")
    if period.days == 1:
        return last
    within_a_year = period.from_on.year == period.last_on.year
    return f"{formats.date_format(period.from_on, 'j M' if within_a_year else 'j M Y')} – {last}"


class Indicator(Record):
    """One number that would show whether an outcome comes about. Its definition never changes under its readings."""

    class Direction(models.TextChoices):
        UP = "up", _("Higher is better")
        DOWN = "down", _("Lower is better")

    class Kind(models.TextChoices):
        OUTCOME = "outcome", _("What changed for people")
        OUTPUT = "output", _("What was done")
        EXPERIENCE = "experience", _("How it felt to people")
        SOCIAL_VALUE = "social_value", _("Wider good for the place")

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="indicators")
    name = models.CharField(max_length=160)
    definition = models.CharField(max_length=1000)
    numerator = models.CharField(max_length=300, blank=True)
    denominator = models.CharField(max_length=300, blank=True)
    unit = models.CharField(max_length=40)
    direction = models.CharField(max_length=4, choices=Direction)
    kind = models.CharField(max_length=20, choices=Kind)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    baseline = models.DecimalField(max_digits=18, decimal_places=6)
    baseline_from_on = models.DateField()
    baseline_until_on = models.DateField()
    baseline_source = models.CharField(max_length=300)
    target = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    target_on = models.DateField(null=True, blank=True)

    defined_at = models.DateTimeField()
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="an_outcome_names_an_indicator_once", fields=["outcome", "name"]),
            models.CheckConstraint(
                name="a_baseline_ends_after_it_begins", condition=Q(baseline_from_on__lt=F("baseline_until_on"))
            ),
            models.CheckConstraint(
                name="a_target_has_its_date",
                condition=Q(target=None, target_on=None) | Q(target__isnull=False, target_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def texts(self) -> list[str]:
        """What the definition says in words and codes, as the audit seals it."""
        said = [self.name, self.definition, self.numerator, self.denominator, self.unit, self.baseline_source]
        return [*said, str(self.direction), str(self.kind)]

    @property
    def baseline_period(self) -> Period:
        return Period(self.baseline_from_on, self.baseline_until_on)

    @property
    def baseline_when(self) -> str:
        return when(self.baseline_period)

    @property
    def baseline_shown(self) -> str:
        return plainly(self.baseline)

    @property
    def target_shown(self) -> str:
        return "" if self.target is None else plainly(self.target)

    @property
    def series(self) -> str:
        """The name under which its readings are published."""
        return f"outcomes.{self.pk}"


class Rung(models.TextChoices):
    """How strongly we may say that what was done brought the change about. It goes with every published number."""

    CLAIMED = "claimed", _("Claimed: nobody has checked what caused this")
    THEORY = "theory", _("There is a likely reason, not yet tested")
    BEFORE_AFTER = "before_after", _("It changed by more than its usual ups and downs")
    COMPARISON = "comparison", _("It changed more than in a place we compare with")
    MATCHED = "matched", _("It changed more than in closely matched places")
    RANDOMISED = "randomised", _("Shown by a fair test with chance deciding who got what")


class Reading(Record):
    """One measured value. Never changed or removed: a better value revises it, and both stay visible."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="readings")
    value = models.DecimalField(max_digits=18, decimal_places=6)
    from_on = models.DateField()
    until_on = models.DateField()
    n = models.PositiveIntegerField(null=True, blank=True)
    low = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    high = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    provenance = models.CharField(max_length=220)
    rung = models.CharField(max_length=20, choices=Rung, default=Rung.CLAIMED)
    revises = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="revised_by")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_period_has_one_first_reading",
                fields=["indicator", "from_on", "until_on"],
                condition=Q(revises=None),
            ),
            models.CheckConstraint(name="a_reading_ends_after_it_begins", condition=Q(from_on__lt=F("until_on"))),
            models.CheckConstraint(
                name="an_interval_has_two_ends_in_order",
                condition=Q(low=None, high=None) | Q(low__isnull=False, high__isnull=False, low__lte=F("high")),
            ),
        ]

    @property
    def period(self) -> Period:
        return Period(self.from_on, self.until_on)

    @property
    def when(self) -> str:
        return when(self.period)

    @property
    def shown(self) -> str:
        return plainly(self.value)

    @property
    def interval_shown(self) -> str:
        return "" if self.low is None or self.high is None else f"{plainly(self.low)} – {plainly(self.high)}"
