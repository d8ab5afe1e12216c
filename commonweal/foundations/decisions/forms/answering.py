"""What is sent to us about answers and agreement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.look.fields import DayField, MoneyField, needed_at_times
from commonweal.foundations.look.once import Once
from commonweal.foundations.organisations.models import Service
from commonweal.foundations.organisations.queries import services_in_use

from ..models import Owed, OwedLine, ReasonCode, Stance

LONGEST = 20_000


class DraftForm(forms.Form):
    reason_code = forms.ChoiceField(
        label=_("What is the answer?"), choices=ReasonCode.choices, widget=forms.RadioSelect
    )
    cost = needed_at_times(
        MoneyField(label=_("What would it cost?"), help_text=_("Needed when it costs too much."), required=False)
    )
    referred_to = needed_at_times(
        forms.CharField(
            label=_("Who was it passed on to?"),
            help_text=_("Needed when you passed it on."),
            max_length=160,
            required=False,
        )
    )
    words = forms.CharField(
        label=_("Your answer, in plain words"),
        help_text=_("Everybody who asked will read this. Say what happens next, and why."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=LONGEST,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        code = given.get("reason_code")
        if code == ReasonCode.TOO_COSTLY and not given.get("cost") and "cost" not in self.errors:
            self.add_error("cost", _("Say how much it would cost."))
        if code == ReasonCode.REFERRED and not given.get("referred_to"):
            self.add_error("referred_to", _("Say who it was passed on to."))
        return given


class AssignForm(Once):
    name = forms.CharField(label=_("Who should write the answer?"), max_length=120)
    email = forms.EmailField(
        label=_("Their email address"), help_text=_("They get a link. They do not need an account.")
    )
    service = forms.ModelChoiceField(
        label=_("For which service do they answer?"),
        help_text=_("How long each service takes is counted, and everybody can read it."),
        queryset=Service.objects.none(),
        required=False,
        empty_label=_("No service"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = services_in_use()  # type: ignore[attr-defined]


class PassOnForm(forms.Form):
    """Asked by the head of a service, with a link that is good for one time."""

    name = forms.CharField(label=_("Who should write the answer?"), max_length=120)
    email = forms.EmailField(
        label=_("Their email address"), help_text=_("They get a link. They do not need an account.")
    )


class PublishForm(forms.Form):
    """Checked answers that were ticked at the desk."""

    owed = forms.ModelMultipleChoiceField(queryset=Owed.objects.filter(state=Owed.State.CLEARED))


class SendBackForm(Once):
    words = forms.CharField(
        label=_("What should change?"),
        help_text=_("Whoever wrote it reads this, and those at the answering desk. The public does not."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2_000,
    )


class ExtendForm(forms.Form):
    until = DayField(label=_("The answer will come by"))
    because_words = forms.CharField(
        label=_("Why does it take longer?"),
        help_text=_("Everybody can read this. The first date stays on the page."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2_000,
    )

    def __init__(self, *args: Any, after: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.after = after

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until <= self.after:
            raise forms.ValidationError(_("The new date must be later than the date that was promised."))
        return until


class AssentForm(forms.Form):
    sent_as = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    stance = forms.ChoiceField(label=_("Do you agree?"), choices=Stance.choices, widget=forms.RadioSelect)
    words = needed_at_times(
        forms.CharField(
            label=_("In your own words"),
            help_text=_("Needed when you have a reservation or do not agree. Everybody can read this."),
            widget=forms.Textarea(attrs={"rows": 5}),
            max_length=LONGEST,
            required=False,
        )
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("stance") in (Stance.RESERVATION, Stance.DISSENT) and not given.get("words"):
            self.add_error("words", _("Say what your reservation is, or why you do not agree."))
        return given


class KeyInAssentForm(AssentForm):
    """What a party said on paper or by phone."""

    given_on = DayField(label=_("The day they said it"), help_text=_("Not the day on which you type it."))
    on_word_of = forms.CharField(
        label=_("How do we know?"),
        help_text=_("For instance: the letter of their chair, a call from their office."),
        max_length=300,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["stance"].label = _("Do they agree?")
        self.fields["words"].label = _("In their own words")
        self.fields["words"].help_text = _(
            "Needed when they have a reservation or do not agree. Everybody can read this."
        )

    def clean_given_on(self) -> date:
        on: date = self.cleaned_data["given_on"]
        if on > self.today:
            raise forms.ValidationError(_("The day they said it cannot be in the future."))
        return on


class ReplyForm(forms.Form):
    line = forms.ChoiceField(label=_("Which of these do you reply about?"))
    words = forms.CharField(
        label=_("What do you want to say to this answer?"),
        help_text=_("You can reply once. Everybody can read this."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST,
    )
    meant_otherwise = forms.BooleanField(
        label=_("That is not what I meant"),
        help_text=_("Tick this and we answer once more. That can be done once for each answer."),
        required=False,
    )

    def __init__(self, *args: Any, lines: Sequence[tuple[OwedLine, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["line"]
        field.choices = [(str(line.pk), label) for line, label in lines]  # type: ignore[attr-defined]
        if len(lines) == 1:
            field.widget, field.initial = forms.HiddenInput(), str(lines[0][0].pk)
