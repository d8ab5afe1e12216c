from datetime import date
from html.parser import HTMLParser

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from commonweal.foundations.look.fields import DayField, MinutesField, MoneyField
from commonweal.methods.quantities import Minutes, Money


class Everything(forms.Form):
    name = forms.CharField(label="Your name", help_text="As you want it shown", max_length=40)
    words = forms.CharField(label="Your words", widget=forms.Textarea, max_length=500)
    email = forms.EmailField(label="Email", required=False)
    where = forms.ChoiceField(label="Where", choices=[("", "Choose"), ("h", "Harbour")])
    stance = forms.ChoiceField(
        label="Do you agree?",
        help_text="You may change it",
        choices=[("a", "Yes"), ("b", "No")],
        widget=forms.RadioSelect,
    )
    about = forms.MultipleChoiceField(
        label="About", choices=[("m", "Money"), ("t", "Time")], widget=forms.CheckboxSelectMultiple, required=False
    )
    on = DayField(label="When")
    amount = MoneyField(label="How much")
    length = MinutesField(label="How long")
    count = forms.IntegerField(label="How many")
    file = forms.FileField(label="File", required=False)
    read = forms.BooleanField(label="I have read it")
    key = forms.CharField(widget=forms.HiddenInput, initial="k")


GOOD = {
    "name": "Ann (invented)",
    "words": "A bench",
    "where": "h",
    "stance": "a",
    "on_day": "27",
    "on_month": "3",
    "on_year": "2026",
    "amount": "£1,234.56",
    "length": "2 h 30 min",
    "count": "3",
    "read": "on",
    "key": "k",
}


class Page(HTMLParser):
    """Every element of a page, as (tag, attributes)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    @property
    def ids(self) -> list[str]:
        return [str(given["id"]) for _tag, given in self.elements if given.get("id")]


def shown(form: forms.Form) -> str:
    return Template("{% load look %}{% error_summary form %}<form>{{ form }}</form>").render(Context({"form": form}))


def test_every_control_has_a_label_of_its_own() -> None:
    page = Page(shown(Everything()))
    labelled = {given.get("for") for tag, given in page.elements if tag == "label"}
    controls = [
        given["id"]
        for tag, given in page.elements
        if tag in {"input", "textarea", "select"} and given.get("type") != "hidden"
    ]
    assert len(controls) == 16
    assert set(controls) <= labelled


def test_every_id_is_given_once_and_every_description_exists() -> None:
    for form in (Everything(), Everything({})):
        page = Page(shown(form))
        assert len(page.ids) == len(set(page.ids))
        described = [one for _tag, given in page.elements for one in (given.get("aria-describedby") or "").split()]
        assert described
        assert set(described) <= set(page.ids)


def test_the_error_summary_links_to_controls_that_exist() -> None:
    page = Page(shown(Everything({})))
    links = [str(given["href"])[1:] for tag, given in page.elements if tag == "a"]
    assert "id_name" in links
    assert "id_stance_0" in links
    assert "id_on_day" in links
    controls = {given.get("id") for tag, given in page.elements if tag in {"input", "textarea", "select"}}
    assert set(links) <= controls


def test_a_missing_answer_is_named_in_the_summary() -> None:
    assert "Please answer: Your name" in shown(Everything({}))


@pytest.mark.parametrize("language", ["en-gb", "cy"])
def test_a_message_that_the_form_itself_wrote_stands_in_the_summary(language: str) -> None:
    class Ticks(forms.Form):
        has_read = forms.BooleanField(label="I have read it", error_messages={"required": "Read it, and tick the box."})
        name = forms.CharField(label="Your name")

    with translation.override(language):
        summary = shown(Ticks({})).partition("<form")[0]
        unsaid = str(forms.Field.default_error_messages["required"])
    assert "Read it, and tick the box." in summary
    assert "I have read it" not in summary.partition("</ul>")[0]
    assert "Your name" in summary.partition("</ul>")[0] and unsaid not in summary.partition("</ul>")[0]


def test_errors_mark_their_control() -> None:
    page = Page(shown(Everything({**GOOD, "amount": "a lot"})))
    amount = next(given for _tag, given in page.elements if given.get("name") == "amount")
    assert amount["aria-invalid"] == "true"
    assert "govuk-input--error" in str(amount["class"])


def test_a_whole_form_is_cleaned_to_quantities() -> None:
    form = Everything(GOOD)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["on"] == date(2026, 3, 27)
    assert form.cleaned_data["amount"] == Money(123456)
    assert form.cleaned_data["length"] == Minutes(150)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("amount", "0"),
        ("amount", "-5"),
        ("amount", "12,5"),
        ("amount", "\u0000"),
        ("length", "90"),
        ("length", "0 min"),
        ("on_day", "32"),
        ("on_year", "26"),
        ("on_month", "March\u0000"),
        ("count", "three"),
    ],
)
def test_nonsense_is_refused_and_shown_again(field: str, typed: str) -> None:
    form = Everything({**GOOD, field: typed})
    assert not form.is_valid()
    assert "govuk-error-message" in shown(form)


def test_a_day_is_shown_in_its_three_boxes() -> None:
    page = Page(shown(Everything(initial={"on": date(2026, 3, 27)})))
    boxes = {given["name"]: given["value"] for tag, given in page.elements if str(given.get("name")).startswith("on_")}
    assert boxes == {"on_day": "27", "on_month": "3", "on_year": "2026"}


def test_what_people_typed_is_escaped() -> None:
    html = shown(
        Everything({**GOOD, "name": '"><script>alert(1)</script>', "words": "</textarea><script>", "count": "<b>"})
    )
    assert "<script" not in html
    assert "<b>" not in html


def test_an_email_may_be_filled_in_by_the_browser() -> None:
    page = Page(shown(Everything()))
    email = next(given for _tag, given in page.elements if given.get("name") == "email")
    assert (email["type"], email["autocomplete"], email["spellcheck"]) == ("email", "email", "false")
