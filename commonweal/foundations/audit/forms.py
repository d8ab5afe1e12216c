from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.verbs.refs import LONGEST, Ref

from .models import Because


class ReferenceField(forms.CharField):
    """A record's reference, as the trail writes it: room:kind:number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.TextInput(attrs={"maxlength": LONGEST}), **kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return Ref.parse(text[: LONGEST + 1])
        except ValueError as unreadable:
            raise ValidationError(_("Write it as room:kind:number, just as the list shows it.")) from unreadable


class Look(forms.Form):
    """What to look for in the trail."""

    subject = ReferenceField(label=_("About which record"))
    by = ReferenceField(label=_("Done by"))
    verb = forms.CharField(label=_("What was done"), max_length=60, required=False)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)


class Propose(forms.Form):
    because = forms.ChoiceField(label=_("Why should these words go?"), choices=Because, widget=forms.RadioSelect)


class Settle(forms.Form):
    CONFIRM, DECLINE = "confirm", "decline"
    answer = forms.ChoiceField(choices=[(CONFIRM, ""), (DECLINE, "")])
