"""Form fields for what Django has none: a day in three boxes, pounds, hours and minutes."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal.methods.quantities import Minutes, Money, NotAnAmount

Field = TypeVar("Field", bound=forms.Field)

#: A day outside of these is a slip of the hand, whatever it is about.
FIRST_YEAR, LAST_YEAR = 1900, 2999


class DayInput(forms.Widget):
    """Day, month and year apart: the way that people with every kind of device and memory can fill in."""

    template_name = "look/widgets/date.html"
    use_fieldset = True
    PARTS = (("day", _("Day"), 2), ("month", _("Month"), 2), ("year", _("Year"), 4))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        given = {key: on for key, on in context["widget"]["attrs"].items() if key not in {"id", "class"}}
        shown = self._parts_of(value)
        context["widget"]["parts"] = [
            {
                "name": f"{name}_{part}",
                "label": label,
                "value": shown[part],
                "classes": f"govuk-input govuk-date-input__input govuk-input--width-{width}",
                "attrs": {**given, "id": f"{(attrs or {}).get('id', name)}_{part}"},
            }
            for part, label, width in self.PARTS
        ]
        return context

    def _parts_of(self, value: Any) -> dict[str, str]:
        if isinstance(value, date):
            return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
        year, month, day = (str(value or "").split("-") + ["", "", ""])[:3]
        return {"day": day, "month": month, "year": year}

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str | None:
        """As year-month-day, as far as it was filled in; or what an importer sends under the plain name."""
        day, month, year = (str(data.get(f"{name}_{part}", "")).strip() for part, _label, _width in self.PARTS)
        return f"{year}-{month}-{day}" if day or month or year else data.get(name)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and all(f"{name}_{part}" not in data for part, _label, _width in self.PARTS)

    def id_for_label(self, id_: str | None) -> str:
        return f"{id_}_day" if id_ else ""


class DayField(forms.DateField):
    widget = DayInput
    input_formats = ["%Y-%m-%d"]
    default_error_messages = {"invalid": _("This must be a real date, like 27 3 2027.")}

    def to_python(self, value: Any) -> date | None:
        # A year of two figures would be read as the first century.
        if isinstance(value, str) and value and len(value.split("-")[0]) != 4:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        day = super().to_python(value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class MoneyInput(forms.TextInput):
    template_name = "look/widgets/money.html"


class MoneyField(forms.CharField):
    """Pounds as people write them; cleaned to `Money`."""

    widget = MoneyInput

    def __init__(self, *, more_than_nothing: bool = True, **kwargs: Any) -> None:
        super().__init__(max_length=30, **kwargs)
        self.more_than_nothing = more_than_nothing

    def prepare_value(self, value: Any) -> Any:
        return str(value).replace("£", "") if isinstance(value, Money) else value

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            amount = Money.parse(typed)
        except NotAnAmount as refusal:
            raise forms.ValidationError(_("Enter an amount in pounds, like 1,250 or 12.50."), "invalid") from refusal
        if self.more_than_nothing and amount <= Money(0):
            raise forms.ValidationError(_("Enter more than £0."), "too_little")
        return amount


class MinutesField(forms.CharField):
    """A length of time as people write it (2 h 30 min, 2:30, 45 min); cleaned to `Minutes`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Like 2 h 30 min, or 45 min"))
        super().__init__(max_length=30, **kwargs)
        self.widget.attrs.setdefault("class", "govuk-input--width-10")

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, Minutes) else value

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            length = Minutes.parse(typed)
        except NotAnAmount as refusal:
            raise forms.ValidationError(_("Enter a time like 2 h 30 min, or 45 min."), "invalid") from refusal
        if length <= Minutes(0):
            raise forms.ValidationError(_("Enter more than 0 minutes."), "too_little")
        return length


def needed_at_times(field: Field) -> Field:
    """A field that may stay empty unless another answer asks for it.

    Its label does not say 'optional', which would be untrue at times; its hint says when it is needed, and the form's
    own rule holds it to that.
    """
    field.is_needed_at_times = True  # type: ignore[attr-defined]
    return field
