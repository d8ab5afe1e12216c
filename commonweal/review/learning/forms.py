"""What people may send us about lessons."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.look.once import Once


class LessonForm(Once):
    what = forms.CharField(label=_("What did we learn?"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4}))
    why = forms.CharField(
        label=_("Why was it so?"),
        help_text=_("Say what you think, and how sure you are."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    context = forms.CharField(
        label=_("Where and for whom was it so?"),
        help_text=_("Others will ask whether it would be so for them too."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
