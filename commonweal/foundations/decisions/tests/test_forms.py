"""Forms: a line is chosen by its number, and no label says 'optional' of what the rule asks for."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from commonweal.foundations.decisions import forms
from commonweal.foundations.decisions.models import Decision

from .conftest import AT, Town
from .test_views import as_, deciding, page_to_decide


@pytest.mark.parametrize("typed", ["2", " mill path ", "Mill path"])
def test_what_was_decided_is_the_number_of_its_line_or_its_words(town: Town, typed: str) -> None:
    assert as_(town.cara).post(page_to_decide(town.said), deciding(town, outcome=typed)).status_code == 302
    assert Decision.objects.get().outcome == "Mill path"


@pytest.mark.parametrize("typed", ["3", "0", "Neither", ""])
def test_a_number_without_a_line_is_told_and_the_lines_are_there_to_choose_from(town: Town, typed: str) -> None:
    answer = as_(town.cara).post(page_to_decide(town.said), deciding(town, outcome=typed))
    shown = answer.content.decode()
    assert answer.status_code == 422 and not Decision.objects.exists()
    assert 'type="radio" name="outcome" value="Canal path"' in shown.replace("\n", " ")


def test_a_form_that_comes_back_for_another_reason_keeps_the_line_that_was_chosen(town: Town) -> None:
    answer = as_(town.cara).post(page_to_decide(town.said), deciding(town, outcome="2", reasons=""))
    form = answer.context["form"]
    assert form["outcome"].value() == "Mill path"
    sent = deciding(town, outcome="Mill path", options="Mill path\nCanal path")
    as_(town.cara).post(page_to_decide(town.said), sent)
    assert Decision.objects.get().outcome == "Mill path", "the words hold where the lines changed places"


def filled(town: Town) -> list:
    """Every form of the room, filled in so that it is right with what may stay empty left empty."""
    on = AT.date()
    day = {f"{name}_{part}": number for name in ("until", "given_on") for part, number in DAY.items()}
    sent = {"sent_as": str(uuid4()), "words": "Yes.", **day}
    return [
        forms.DraftForm({**sent, "reason_code": "adopted"}),
        forms.AssignForm({**sent, "name": "Oona", "email": "oona@example.org"}),
        forms.SendBackForm(sent),
        forms.ExtendForm({**sent, "because_words": "We wait."}, after=on),
        forms.AssentForm({**sent, "stance": "assent", "words": ""}),
        forms.KeyInAssentForm(
            {**sent, "stance": "assent", "words": "", "on_word_of": "A call"}, today=on.replace(year=2027)
        ),
        forms.DecideForm(deciding(town), today=on),
    ]


DAY = {"day": "2", "month": "4", "year": "2026"}


def test_what_is_called_optional_may_stay_empty(town: Town) -> None:
    for form in filled(town):
        assert form.is_valid(), (type(form).__name__, form.errors)


def test_what_is_refused_when_empty_is_not_called_optional(town: Town, client: Client) -> None:
    """Each of these is asked for by another answer: the rule says so, the label does not say the contrary."""
    asked_for = [
        forms.DraftForm({"reason_code": "too_costly", "words": "No."}),
        forms.DraftForm({"reason_code": "referred", "words": "No."}),
        forms.AssentForm({"stance": "dissent", "sent_as": str(uuid4())}),
        forms.DecideForm(deciding(town, is_public="no"), today=AT.date()),
        forms.DecideForm(deciding(town, dissent_1_who=str(town.dev.ref)), today=AT.date()),
    ]
    for form in asked_for:
        [name] = form.errors
        shown = form[name].as_field_group()
        assert "(optional)" not in shown and "Needed when" in shown, name
    assert "(optional)" in forms.DecideForm(today=AT.date())["decided_on"].as_field_group(), "the control"
