"""What people may send us about problems, outcomes, numbers and tasks."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.decisions.models import Stance
from commonweal.foundations.look.fields import DayField, needed_at_times
from commonweal.foundations.look.once import Once
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.publishing.rungs import LADDER_CHOICES, Rung
from commonweal.methods.quantities import Period

from . import queries
from .models import Indicator, Obligation, Outcome

DIGITS: dict[str, Any] = {"max_digits": 18, "decimal_places": 6}


def period_through(first: date, last: date) -> Period:
    return Period(first, last + timedelta(days=1))


class ConcernForm(Once):
    words = forms.CharField(
        label=_("What’s the problem?"),
        help_text=_("Write it the way that people who live here would say it."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class OutcomeForm(Once):
    statement = forms.CharField(
        label=_("What would good look like?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    implementers = forms.ModelMultipleChoiceField(
        label=_("Who would do the work?"),
        help_text=_("They are asked first. Nothing can be agreed without them."),
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    others = forms.ModelMultipleChoiceField(
        label=_("Who else is asked?"),
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations = Organisation.objects.filter(ended_on=None).order_by("name")
        for name in ("implementers", "others"):
            self.fields[name].queryset = organisations  # type: ignore[attr-defined]


class PartyForm(forms.Form):
    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.none())
    implements = forms.BooleanField(label=_("It would do some of the work"), required=False)

    def __init__(self, *args: Any, outcome: Outcome, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = [party.uuid for party in queries.parties_of(outcome)]
        self.fields["organisation"].queryset = (  # type: ignore[attr-defined]
            Organisation.objects.filter(ended_on=None).exclude(pk__in=asked).order_by("name")
        )


class AnswerForm(Once):
    stance = forms.ChoiceField(
        label=_("What does your organisation say?"), choices=Stance.choices, widget=forms.RadioSelect
    )
    words = needed_at_times(
        forms.CharField(
            label=_("In your own words (needed if you do not fully agree)"),
            help_text=_("Everybody can read this."),
            max_length=4000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("stance") in {Stance.RESERVATION, Stance.DISSENT} and not given.get("words"):
            self.add_error("words", _("Say in a few words what you do not agree with."))
        return given


class PeriodForm(Once):
    """Two days as people say them: the first and the last."""

    from_on = DayField(label=_("First day of the time it is about"))
    last_on = DayField(label=_("Last day of the time it is about"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("from_on") and given.get("last_on"):
            if given["last_on"] < given["from_on"]:
                self.add_error("last_on", _("The last day must not be before the first day."))
            else:
                given["period"] = period_through(given["from_on"], given["last_on"])
        return given

    def _both_or_none(self, one: str, other: str, words: Any) -> None:
        """Says at the empty one of two that belong together what is missing; a slip in either is told already."""
        empty = [name for name in (one, other) if self.cleaned_data.get(name) in (None, "")]
        if len(empty) == 1 and not {one, other} & set(self.errors):
            self.add_error(empty[0], words)


class IndicatorForm(PeriodForm):
    name = forms.CharField(label=_("What will be counted?"), max_length=160)
    definition = forms.CharField(
        label=_("How exactly is it counted?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    numerator = needed_at_times(
        forms.CharField(label=_("Which part is counted? (only if it is a share)"), max_length=300, required=False)
    )
    denominator = needed_at_times(
        forms.CharField(label=_("Out of what whole? (only if it is a share)"), max_length=300, required=False)
    )
    unit = forms.CharField(label=_("Unit"), help_text=_("Like people, %, score out of 12."), max_length=40)
    direction = forms.ChoiceField(
        label=_("Which way is good?"), choices=Indicator.Direction.choices, widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(label=_("What does it show?"), choices=Indicator.Kind.choices, widget=forms.RadioSelect)
    owner = forms.ModelChoiceField(label=_("Who counts it?"), queryset=Organisation.objects.none())
    baseline = forms.DecimalField(label=_("Where does it start?"), **DIGITS)
    baseline_source = forms.CharField(label=_("Where does that number come from?"), max_length=300)
    target = needed_at_times(
        forms.DecimalField(
            label=_("What number do we hope for? (with its day, or leave out both)"), required=False, **DIGITS
        )
    )
    target_on = needed_at_times(
        DayField(label=_("By when do we hope for it? (with its number, or leave out both)"), required=False)
    )

    field_order = (
        "name",
        "definition",
        "numerator",
        "denominator",
        "unit",
        "direction",
        "kind",
        "owner",
        "baseline",
        "from_on",
        "last_on",
        "baseline_source",
        "target",
        "target_on",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Organisation.objects.filter(ended_on=None).order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        self._both_or_none("target", "target_on", _("A hoped-for number and its day belong together: fill in both."))
        self._both_or_none("numerator", "denominator", _("A share has a part and a whole: fill in both."))
        return given


class ReadingForm(PeriodForm):
    value = forms.DecimalField(label=_("The number"), **DIGITS)
    n = forms.IntegerField(
        label=_("How many people or cases is it based on?"), min_value=0, max_value=2**31 - 1, required=False
    )
    low = needed_at_times(
        forms.DecimalField(label=_("It could be as low as (both ends, or none)"), required=False, **DIGITS)
    )
    high = needed_at_times(
        forms.DecimalField(label=_("It could be as high as (both ends, or none)"), required=False, **DIGITS)
    )
    provenance = forms.CharField(label=_("Where does it come from?"), max_length=220)
    rung = forms.ChoiceField(
        label=_("How sure are we what caused it?"),
        choices=LADDER_CHOICES,
        initial=Rung.CLAIMED,
        widget=forms.RadioSelect,
    )

    field_order = ("value", "from_on", "last_on", "n", "low", "high", "provenance", "rung")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        low, high = given.get("low"), given.get("high")
        self._both_or_none("low", "high", _("Fill in both ends, or none."))
        if low is not None and high is not None and low > high:
            self.add_error("high", _("The high end must not be below the low end."))
        return given


class ObligationForm(Once):
    organisation = forms.ModelChoiceField(label=_("Who does it?"), queryset=Organisation.objects.none())
    what = forms.CharField(label=_("What will they do?"), max_length=300)
    due_on = DayField(label=_("By when?"))
    depends_on = forms.ModelChoiceField(
        label=_("What must be done first?"), queryset=Obligation.objects.none(), required=False
    )

    def __init__(self, *args: Any, outcome: Outcome, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        doers = [party.uuid for party in queries.implementers_of(outcome) - queries.dissenters_of(outcome)]
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=doers).order_by("name")  # type: ignore[attr-defined]
        self.fields["depends_on"].queryset = outcome.obligations.order_by("due_on")  # type: ignore[attr-defined]


class DoneForm(forms.Form):
    """What came of a task. A task may be done without words."""

    words = forms.CharField(
        label=_("What came of it?"),
        help_text=_("Everybody can read this. Leave out people’s names."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("The file"),
        help_text=_("A CSV file with the columns value, from, to and source; n, low and high if you have them."),
    )


class ConfirmUploadForm(forms.Form):
    """The bytes that were looked at, carried along by the page: other bytes are refused by their digest."""

    name = forms.CharField(max_length=200, widget=forms.HiddenInput)
    content = forms.CharField(max_length=1_000_000, widget=forms.HiddenInput)
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
