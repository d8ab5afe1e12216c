"""What people may send us: four words, what they wish to hear."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReceiptForm(forms.Form):
    words = forms.CharField(
        label=_("The four words on your receipt"),
        help_text=_("For example: apple boat candle drum. Capital letters and commas do not matter."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


class WishesForm(forms.Form):
    own = forms.BooleanField(
        label=_("Tell me at once when something of mine is answered"),
        required=False,
    )
    weekly = forms.BooleanField(
        label=_("Send me one summary a week of the things that I follow"),
        required=False,
    )
