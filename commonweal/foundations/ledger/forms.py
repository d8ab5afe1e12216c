"""What those who keep the money may send us."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from .models import Payment


class SendForm(forms.Form):
    payments = forms.ModelMultipleChoiceField(
        queryset=Payment.objects.none(), error_messages={"required": _("Tick at least one payment.")}
    )

    def __init__(self, *args: Any, payments: QuerySet[Payment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["payments"].queryset = payments  # type: ignore[attr-defined]


class DeclineForm(forms.Form):
    """A no and its reason."""

    words = forms.CharField(
        label=_("Why not?"),
        help_text=_("Whoever asked is told, and everybody who may see the payment reads this. Say what would help."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FailedForm(forms.Form):
    """What the paying system said, typed in by hand."""

    failure = forms.ChoiceField(label=_("Why was it not paid?"), choices=Payment.Failure, widget=forms.RadioSelect)
    heard_as = forms.CharField(
        label=_("The paying system’s own number for it"),
        help_text=_("So that others can look it up there."),
        max_length=40,
    )


class OutcomesForm(forms.Form):
    file = forms.FileField(
        label=_("The file"),
        help_text=_(
            "A CSV file with the columns reference, status (paid or failed) and date (2026-04-30); "
            "and reason, for what failed."
        ),
    )


class ConfirmOutcomesForm(forms.Form):
    """The bytes that were looked at, carried along by the page: other bytes are refused by their digest."""

    name = forms.CharField(max_length=200, widget=forms.HiddenInput)
    content = forms.CharField(max_length=1_000_000, widget=forms.HiddenInput)
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
