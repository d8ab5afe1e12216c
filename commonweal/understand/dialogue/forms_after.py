"""What people may send us about learning, pledges, consultations and themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.look.fields import DayField
from commonweal.foundations.look.once import Once
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.publishing.models import Copy
from commonweal.foundations.verbs.refs import Ref

from .actions.learning import LONGEST_INSIGHT, LONGEST_PLEDGE
from .actions.statutory import LONGEST_EVIDENCE
from .characteristics import ANSWERS, Characteristic
from .fields import WordsField
from .models import Pledge, Principle
from .two_questions import Wording

#: What a field says where somebody would rather not answer.
RATHER_NOT = ("", _("I would rather not say"))


class TwoQuestionsForm(forms.Form):
    """Both are optional; the words are those of the day."""

    understands = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, widget=forms.RadioSelect)
    trusts = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, widget=forms.RadioSelect)

    def __init__(self, *args: Any, wording: Wording, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = {
            "understands": (wording.understands, wording.understands_steps),
            "trusts": (wording.trusts, wording.trusts_steps),
        }
        for name, (question, steps) in asked.items():
            field = self.fields[name]
            field.label = question  # type: ignore[assignment]
            field.choices = [*steps.items(), RATHER_NOT]  # type: ignore[attr-defined]


class TicksForm(forms.Form):
    """The protected characteristics; every one may be left out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for asked in Characteristic:
            self.fields[asked.value] = forms.ChoiceField(
                label=asked.label,
                choices=[RATHER_NOT, *ANSWERS[asked].items()],
                required=False,
            )

    @property
    def answers(self) -> dict[str, str]:
        return {asked: answer for asked, answer in self.cleaned_data.items() if answer}


class PledgeForm(Once):
    words = WordsField(
        label=_("What will you do yourself?"),
        help_text=_("Something small is fine. Everybody can read it. Leave out private things."),
        longest=LONGEST_PLEDGE,
        rows=3,
        error_messages={"required": _("Write what you will do.")},
    )
    by_on = DayField(label=_("By when?"))
    organisation = forms.ModelChoiceField(
        label=_("Who pledges it?"), queryset=Organisation.objects.none(), required=False, empty_label=_("I, myself")
    )
    shows_name = forms.TypedChoiceField(
        label=_("What may others see beside your words?"),
        choices=[("no", _("“A resident”. Nobody sees my name.")), ("yes", _("My name"))],
        widget=forms.RadioSelect,
        initial="no",
        required=False,
        empty_value=None,
        coerce=lambda choice: choice == "yes",
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        if not organisations.exists():
            del self.fields["organisation"]


class BecameForm(forms.Form):
    state = forms.ChoiceField(
        label=_("What became of it?"),
        choices=[each for each in Pledge.State.choices if each[0] != Pledge.State.OPEN],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it is done.")},
    )


class InsightForm(Once):
    organisation = forms.ModelChoiceField(
        label=_("Which organisation learned something?"), queryset=Organisation.objects.none()
    )
    words = WordsField(
        label=_("What did it learn from what people said?"),
        help_text=_("What is new to you, and what you will now do otherwise. Everybody can read it."),
        longest=LONGEST_INSIGHT,
    )
    on_word_of = WordsField(
        label=_("How do we know?"),
        help_text=_("Only where you do not speak for it yourself. For instance: their letter of 3 May."),
        longest=300,
        required=False,
        widget=forms.TextInput(attrs={"maxlength": 300}),
    )

    def __init__(self, *args: Any, organisations: Any, keys_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        if not keys_in:
            del self.fields["on_word_of"]


class DutyForm(Once):
    words = WordsField(
        label=_("Which law or promise asks for this consultation?"),
        help_text=_("For instance the Act and its section, and what is proposed."),
        longest=LONGEST_EVIDENCE,
        rows=3,
    )


class EvidenceForm(Once):
    principle = forms.ChoiceField(
        label=_("For which of the four does it speak?"), choices=Principle.choices, widget=forms.RadioSelect
    )
    words = WordsField(label=_("What shows it?"), longest=LONGEST_EVIDENCE, rows=3)
    link = forms.URLField(label=_("Where can it be read?"), required=False, assume_scheme="https", max_length=500)


class TakeBackForm(forms.Form):
    words = WordsField(label=_("Why does it not show it after all?"), longest=LONGEST_EVIDENCE, rows=2)


class ConsiderForm(forms.Form):
    """Which kept copy, who read it, when, and how we know."""

    copy = forms.ModelChoiceField(label=_("Which kept copy of the report?"), queryset=Copy.objects.none())
    person = forms.ChoiceField(label=_("Who read it?"))
    read_on = DayField(label=_("On which day?"))
    on_word_of = WordsField(
        label=_("How do we know?"),
        help_text=_("For instance: the minutes of 3 May. Leave it empty where you say it of yourself."),
        longest=300,
        required=False,
        widget=forms.TextInput(attrs={"maxlength": 300}),
    )

    def __init__(self, *args: Any, copies: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["copy"].queryset = copies  # type: ignore[attr-defined]
        self.fields["person"].choices = list(people)  # type: ignore[attr-defined]

    @property
    def who(self) -> UUID:
        return Ref.parse(self.cleaned_data["person"]).uuid


class KeepForm(Once):
    """One press keeps one copy."""


#: A person as the choice names them.
def person_choice(person: Person) -> tuple[str, str]:
    return str(person.ref), person.public_name
