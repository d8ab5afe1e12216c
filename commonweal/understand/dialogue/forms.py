"""What people may send us in a conversation."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.calendar import holds_on
from commonweal.foundations.decisions.queries import nation
from commonweal.foundations.look.fields import DayField, MoneyField
from commonweal.foundations.look.once import Once
from commonweal.foundations.organisations import queries as organisations
from commonweal.foundations.organisations.models import Organisation, Service
from commonweal.foundations.places import queries as places
from commonweal.foundations.places.models import Area
from commonweal.foundations.verbs.refusals import Refusal

from .actions import WORKING_DAYS, NotAChoice, StatementIsClosed
from .actions.aside import LONGEST_ASIDE
from .actions.care import LONGEST_BODY
from .actions.policy import LONGEST_POLICY
from .fields import WordsField
from .models import AgeBand, Choice, Contribution, Conversation, Flag, Point, SettingAside, Statement, Theme
from .queries import answering_services, themes_without_answer, to_look_at, ungathered
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
        # No browser keeps it for the next who uses this machine.
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": LONGEST_SUGGESTION, "autocomplete": "off"}),
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
    promised_by = forms.ModelChoiceField(
        label=_("Whose promise is it?"), queryset=Organisation.objects.none(), empty_label=_("Choose an organisation")
    )
    promised_until = DayField(
        label=_("By when do you say what was done with it?"),
        help_text=_("An account is due on that day. If it comes late, everybody sees that, and why."),
    )
    moderated = forms.ChoiceField(
        label=_("When do we look at what people say?"),
        help_text=_(
            "Everybody can see which you choose. Before takes longer, and somebody must look every working day."
        ),
        choices=Conversation.Moderated.choices,
        initial=Conversation.Moderated.AFTER,
        widget=forms.RadioSelect,
        required=False,
    )
    closes_on = DayField(label=_("Last day to take part"), required=False, help_text=_("Leave it empty for no end."))
    who_may = forms.ChoiceField(
        label=_("Who may vote and make statements?"),
        choices=Conversation.WhoMay.choices,
        initial=Conversation.WhoMay.OPEN,
        required=False,
        widget=forms.RadioSelect,
    )
    despite_hold = WordsField(
        label=_("Why can it not wait until after the poll?"),
        help_text=_("Only in the weeks before a poll. Everybody can read it."),
        longest=LONGEST_REASON,
        rows=2,
        required=False,
    )
    like = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["promised_by"].queryset = organisations.all_organisations()  # type: ignore[attr-defined]
        if not holds_on(on, nation()):
            del self.fields["despite_hold"]

    def clean_who_may(self) -> str:
        return self.cleaned_data["who_may"] or Conversation.WhoMay.OPEN


class PointForm(Once):
    """One point of the briefing."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=Point.Kind.choices, widget=forms.RadioSelect)
    words = WordsField(label=_("Say it in everyday words"), longest=LONGEST_REASON, rows=4)
    cost = MoneyField(label=_("What would it cost?"), required=False)
    source = WordsField(
        label=_("Who says so?"),
        help_text=_("A report, a page on the web, an office: so that people can check it."),
        longest=300,
        widget=forms.TextInput(attrs={"maxlength": 300}),
    )


class TakeBackForm(forms.Form):
    because = WordsField(label=_("What was wrong with it?"), longest=LONGEST_REASON, rows=2)


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


#: What a convenor may give as a reason; the last one passes it to the safeguarding role.
REASONS = [
    *(
        (each.value, each.label)
        for each in (
            Contribution.HeldBecause.PERSONAL,
            Contribution.HeldBecause.UNKIND,
            Contribution.HeldBecause.OFF_TOPIC,
            Contribution.HeldBecause.ADVERT,
        )
    ),
    (
        Contribution.HeldBecause.CARE.value,
        _("Somebody may be in danger: pass it to the people who look after that. You cannot read it any more then."),
    ),
]


class HoldForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why must others not see this?"),
        help_text=_("The person who said it is told the reason, but not when somebody may be in danger."),
        choices=REASONS,
        widget=forms.RadioSelect,
    )


class FlagForm(forms.Form):
    because = forms.ChoiceField(
        label=_("What is wrong with it?"),
        help_text=_("Nobody is told that it was you."),
        choices=Flag.Because.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong with it.")},
    )


class ModerateForm(Once):
    """Ticked suggestions, and whether they are shown, or why not."""

    SHOW = "show"

    contributions = forms.ModelMultipleChoiceField(
        label=_("The suggestions that you tick"),
        queryset=Contribution.objects.none(),
        error_messages={
            "required": _("Tick at least one suggestion first."),
            "invalid_choice": _("Somebody else has seen to one of these. Look again and tick what is left."),
            "invalid_pk_value": _("We do not know one of these suggestions. Open the page again."),
        },
    )
    outcome = forms.ChoiceField(
        label=_("What shall happen with those that you ticked?"),
        help_text=_("Those who said them are told, with the reason and our rules."),
        choices=[(SHOW, _("Show them: everybody can read them")), *REASONS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether they are shown, or why not.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contributions"].queryset = to_look_at()  # type: ignore[attr-defined]

    @property
    def reason(self) -> str:
        outcome: str = self.cleaned_data["outcome"]
        return "" if outcome == self.SHOW else outcome


class ModeratedForm(forms.Form):
    moderated = forms.ChoiceField(
        label=_("When do we look at what people say?"), choices=Conversation.Moderated.choices, widget=forms.RadioSelect
    )


class PolicyForm(Once):
    words = WordsField(
        label=_("How you moderate, in your own words"),
        help_text=_("Everybody can read it, in the language that this page has now."),
        longest=LONGEST_POLICY,
        rows=20,
    )


class ReferForm(forms.Form):
    to = WordsField(
        label=_("To whom do you pass it on?"),
        help_text=_("Name the body, for instance the children's team of the council. Write nothing of what was said."),
        longest=LONGEST_BODY,
        widget=forms.TextInput(attrs={"maxlength": LONGEST_BODY}),
        error_messages={"required": _("Name the body that you pass it on to.")},
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


class ServiceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        """The officer by name: a person is asked, not a department."""
        return f"{obj.name}, {obj.organisation.name} – {obj.officer}"


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
    service = ServiceField(
        label=_("Who should write the answer?"),
        help_text=_("The officer gets a link. They do not need an account."),
        queryset=Service.objects.none(),
        required=False,
        empty_label=_("I will ask somebody later"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = themes_without_answer()  # type: ignore[attr-defined]
        self.fields["service"].queryset = answering_services()  # type: ignore[attr-defined]
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
        found = Statement.objects.filter(conversation=self.conversation, number=_small(number)).order_by().first()
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


class TakeAwayForm(forms.Form):
    reason = WordsField(
        label=_("Why do you save it to files?"),
        help_text=_("The audit keeps your reason with your name. Everybody can see that it was done."),
        longest=LONGEST_REASON,
        rows=3,
    )


class PublishForm(Once):
    reason = WordsField(
        label=_("Why do you publish the votes?"),
        help_text=_("Everybody can read your reason."),
        longest=LONGEST_REASON,
        rows=3,
    )
    all_the_same = forms.BooleanField(
        label=_("I have read how easily people can be singled out, and I publish it all the same."),
        error_messages={"required": _("Tick the box, or leave the votes where they are.")},
    )

    def __init__(self, *args: Any, is_easy: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_easy:
            del self.fields["all_the_same"]


class SplitForm(Once):
    """Some suggestions of a theme, and the name under which they go on."""

    contributions = forms.ModelMultipleChoiceField(
        label=_("The suggestions that you tick"),
        queryset=Contribution.objects.none(),
        error_messages={
            "required": _("Tick at least one suggestion first."),
            "invalid_choice": _("Somebody else has changed this theme. Look again and tick what is left."),
            "invalid_pk_value": _("We do not know one of these suggestions. Open the page again."),
        },
    )
    title = WordsField(
        label=_("Name of the new theme"),
        help_text=_("What you ticked goes on under this name. The rest keeps the old one."),
        longest=160,
        widget=forms.TextInput(attrs={"maxlength": 160}),
        error_messages={"required": _("Name the new theme.")},
    )

    def __init__(self, *args: Any, theme: Theme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contributions"].queryset = theme.contributions.all()  # type: ignore[attr-defined]


class MergeForm(Once):
    """Themes that say the same, and the name under which they go on."""

    themes = forms.ModelMultipleChoiceField(
        label=_("The themes that you tick"),
        queryset=Theme.objects.none(),
        error_messages={
            "required": _("Tick at least two themes to merge."),
            "invalid_choice": _("One of these themes was split or merged already. Look again."),
            "invalid_pk_value": _("We do not know one of these themes. Open the page again."),
        },
    )
    merged_title = WordsField(
        label=_("Name of the merged theme"),
        longest=160,
        widget=forms.TextInput(attrs={"maxlength": 160}),
        error_messages={"required": _("Name the merged theme.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themes"].queryset = themes_without_answer()  # type: ignore[attr-defined]
