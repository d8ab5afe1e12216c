"""Fields that are needed beside some answers and not beside others.

Their label says beside which. They are not marked '(optional)', which would be untrue as often as not; no browser
insists on them; and the form decides in its `clean`.
"""

from typing import Any

from django import forms

from commonweal.foundations.look.fields import DayField, DayInput


class Unasked:
    """A control that no browser insists on."""

    def use_required_attribute(self, initial: Any) -> bool:
        return False


class UnaskedText(Unasked, forms.TextInput):
    pass


class UnaskedTextarea(Unasked, forms.Textarea):
    pass


class UnaskedNumber(Unasked, forms.NumberInput):
    pass


class UnaskedDay(Unasked, DayInput):
    pass


class WhereNeeded(forms.Field):
    """The field's own side: nothing is a fair answer, until the form says otherwise."""

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:
            super().validate(value)


class WordsWhereNeeded(WhereNeeded, forms.CharField):
    def __init__(self, *, rows: int = 1, **kwargs: Any) -> None:
        super().__init__(widget=UnaskedTextarea(attrs={"rows": rows}) if rows > 1 else UnaskedText, **kwargs)


class NumberWhereNeeded(WhereNeeded, forms.DecimalField):
    widget = UnaskedNumber


class DayWhereNeeded(WhereNeeded, DayField):
    widget = UnaskedDay
