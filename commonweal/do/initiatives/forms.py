"""What people may send us about initiatives."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.look.fields import DayField, MinutesField, MoneyField, needed_at_times
from commonweal.foundations.look.once import Once
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person, Role
from commonweal.plan.outcomes.models import Obligation

from . import queries
from .models import TAKES_PART, Initiative, Partner, PooledFund

#: What can only be hours where the label asks for hours: 40, 2.5; and "2 h 30", whose end can only be minutes.
JUST_HOURS = re.compile(r"\d+(\.\d+)?")
HOURS_AND_A_REST = re.compile(r"\d+ ?(h|hours?|awr|oriau) ?\d{1,2}", re.IGNORECASE)


class HoursField(MinutesField):
    """A length of time where the label says hours, so that a bare number is hours."""

    def clean(self, value: Any) -> Any:
        typed = str(value or "").strip()
        if JUST_HOURS.fullmatch(typed):
            typed = f"{typed} h"
        elif HOURS_AND_A_REST.fullmatch(typed):
            typed = f"{typed} min"
        return super().clean(typed)


WORKS_HERE = [Role.Kind.CONVENOR, Role.Kind.PRACTITIONER, Role.Kind.COMMISSIONER, Role.Kind.PARTNER]


def people_who_may_lead() -> Any:
    """Those who hold a part in the place's work: never a list of all its residents."""
    return Person.objects.filter(roles__kind__in=WORKS_HERE, erased_at=None).order_by("name").distinct()


class BeginForm(Once):
    title = forms.CharField(label=_("What is it called?"), max_length=160)
    story = forms.CharField(
        label=_("What’s the problem, and what will you do?"),
        help_text=_("Write it so that anybody who lives here can read it."),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    lead = forms.ModelChoiceField(
        label=_("Who leads it?"),
        help_text=_("One person, whose name everybody can see."),
        queryset=Person.objects.none(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = people_who_may_lead()  # type: ignore[attr-defined]


class HandOverForm(Once):
    to = forms.ModelChoiceField(label=_("Who leads it from now on?"), queryset=Person.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people_who_may_lead()  # type: ignore[attr-defined]


class JoinForm(Once):
    organisation = forms.ModelChoiceField(
        label=_("Which organisation?"),
        help_text=_("If you do not speak for it, it is asked first. It takes part when it has said yes."),
        queryset=Organisation.objects.filter(ended_on=None).order_by("name"),
    )
    role = forms.ChoiceField(label=_("What does it do?"), choices=Partner.Role.choices, widget=forms.RadioSelect)


class TaskChoice(forms.ModelChoiceField):
    def label_from_instance(self, task: Obligation) -> str:
        return f"{task.organisation}: {task.what}"


class AdoptForm(forms.Form):
    obligation = TaskChoice(label=_("Which task?"), queryset=Obligation.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["obligation"].queryset = queries.tasks_to_take_up()  # type: ignore[attr-defined]


class FundForm(Once):
    host = forms.ModelChoiceField(
        label=_("Who looks after the money?"),
        help_text=_("Its officers and treasurers say yes or no to each payment."),
        queryset=Organisation.objects.none(),
    )
    purpose = forms.CharField(label=_("What is it for?"), max_length=300)

    def __init__(self, *args: Any, initiative: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = initiative.partners.filter(TAKES_PART).values("organisation")
        self.fields["host"].queryset = Organisation.objects.filter(pk__in=partners).order_by("name")  # type: ignore[attr-defined]
        if not partners.exists():
            self.fields["host"].help_text = _(
                "No organisation takes part yet. Let one join first: then it can look after the money."
            )


class ContributeForm(Once):
    organisation = forms.ModelChoiceField(label=_("For which organisation?"), queryset=Organisation.objects.none())
    pounds = needed_at_times(
        MoneyField(label=_("Pounds"), required=False, help_text=_("Fill in either pounds or hours."))
    )
    hours = needed_at_times(
        HoursField(
            label=_("Hours"),
            required=False,
            help_text=_("If it is time that you give: like 40, 2.5, 2 h 30 min, or 45 min."),
        )
    )

    def __init__(self, *args: Any, contributors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = contributors.order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        amounts = [given[name] for name in ("pounds", "hours") if given.get(name) is not None]
        if len(amounts) == 1:
            given["amount"] = amounts[0]
        elif not self.errors:
            raise forms.ValidationError(_("Fill in pounds or hours: one of the two."))
        return given


class PayForm(Once):
    payee = forms.ModelChoiceField(
        label=_("Who gets it?"), queryset=Organisation.objects.filter(ended_on=None).order_by("name")
    )
    amount = MoneyField(label=_("How much?"))
    words = forms.CharField(
        label=_("What is it for?"),
        help_text=_("Everybody can read this."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, fund: PooledFund, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = _("Free in the purse now: %(free)s") % {"free": fund.pounds.free}
        self.fields["amount"].help_text = free


class HoursForm(Once):
    giver = forms.ChoiceField(label=_("Who gave the time?"), choices=[], widget=forms.RadioSelect)
    time = HoursField(label=_("How many hours?"), help_text=_("Like 2.5, 2 h 30 min, or 45 min"))
    given_on = DayField(label=_("On which day?"))
    what = forms.CharField(
        label=_("What was done?"),
        help_text=_("Everybody can read this, once it is confirmed. Leave out people’s names."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, person: Person, groups: Any, fund: PooledFund, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.givers: dict[str, Person | Organisation] = {"me": person}
        self.givers |= {str(group.pk): group for group in groups}
        self.fields["giver"].choices = [  # type: ignore[attr-defined]
            (value, _("I did") if value == "me" else str(giver)) for value, giver in self.givers.items()
        ]
        self.fields["giver"].initial = "me"

    def clean_giver(self) -> Person | Organisation:
        return self.givers[self.cleaned_data["giver"]]


class DoubtForm(forms.Form):
    """A no to time that was written down, and its reason."""

    words = forms.CharField(
        label=_("Why not?"),
        help_text=_("Whoever wrote the time down is told. Say what would help: another day, or fewer hours?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PaidForm(forms.Form):
    """What the paying system said, typed in by hand."""

    paid_on = DayField(label=_("On which day was it paid?"))
    heard_as = forms.CharField(
        label=_("The paying system’s own number for it"),
        help_text=_("So that others can look it up there."),
        max_length=40,
    )
