"""How we would know: an indicator with its baseline, and the readings that arrive."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.places.models import Area
from commonweal.foundations.publishing.periods import in_words
from commonweal.foundations.publishing.rungs import LADDER_CHOICES, Rung
from commonweal.foundations.publishing.tables import digits
from commonweal.foundations.publishing.units import SIGNS, as_written, with_unit
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref
from commonweal.methods.quantities import Period

from .outcomes import Outcome


class Indicator(Record):
    """One number that would show whether an outcome comes about. Its definition never changes under its readings."""

    class Direction(models.TextChoices):
        UP = "up", gettext_lazy("Higher is better")
        DOWN = "down", gettext_lazy("Lower is better")

    class Kind(models.TextChoices):
        OUTCOME = "outcome", gettext_lazy("What changed for people")
        OUTPUT = "output", gettext_lazy("What was done")
        EXPERIENCE = "experience", gettext_lazy("How it felt to people")
        SOCIAL_VALUE = "social_value", gettext_lazy("Wider good for the place")

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
    #: The form's own number: the same form sent again counts nothing new.
    sent_as = models.UUIDField(null=True, unique=True)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="an_outcome_names_an_indicator_once", fields=["outcome", "name"]),
            models.CheckConstraint(
                name="a_baseline_ends_after_it_begins", condition=Q(baseline_from_on__lt=F("baseline_until_on"))
            ),
            models.CheckConstraint(
                name="a_share_has_a_part_and_a_whole",
                condition=Q(numerator="", denominator="") | (~Q(numerator="") & ~Q(denominator="")),
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
        return in_words(self.baseline_period)

    def told(self, value: Decimal) -> str:
        """A number of this series with its unit, as people read it: 73%, 14 benches."""
        return with_unit(value, self.unit)

    @property
    def baseline_shown(self) -> str:
        return self.told(self.baseline)

    @property
    def target_shown(self) -> str:
        return "" if self.target is None else self.told(self.target)

    def on_the_thread(self, value: Decimal) -> tuple[str, Ref | str]:
        """A number as its step keeps it, and its unit: a sign stands with the number; of a unit in words, which
        somebody wrote, the step keeps only whose it is."""
        if as_written(self.unit) in SIGNS:
            return self.told(value), ""
        return digits(value, grouped=True), Ref("outcomes", "unit", self.pk)

    @property
    def series(self) -> str:
        """The name under which its readings are published."""
        return f"outcomes.{self.pk}"


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
    rung = models.CharField(max_length=20, choices=LADDER_CHOICES, default=Rung.CLAIMED)
    revises = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="revised_by")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    #: The form's own number: the same form sent again writes nothing new down.
    sent_as = models.UUIDField(null=True, unique=True)
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
    def is_counted_otherwise(self) -> bool:
        """It comes from another source than the number where we began, so the two do not compare."""
        return self.provenance.strip() != self.indicator.baseline_source.strip()

    @property
    def when(self) -> str:
        return in_words(self.period)

    @property
    def shown(self) -> str:
        return self.indicator.told(self.value)

    @property
    def interval_shown(self) -> str:
        if self.low is None or self.high is None:
            return ""
        between = {"low": self.indicator.told(self.low), "high": self.indicator.told(self.high)}
        return _("between %(low)s and %(high)s") % between

    @property
    def based_on(self) -> str:
        """How many people or cases it rests on, in words."""
        if self.n is None:
            return ""
        counted = ngettext("from %(n)s person or case", "from %(n)s people or cases", self.n)
        return counted % {"n": f"{self.n:,}"}
