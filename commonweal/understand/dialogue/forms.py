"""What people may send us in a conversation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.look.fields import DayField
from commonweal.foundations.look.once import Once
from commonweal.foundations.places import queries as places
from commonweal.foundations.places.models import Area
from commonweal.foundations.verbs.refusals import Refusal

from .actions import WORKING_DAYS, NotAChoice, StatementIsClosed
from .actions.aside import LONGEST_ASIDE
from .fields import WordsField
from .models import AgeBand, Choice, Contribution, Conversation, SettingAside, Statement, Theme
from .queries import themes_without_answer, ungathered
from .wording import LONGEST_REASON, LONGEST_STATEMENT, LONGEST_SUGGESTION, clean

#: Working days: about a year.
LONGEST_PROMISE = 260
OUT_OF_BOUNDS = {
    "invalid": _("Write a whole number of days, for instance 20."),
    "min_value": _("Give at least 1 working day."),
    "max_value": _("That is too long. Choose 260 working days or fewer."),
}


class SuggestForm(Once):
    words = WordsField(
        label=_("What do you want to say?"),
        longest=LONGEST_SUGGESTION,
        error_messages={"required": _("Write something first.")},
    )
    shows_name = forms.TypedChoiceField(
        label=_("What may others see beside your words?"),
        choices=[("no", _("“A resident”. Nobody sees my name.")), ("yes", _("My name"))],
        widget=forms.RadioSelect,
        coerce=lambda choice: choice == "yes",
        error_messages={"required": _("Choose whether others may see your name.")},
    )
    has_read = forms.BooleanField(
        label=_("I have read what becomes public."),
        error_messages={"required": _("Read what becomes public, and tick the box.")},
    )

    def __init__(self, *args: Any, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_first:
            del self.fields["has_read"]


class OpenForm(Once):
    question = WordsField(
        label=_("What do you want to ask people?"),
        help_text=_("One question, in words that everybody knows."),
        longest=200,
        widget=forms.TextInput(attrs={"maxlength": 200}),
    )
    why = WordsField(label=_("Why do you ask now?"), longest=LONGEST_REASON)
    promise = WordsField(
        label=_("What will you do with what people say?"),
        help_text=_("Say who will do it, and by when. Everybody will see whether you keep it."),
        longest=LONGEST_REASON,
    )
    answer_within = forms.IntegerField(
        label=_("Within how many working days does everybody get an answer?"),
        help_text=_("Nobody can take longer without saying why. Leave it empty if you promise no number of days."),
        min_value=1,
        max_value=LONGEST_PROMISE,
        initial=WORKING_DAYS,
        required=False,
        error_messages=OUT_OF_BOUNDS,
    )
    closes_on = DayField(label=_("Last day to take part"), required=False, help_text=_("Leave it empty for no end."))


class KeyInForm(Once):
    words = WordsField(label=_("What did they say? Use their own words."), longest=LONGEST_SUGGESTION)
    language = forms.ChoiceField(
        label=_("In which language did they say it?"),
        choices=settings.LANGUAGES,
        initial=get_language,
        required=False,
        help_text=_("So that screen readers can read it out well."),
    )
    channel = forms.ChoiceField(
        label=_("How did it come?"),
        choices=[
            (Contribution.Channel.PAPER.value, Contribution.Channel.PAPER.label),
            (Contribution.Channel.PHONE.value, Contribution.Channel.PHONE.label),
        ],
        widget=forms.RadioSelect,
    )
    given_on = DayField(label=_("The day they said it"), help_text=_("Not the day on which you type it."))
    on_word_of = WordsField(
        label=_("How do we know?"),
        help_text=_("For instance: their letter, a card from the library box, their call to the desk."),
        longest=300,
        widget=forms.TextInput(attrs={"maxlength": 300}),
    )
    name = forms.CharField(label=_("Their name"), max_length=120, required=False, help_text=_("Only if they gave it."))
    postal_address = WordsField(
        label=_("Where can we write to them?"),
        longest=300,
        rows=3,
        required=False,
        help_text=_("Only if they want a letter when there is an answer."),
    )
    shows_name = forms.BooleanField(label=_("They said that others may see their name."), required=False)


class HoldForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why must others not see this?"),
        help_text=_("The person who said it is told the reason."),
        choices=[
            (each.value, each.label)
            for each in Contribution.HeldBecause
            if each not in {Contribution.HeldBecause.EMPTY, Contribution.HeldBecause.ELSEWHERE}
        ],
        widget=forms.RadioSelect,
    )


class TickedForm(Once):
    """Suggestions that were ticked on the desk."""

    contributions = forms.ModelMultipleChoiceField(
        label=_("The suggestions that you tick"),
        queryset=Contribution.objects.none(),
        error_messages={
            "required": _("Tick at least one suggestion first."),
            "invalid_choice": _("Somebody else has seen to one of these. Look again and tick what is left."),
            "invalid_pk_value": _("We do not know one of these suggestions. Open the page again."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contributions"].queryset = ungathered()  # type: ignore[attr-defined]


class AsideForm(TickedForm):
    """Ticked suggestions that need no answer, and why."""

    reason = forms.ChoiceField(
        label=_("Why does it need no answer?"),
        help_text=_("Everybody can read the reason. Whoever said it is told, and can ask for an answer all the same."),
        choices=SettingAside.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it needs no answer.")},
    )
    words = WordsField(
        label=_("What do you want to add?"),
        help_text=_("For instance, where the answer stands that was given before."),
        longest=LONGEST_ASIDE,
        rows=3,
        required=False,
    )


class GatherForm(TickedForm):
    """Ticked suggestions, and either the name of a new theme or one that is there."""

    title = WordsField(
        label=_("Name of the theme"),
        help_text=_("What these suggestions have in common, in everyday words."),
        longest=160,
        widget=forms.TextInput(attrs={"maxlength": 160}),
        error_messages={"required": _("Name the theme, or choose one that is there.")},
    )
    working_days = forms.IntegerField(
        label=_("Working days until the answer is due"),
        help_text=_("No more than the conversation promised."),
        min_value=1,
        max_value=LONGEST_PROMISE,
        initial=WORKING_DAYS,
        error_messages=OUT_OF_BOUNDS,
    )
    theme = forms.ModelChoiceField(
        label=_("Or add them to a theme that has no answer yet"),
        queryset=Theme.objects.none(),
        required=False,
        empty_label=_("A new theme"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = themes_without_answer()  # type: ignore[attr-defined]
        self.fields["title"].required = not self.data.get("theme")


class CastForm(forms.Form):
    """A vote: on which statement of the conversation, and what. What is neither is told by the verb."""

    def __init__(self, *args: Any, conversation: Conversation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conversation = conversation

    @property
    def statement(self) -> Statement:
        """Raises StatementIsClosed where there is no such statement here."""
        number = self.data.get("statement", "")
        found = Statement.objects.filter(conversation=self.conversation, number=_small(number)).first()
        if found is None:
            raise StatementIsClosed(number)
        return found

    @property
    def choice(self) -> int:
        chosen = {"agree": Choice.AGREE, "pass": Choice.PASS, "disagree": Choice.DISAGREE}
        sent = self.data.get("choice", "")
        if sent not in chosen:
            raise NotAChoice(sent)
        return chosen[sent].value


class SayForm(Once):
    words = WordsField(
        label=_("Say it in your own words"),
        help_text=_("One thought that others can agree or disagree with. Leave out names and private things."),
        longest=LONGEST_STATEMENT,
        rows=3,
        error_messages={"required": _("Write something first.")},
    )
    all_the_same = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def asking_again(self) -> SayForm:
        """The same words, to be sent all the same."""
        return SayForm(initial={**self.cleaned_data, "all_the_same": "yes"})


class AboutForm(forms.Form):
    age_band = forms.ChoiceField(
        label=_("How old are you?"), choices=[("", _("I would rather not say")), *AgeBand.choices], required=False
    )
    postcode = forms.CharField(
        label=_("What is your postcode?"),
        help_text=_("We keep only the ward it is in. The postcode itself we forget at once."),
        max_length=10,
        required=False,
    )

    def clean_postcode(self) -> Area | None:
        written = self.cleaned_data["postcode"]
        area = places.area_of(written) if written.strip() else None
        if written.strip() and area is None:
            raise forms.ValidationError(_("We do not know this postcode. Check it, or leave it empty."), "unknown")
        return area


class SeedForm(forms.Form):
    statements = forms.CharField(
        label=_("Statements to vote on"),
        help_text=_("One on each line. Short, one thought each, and some from every side."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=20_000,
        error_messages={"required": _("Write at least one statement.")},
    )

    def clean_statements(self) -> list[str]:
        """Each as a verb would take it; what cannot be taken is told with its line."""
        lines = [line for line in self.cleaned_data["statements"].splitlines() if line.strip()]
        return [self._one(number, line) for number, line in enumerate(lines, start=1)]

    def _one(self, number: int, line: str) -> str:
        try:
            return clean(line, longest=LONGEST_STATEMENT)
        except Refusal as refusal:
            told = _("Statement %(number)s: %(why)s")
            raise forms.ValidationError(told, "unusable", {"number": number, "why": refusal.plainly}) from refusal


def _small(number: str) -> int:
    """A whole number that a column can hold; else one that no statement has."""
    return int(number) if number.isdecimal() and len(number) < 10 else -1
