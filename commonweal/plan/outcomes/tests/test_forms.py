"""What a label says is what the rule asks: '(optional)' may be left out, everything else is asked for by name."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django import forms

from commonweal.plan.outcomes.forms import (
    AnswerForm,
    ConcernForm,
    IndicatorForm,
    ObligationForm,
    OutcomeForm,
    PartyForm,
    ReadingForm,
    UploadForm,
)

from .conftest import Town
from .test_actions import agreed
from .test_once import COUNTED, READ
from .test_views import day

TWO_ENDS = [("low", "high"), ("target", "target_on"), ("numerator", "denominator")]


def sheets(town: Town) -> Iterator[tuple[type[forms.Form], dict[str, Any], dict[str, Any]]]:
    """Every form with everything in it that can be asked for, and what it is made with."""
    outcome = agreed(town)
    share = {"numerator": "Falls", "denominator": "Walks", "target": "30", **day("target_on", date(2027, 1, 1))}
    council, due = str(town.council.pk), day("due_on", date(2026, 9, 1))
    yield ConcernForm, {"words": "Dark."}, {}
    yield OutcomeForm, {"statement": "Light.", "implementers": [council], "others": [str(town.clinic.pk)]}, {}
    yield AnswerForm, {"stance": "assent", "words": "Yes."}, {}
    yield IndicatorForm, COUNTED | share | {"owner": council}, {}
    yield ReadingForm, READ | {"n": "4", "low": "12", "high": "16"}, {}
    yield ObligationForm, {"organisation": council, "what": "Order", **due}, {"outcome": outcome}


def without(sent: dict[str, Any], field: str) -> dict[str, Any]:
    return {key: value for key, value in sent.items() if key != field and not key.startswith(f"{field}_")}


def errors_of(kind: type[forms.Form], sent: dict[str, Any], made_with: dict[str, Any]) -> set[str]:
    return set(kind(sent | {"sent_as": str(uuid4())}, **made_with).errors)


def test_what_is_marked_optional_may_be_left_out_and_nothing_else(town: Town) -> None:
    for kind, sent, made_with in sheets(town):
        assert errors_of(kind, sent, made_with) == set(), kind
        for name, field in kind(**made_with).fields.items():
            if name == "sent_as" or hasattr(field, "is_needed_at_times") or name.startswith("baseline"):
                continue
            is_asked_for = name in errors_of(kind, without(sent, name), made_with)
            assert is_asked_for == field.required, f"{kind.__name__}.{name}"


@pytest.mark.parametrize(("one", "other"), TWO_ENDS)
def test_two_that_belong_together_are_both_asked_for_and_neither_is_marked_optional(
    town: Town, one: str, other: str
) -> None:
    for kind, sent, made_with in sheets(town):
        if one not in kind(**made_with).fields:
            continue
        for gone, stays in ((one, other), (other, one)):
            left = without(sent, gone) | {key: value for key, value in sent.items() if key == stays}
            assert errors_of(kind, left | day_of(sent, stays), made_with) == {gone}
            assert "(optional)" not in str(kind(**made_with)[gone].as_field_group())
        neither = without(without(sent, other), one)
        assert errors_of(kind, neither, made_with) == set()


def day_of(sent: dict[str, Any], field: str) -> dict[str, Any]:
    return {key: value for key, value in sent.items() if key.startswith(f"{field}_") and field.endswith("_on")}


def test_words_are_asked_for_where_somebody_does_not_fully_agree() -> None:
    assert errors_of(AnswerForm, {"stance": "assent"}, {}) == set()
    for stance in ("reservation", "dissent"):
        assert errors_of(AnswerForm, {"stance": stance}, {}) == {"words"}
    shown = str(AnswerForm()["words"].as_field_group())
    assert "needed if you do not fully agree" in shown and "(optional)" not in shown
    assert " required" not in shown


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e400", "x"])
def test_what_is_no_number_is_refused_where_it_may_be_left_out_too(number: str) -> None:
    assert "low" in errors_of(ReadingForm, READ | {"low": number, "high": "16"}, {})


def test_the_other_forms_ask_for_what_they_need(town: Town) -> None:
    assert errors_of(PartyForm, {}, {"outcome": agreed(town)}) == {"organisation"}
    assert set(UploadForm({}, {}).errors) == {"file"}
