"""What rooms publish for all to read, people and other rooms alike: numbers and findings.

An earlier room never asks a later one: it reads here what the later one has published. Nothing here is changed or taken
back. What turns out wrong is *revised*: a new row names the one that it supersedes, and both stay to be seen.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonweal.foundations.audit.models import Words
from commonweal.foundations.places.models import Area
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import RefField
from commonweal.methods.quantities import Period

from . import periods
from .rungs import Rung
from .units import with_unit


class Measure(Record):
    """One value of a series: of what, where, when, how much, of how many, and from where we know."""

    key = models.CharField(max_length=100, db_index=True)
    title = models.CharField(max_length=200)
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    #: The first day after it.
    until_on = models.DateField()
    value = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    #: Why there is no value, in words: too few, too short a series, nobody asked.
    unknown_because = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=40)
    n = models.PositiveIntegerField(null=True)
    rung = models.CharField(max_length=20, choices=Rung)
    source = models.CharField(max_length=300)
    published_by = RefField()
    published_at = models.DateTimeField()
    supersedes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="superseded_by")

    class Meta:
        constraints = [
            # Two, since SQLite takes every NULL for different from every other.
            models.UniqueConstraint(
                name="a_value_is_first_published_once",
                fields=["key", "from_on", "until_on"],
                condition=Q(supersedes=None, area=None),
            ),
            models.UniqueConstraint(
                name="a_value_of_an_area_is_first_published_once",
                fields=["key", "area", "from_on", "until_on"],
                condition=Q(supersedes=None, area__isnull=False),
            ),
            models.CheckConstraint(
                name="what_cannot_be_known_says_why",
                condition=Q(value__isnull=False, unknown_because="") | (Q(value=None) & ~Q(unknown_because="")),
            ),
            models.CheckConstraint(name="a_number_names_its_source", condition=~Q(source="")),
            models.CheckConstraint(name="a_number_is_about_a_time", condition=Q(from_on__lt=F("until_on"))),
            models.CheckConstraint(name="a_number_says_how_it_stands", condition=Q(rung__in=Rung.values)),
        ]
        indexes = [models.Index(name="measures_by_series_and_day", fields=["key", "area", "from_on"])]

    def __str__(self) -> str:
        return self.title

    @property
    def period(self) -> Period:
        return Period(self.from_on, self.until_on)

    @property
    def when(self) -> str:
        """The period, in the reader's language."""
        return periods.in_words(self.period)

    @property
    def shown(self) -> str:
        """The value with its unit, or why there is none."""
        if self.value is None:
            return _("Cannot be known: %(why)s") % {"why": self.unknown_because}
        return with_unit(self.value, self.unit)


class Finding(Record):
    """Something that was found out: the claim, how large the effect, how strong the evidence, where it held."""

    class Strength(models.TextChoices):
        EXPERIENCE = "experience", gettext_lazy("People's experience")
        BEFORE_AND_AFTER = "before_and_after", gettext_lazy("Before and after")
        COMPARED = "compared", gettext_lazy("Compared with others")
        BY_LOT = "by_lot", gettext_lazy("Compared by lot")
        REVIEWED = "reviewed", gettext_lazy("Many studies together")
        CANNOT_BE_KNOWN = "cannot_be_known", gettext_lazy("Cannot be known")

    claim = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    context = models.ForeignKey(Words, null=True, on_delete=models.PROTECT, related_name="+")
    effect = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    effect_low = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    effect_high = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    unit = models.CharField(max_length=40, blank=True)
    n = models.PositiveIntegerField(null=True)
    strength = models.CharField(max_length=20, choices=Strength)
    source = models.CharField(max_length=300)
    subject = RefField(null=True, blank=True)
    because = models.ForeignKey(Step, null=True, on_delete=models.PROTECT, related_name="+")
    published_by = RefField()
    published_at = models.DateTimeField()
    supersedes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="superseded_by")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_effect_lies_within_its_interval",
                condition=Q(effect_low=None)
                | Q(effect_high=None)
                | Q(effect_low__lte=F("effect"), effect_high__gte=F("effect")),
            ),
            models.CheckConstraint(name="a_finding_names_its_source", condition=~Q(source="")),
        ]

    @property
    def effect_shown(self) -> str:
        """The effect with its unit and the interval that it may lie in, or that it is no number."""
        if self.effect is None:
            return _("Not measured as a number")
        effect = with_unit(self.effect, self.unit)
        if self.effect_low is None or self.effect_high is None:
            return effect
        between = {"low": with_unit(self.effect_low, self.unit), "high": with_unit(self.effect_high, self.unit)}
        return f"{effect} ({_('between %(low)s and %(high)s') % between})"


class Copy(Record):
    """A page as it stood on a day, for committee or a court: at an address that stays, with a fingerprint.

    `body` is a document of `documents.as_data`, as one line of JSON. It holds what we say and count, never anybody's
    words or name: those are fetched when it is shown, so that a copy cannot keep what was taken away.
    """

    subject = RefField()
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=10)
    body = models.TextField()
    fingerprint = models.CharField(max_length=64)
    kept_by = RefField()
    #: The moment that it tells of.
    at = models.DateTimeField()
    sent_as = models.UUIDField(null=True, unique=True)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(name="copies_of_a_page", fields=["subject", "-at"])]
