"""Whom an invitation speaks to: people of an age, of an area, both, or everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.places import queries as places
from commonweal.foundations.places.models import Area

from .models import AgeBand
from .queries import band_named, who_of_age


@dataclass(frozen=True)
class Invited:
    ages: tuple[int, int | None] | None = None
    area: Area | None = None

    @property
    def in_words(self) -> str:
        """As in: people of 65 to 79 in Hale. Nothing for everybody."""
        if self.ages and self.area:
            said = {"who": who_of_age(*self.ages), "area": self.area}
            return gettext("%(who)s in %(area)s") % said
        if self.area:
            return gettext("People in %(area)s") % {"area": self.area}
        return who_of_age(*self.ages) if self.ages else ""


class InviteForm(forms.Form):
    """Sent by GET, so that its address is the invitation."""

    age = forms.ChoiceField(
        label=_("How old are they?"),
        required=False,
        error_messages={"invalid_choice": _("Choose one of the ages in the list.")},
    )
    area = forms.ModelChoiceField(
        label=_("Where do they live?"),
        queryset=Area.objects.none(),
        required=False,
        empty_label=_("Anywhere"),
        error_messages={"invalid_choice": _("Choose one of the areas in the list.")},
    )

    def __init__(self, sent: Any, *, on: date) -> None:
        super().__init__(sent)
        asked = sent.get("age", "")
        bands = [(band.value, band.ages) for band in AgeBand]
        if (named := band_named(asked)) and asked not in AgeBand.values:
            bands.append((asked, named))
        ages = [(key, who_of_age(*ages)) for key, ages in bands]
        self.fields["age"].choices = [("", _("Any age")), *ages]  # type: ignore[attr-defined]
        self.fields["area"].queryset = places.areas(on=on)  # type: ignore[attr-defined]

    @property
    def invited(self) -> Invited:
        """Everybody, until a choice is made that can be kept."""
        if not self.is_valid():
            return Invited()
        return Invited(band_named(self.cleaned_data["age"]), self.cleaned_data["area"])
