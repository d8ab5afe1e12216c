"""A decision, typed in by whoever keeps the minutes."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.look.fields import DayField, needed_at_times
from commonweal.foundations.verbs.refs import Ref

from .. import queries
from .answering import LONGEST

#: So many may be named on one form; a decision with more of them is rare, and has its minutes.
DISSENTS, INTERESTS = 3, 2
MOST_OPTIONS, LONGEST_OPTION = 20, 300


def lines_in(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def chosen_from(lines: list[str], typed: str) -> str:
    """The line that was meant: by its own words, else by its number; what means none is left as it was typed.

    >>> chosen_from(["Canal path", "Mill path"], " mill path "), chosen_from(["Canal path", "Mill path"], "1")
    ('Mill path', 'Canal path')
    >>> chosen_from(["2", "3"], "2"), chosen_from(["2", "3"], "4")
    ('2', '4')
    """
    typed = typed.strip()
    for line in lines:
        if line.casefold() == typed.casefold():
            return line
    if typed.isdecimal() and 1 <= int(typed) <= len(lines):
        return lines[int(typed) - 1]
    return typed


class PartyField(forms.ChoiceField):
    """An organisation, or somebody who holds an office here; cleaned to the Ref that names them."""

    def clean(self, value: Any) -> Ref | None:
        chosen = super().clean(value)
        return Ref.parse(chosen) if chosen else None


class DecideForm(forms.Form):
    sent_as = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    question = forms.CharField(label=_("What was the question?"), max_length=300)
    options = forms.CharField(
        label=_("What could have been decided?"),
        help_text=_("Each on a line of its own, also the ones that were not taken."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=MOST_OPTIONS * (LONGEST_OPTION + 1),
    )
    outcome = forms.CharField(
        label=_("What was decided?"),
        help_text=_("The number of its line above: 1 for the first. The same words will do too."),
        max_length=LONGEST_OPTION,
    )
    rule = forms.CharField(
        label=_("By which rule?"), help_text=_("For instance: more than half of the board."), max_length=200
    )
    decided_by = PartyField(label=_("Who decided?"))
    decided_on = DayField(label=_("On which day?"), help_text=_("Leave it empty for today."), required=False)
    reasons = forms.CharField(
        label=_("Why?"),
        help_text=_("In words that everybody understands."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST,
    )
    nobody_declared = forms.BooleanField(label=_("Nobody had anything to gain or lose by it"), required=False)
    is_public = forms.TypedChoiceField(
        label=_("Who may read this?"),
        choices=[("yes", _("Everybody")), ("no", _("Not the public"))],
        coerce=lambda choice: choice == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    exempt_because = needed_at_times(
        forms.CharField(
            label=_("Which rule lets you keep it from the public?"),
            help_text=_("Needed when the public may not read it."),
            max_length=300,
            required=False,
        )
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        bodies, people = queries.bodies(), queries.office_holders(today)
        self.fields["decided_by"].choices = [("", _("Choose")), *bodies]  # type: ignore[attr-defined]
        parties = [("", _("Choose")), (_("Organisations"), bodies), (_("People with an office here"), people)]
        for name in self._pairs("dissent", DISSENTS):
            self._ask_a_party(name, parties, _("Who did not agree?"), _("What did they say?"))
        for name in self._pairs("interest", INTERESTS):
            self._ask_a_party(name, parties, _("Who had something to gain or lose?"), _("What was it?"))
        if self.is_bound:
            self._show_the_lines_to_choose_from()

    def _show_the_lines_to_choose_from(self) -> None:
        """Once the lines are known, they are there to choose from: this is how the form comes back, where it does.

        What stands there is a line's own words: if the lines are changed at the same time, a number would mean another.
        """
        lines = lines_in(self.data.get("options", ""))
        if not 1 < len(lines) <= MOST_OPTIONS:
            return
        field = self.fields["outcome"]
        field.widget = forms.RadioSelect(choices=[(line, line) for line in lines])
        field.help_text = _("One of the lines above.")
        sent = {name: self.data.get(name) for name in self.data}
        self.data = {**sent, "outcome": chosen_from(lines, sent.get("outcome") or "")}

    @staticmethod
    def _pairs(what: str, most: int) -> list[str]:
        return [f"{what}_{number}" for number in range(1, most + 1)]

    def _ask_a_party(self, name: str, parties: list[Any], who: Any, words: Any) -> None:
        self.fields[f"{name}_who"] = PartyField(label=who, choices=parties, required=False)
        self.fields[f"{name}_words"] = needed_at_times(
            forms.CharField(
                label=words,
                help_text=_("Needed when you chose somebody."),
                widget=forms.Textarea(attrs={"rows": 3}),
                max_length=LONGEST,
                required=False,
            )
        )

    def dissent_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return self._fields_of("dissent", DISSENTS)

    def interest_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return self._fields_of("interest", INTERESTS)

    def _fields_of(self, what: str, most: int) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"{name}_who"], self[f"{name}_words"]) for name in self._pairs(what, most)]

    def clean_options(self) -> list[str]:
        options = lines_in(self.cleaned_data["options"])
        if len(options) > MOST_OPTIONS:
            raise forms.ValidationError(_("That is more than 20 lines. Leave out what nobody wanted."))
        if any(len(option) > LONGEST_OPTION for option in options):
            raise forms.ValidationError(_("One line is too long. Say each in 300 letters or fewer."))
        if any(one == other for one, other in pairwise(sorted(options))):
            raise forms.ValidationError(_("One line is there twice."))
        return options

    def clean_outcome(self) -> str:
        return chosen_from(self.cleaned_data.get("options") or [], self.cleaned_data["outcome"])

    def clean_decided_on(self) -> date | None:
        on: date | None = self.cleaned_data["decided_on"]
        if on is not None and on > self.today:
            raise forms.ValidationError(_("That day has not come yet."))
        return on

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("options") and given.get("outcome") and given["outcome"] not in given["options"]:
            self.add_error("outcome", _("What was decided must be one of the lines above."))
        if given.get("is_public") is False and not given.get("exempt_because"):
            self.add_error("exempt_because", _("Say which rule lets this decision be kept from the public."))
        given["dissents"] = self._said(given, self._pairs("dissent", DISSENTS))
        given["interests"] = self._said(given, self._pairs("interest", INTERESTS))
        self._has_asked_about_interests(given)
        return given

    def _said(self, given: dict[str, Any], names: list[str]) -> list[tuple[Ref, str]]:
        """What each party said. Half of a pair is asked for, not dropped."""
        for name in names:
            if given.get(f"{name}_who") and not given.get(f"{name}_words"):
                self.add_error(f"{name}_words", _("Write what they said."))
            if given.get(f"{name}_words") and not given.get(f"{name}_who"):
                self.add_error(f"{name}_who", _("Choose who said this."))
        pairs = [(given.get(f"{name}_who"), given.get(f"{name}_words")) for name in names]
        return [(who, words) for who, words in pairs if who and words]

    def _has_asked_about_interests(self, given: dict[str, Any]) -> None:
        if not given["interests"] and not given.get("nobody_declared"):
            self.add_error(
                "nobody_declared", _("Write down who had something to gain or lose, or tick that nobody had.")
            )
        if given["interests"] and given.get("nobody_declared"):
            self.add_error(
                "nobody_declared", _("You named somebody who had something to gain or lose: take the tick away.")
            )

    def decision(self) -> dict[str, Any]:
        """What the verb takes, once the form is valid."""
        names = (
            "question",
            "options",
            "outcome",
            "rule",
            "decided_by",
            "decided_on",
            "reasons",
            "dissents",
            "interests",
        )
        given = {name: self.cleaned_data[name] for name in (*names, "is_public", "sent_as")}
        exempt = "" if given["is_public"] else self.cleaned_data["exempt_because"]
        return {**given, "exempt_because": exempt}
