"""What templates may say: `{% load look %}`.

{% error_summary form %}                       what went wrong, with links to the fields
{% button _("Send") %}                         a button; href= makes it a link; kind="secondary" or "warning"
{% tag _("Open") stage="understand" %}         a small word in a lozenge; colour= takes one of the theme's
{% summary_list rows %}                        pairs of (what, value)
{% quote words %}                              somebody's own words, in their language
{% in_their_words words most=90 %}             the same inside a line of a list
{% figure 12 _("suggestions") %}               a number and what it counts
{% paging page %}                              the way through a long list
{{ 12345|money }} {{ 150|minutes }} {{ step.at|day }} {{ step.at|moment }}
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils import formats, timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commonweal.methods.quantities import Minutes, Money

from .. import paging as pages

register = template.Library()


@register.inclusion_tag("look/error_summary.html")
def error_summary(*unusable: forms.BaseForm) -> dict[str, Any]:
    """Every error of these forms in one list; each links to the field that can mend it."""
    problems = [problem for form in unusable if form is not None and form.is_bound for problem in _problems(form)]
    return {"problems": problems}


def _problems(form: forms.BaseForm) -> Iterable[tuple[str, str]]:
    for error in form.non_field_errors():
        yield "", str(error)
    for field in form:
        for error in field.errors.as_data():
            yield "" if field.is_hidden else first_control(field), _told_apart(field, error)


def _told_apart(field: forms.BoundField, error: ValidationError) -> str:
    """In a list of many, 'Please answer this' would not say which. A question that has words of its own keeps them."""
    unsaid = forms.Field.default_error_messages["required"]
    if error.code == "required" and error.messages == [str(unsaid)]:
        return _("Please answer: %(question)s") % {"question": field.label}
    return " ".join(error.messages)


def first_control(field: forms.BoundField) -> str:
    """The id of the control that a person lands on when they follow an error."""
    if isinstance(field.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


@register.simple_tag
def first_control_of(field: forms.BoundField) -> str:
    return first_control(field)


@register.simple_tag
def control(widget: Mapping[str, Any], classes: str) -> SafeString:
    """The attributes of a form control, with our classes beside the form's own."""
    attributes = {key: _as_text(value) for key, value in widget["attrs"].items() if value is not False}
    longest = attributes.pop("maxlength", None) if classes == "govuk-textarea" else None
    if longest is not None:
        attributes["data-longest"] = longest
    if attributes.get("aria-invalid"):
        classes += f" {classes.split()[0]}--error"
    attributes["class"] = " ".join(filter(None, [classes, str(attributes.pop("class", ""))]))
    return flatatt(attributes)


def _as_text(value: Any) -> Any:
    return value if value is True else str(value)


#: What a browser may fill in by itself, where the form does not say otherwise (WCAG 1.3.5).
AUTOCOMPLETE = {"email": "email", "tel": "tel"}


@register.simple_tag
def input_manners(widget: Mapping[str, Any]) -> SafeString:
    """How a one-line field behaves: numbers by keypad without arrows, addresses without a spell-checker."""
    given, kind = widget["attrs"], widget["type"]
    manners = {"type": "text" if kind == "number" else kind}
    if kind == "number":
        manners["inputmode"] = "numeric" if given.get("step", "1") in ("1", 1) else "decimal"
    if kind in AUTOCOMPLETE and "autocomplete" not in given:
        manners["autocomplete"] = AUTOCOMPLETE[kind]
    if kind in {"email", "url"}:
        manners["spellcheck"] = "false"
    return flatatt(manners)


@register.simple_tag
def button(text: str, kind: str = "", href: str = "", name: str = "", value: str = "") -> SafeString:
    classes = f"govuk-button govuk-button--{kind}" if kind else "govuk-button"
    if href:
        return format_html('<a class="{}" href="{}" role="button" draggable="false">{}</a>', classes, href, text)
    attributes = {"name": name, "value": value} if name else {}
    return format_html('<button class="{}"{}>{}</button>', classes, flatatt(attributes), text)


@register.simple_tag
def tag(text: str, stage: str = "", colour: str = "") -> SafeString:
    look = f" cw-stage--{stage}" if stage else f" govuk-tag--{colour}" if colour else ""
    return format_html('<strong class="govuk-tag{}">{}</strong>', look, text)


@register.simple_tag
def summary_list(rows: Mapping[Any, Any] | Iterable[tuple[Any, Any]]) -> SafeString:
    pairs = rows.items() if isinstance(rows, Mapping) else rows
    return format_html(
        '<dl class="govuk-summary-list">{}</dl>',
        format_html_join(
            "",
            '<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">{}</dt>'
            '<dd class="govuk-summary-list__value">{}</dd></div>',
            pairs,
        ),
    )


@register.simple_tag
def figure(number: Any, word: str) -> SafeString:
    return format_html(
        '<p class="cw-figure"><span class="cw-figure__number">{}</span> <span class="cw-figure__word">{}</span></p>',
        f"{number:,}" if isinstance(number, int) else number,
        word,
    )


@register.inclusion_tag("look/quote.html")
def quote(words: Any, by: str = "", language: str = "", stage: str = "") -> dict[str, Any]:
    """Somebody's words: an `audit.Words`, or a plain text with its language."""
    shown = getattr(words, "shown", words)
    return {
        "text": shown,
        "language": getattr(words, "language", "") or language,
        "is_removed": getattr(words, "removed_at", None) is not None,
        "by": by,
        "stage": stage,
    }


@register.simple_tag
def in_their_words(words: Any, most: int = 0) -> SafeString:
    """An `audit.Words` inside a line, at most so many letters of it; marked where its language is not the page's."""
    text = Truncator(words.shown).chars(most) if most else words.shown
    if words.is_removed or _root(words.language) in ("", _root(get_language() or "")):
        return conditional_escape(text)
    return format_html('<span lang="{}">{}</span>', words.language, text)


def _root(language: str) -> str:
    return language.partition("-")[0].lower()


@register.inclusion_tag("look/paging.html", takes_context=True)
def paging(context: template.Context, page: pages.PageOf) -> dict[str, Any]:
    """Links to the pages of a list; what else the address says stays as it is."""
    return {"page": page, "links": pages.links(page, context["request"].GET)}


@register.filter
def money(pence: Money | int | None) -> str:
    return "" if pence is None else str(pence if isinstance(pence, Money) else Money(pence))


@register.filter
def minutes(length: Minutes | int | None) -> str:
    return "" if length is None else str(length if isinstance(length, Minutes) else Minutes(length))


@register.filter
def day(when: date | datetime | None) -> str:
    """21 November 2026, in the place's time."""
    if when is None:
        return ""
    local = timezone.localtime(when) if isinstance(when, datetime) else when
    return formats.date_format(local, "j F Y")


@register.filter
def moment(when: datetime | None) -> str:
    """21 November 2026, 15:04, in the place's time."""
    return "" if when is None else formats.date_format(timezone.localtime(when), "j F Y, H:i")


@register.filter
def labelled(row: Iterable[Any], columns: Iterable[str]) -> list[tuple[str, Any]]:
    """Each cell with the name of its column, so that a narrow page can say both."""
    return list(zip(columns, row, strict=False))
