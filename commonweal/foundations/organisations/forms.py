"""What is sent to us about organisations."""

from django import forms
from django.utils.translation import gettext_lazy as _


class HeadForm(forms.Form):
    name = forms.CharField(
        label=_("Who heads this service?"), help_text=_("Leave both empty for nobody."), max_length=120, required=False
    )
    email = forms.EmailField(
        label=_("Their email address at work"),
        help_text=_("They are told when an answer is late. They do not need an account."),
        required=False,
    )
