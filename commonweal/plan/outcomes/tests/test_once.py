"""A form that is sent twice, by a double click or by going back, is kept once; with something else in it, refused."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import models
from django.urls import reverse

from commonweal.foundations.decisions.models import Assent
from commonweal.foundations.people.models import Person
from commonweal.foundations.publishing.models import Measure
from commonweal.foundations.thread.models import Step
from commonweal.plan.outcomes import actions as outcomes
from commonweal.plan.outcomes import queries
from commonweal.plan.outcomes.models import Concern, ConcernVersion, Indicator, Obligation, Outcome, Reading

from .conftest import AT, Town
from .test_actions import agreed, defined, proposed, read
from .test_views import day, signed_in

COUNTED = {
    "name": "Falls",
    "definition": "Falls in the street that were seen at the clinic.",
    "unit": "falls",
    "direction": "down",
    "kind": "outcome",
    "baseline": "41",
    "baseline_source": "The clinic",
    **day("from_on", date(2025, 1, 1)),
    **day("last_on", date(2025, 12, 31)),
}
READ = {
    "value": "14",
    "provenance": "Counted on foot",
    "rung": "claimed",
    **day("from_on", date(2026, 1, 1)),
    **day("last_on", date(2026, 1, 31)),
}
#: Where the form is, what is sent, and what else may not be sent under its number.
Sheet = tuple[str, dict[str, Any], dict[str, Any]]


def raising(town: Town) -> Sheet:
    return reverse("outcomes:raise_concern"), {"words": "It is dark."}, {"words": "It is wet."}


def rewording(town: Town) -> Sheet:
    return reverse("outcomes:reword", args=[town.concern.pk]), {"words": "Nowhere to rest."}, {"words": "No rest."}


def proposing(town: Town) -> Sheet:
    sent = {"statement": "Rest for all.", "implementers": [town.council.pk], "others": [town.clinic.pk]}
    return reverse("outcomes:propose", args=[town.concern.pk]), sent, {"statement": "Rest for some."}


def defining(town: Town) -> Sheet:
    address = reverse("outcomes:define", args=[agreed(town).pk])
    return address, COUNTED | {"owner": town.clinic.pk}, {"baseline": "40"}


def recording(town: Town) -> Sheet:
    return reverse("outcomes:record", args=[defined(town).pk]), READ, {"value": "15"}


def correcting(town: Town) -> Sheet:
    return reverse("outcomes:correct", args=[read(town, defined(town)).pk]), READ | {"value": "15"}, {"value": "16"}


def obliging(town: Town) -> Sheet:
    sent = {"organisation": town.council.pk, "what": "Order benches", **day("due_on", date(2026, 9, 1))}
    return reverse("outcomes:oblige", args=[agreed(town).pk]), sent, {"what": "Order bins"}


def answering(town: Town) -> Sheet:
    position = next(each for each in queries.positions(proposed(town)) if each.organisation == town.council)
    sent = {"stance": "reservation", "words": "Not in winter."}
    return reverse("outcomes:answer", args=[position.asking.pk]), sent, {"words": "Not in spring."}


KEPT: tuple[type[models.Model], ...] = (
    Concern, ConcernVersion, Outcome, Indicator, Reading, Obligation, Assent, Measure, Step,
)  # fmt: skip


def counts() -> list[int]:
    return [kind._default_manager.count() for kind in KEPT]


@pytest.mark.parametrize("sheet", [raising, rewording, proposing, defining, recording, correcting, obliging, answering])
def test_a_form_sent_twice_is_kept_once(town: Town, sheet: Callable[[Town], Sheet]) -> None:
    address, sent, other = sheet(town)
    client = signed_in(town.olu if sheet is answering else town.cara)
    number = client.get(address).context["form"]["sent_as"].initial
    assert isinstance(number, UUID), "the page gives the form a number"
    sent = sent | {"sent_as": str(number)}
    before = counts()
    first = client.post(address, sent)
    assert first.status_code == 302
    kept = counts()
    assert kept != before
    again = client.post(address, sent)
    assert (again.status_code, again["Location"], counts()) == (302, first["Location"], kept)
    changed = client.post(address, sent | other)
    assert changed.status_code == 422
    assert "This was already sent, with something else in it." in changed.content.decode()
    assert counts() == kept


def test_without_its_number_a_double_click_would_be_kept_twice(town: Town) -> None:
    """The negative control: it is the number that holds, not the words."""
    for _ in range(2):
        outcomes.raise_concern(words="It is dark.", by=town.cara, because=None, at=AT, sent_as=None)
    assert ConcernVersion.objects.filter(words__text="It is dark.").count() == 2


@pytest.mark.parametrize("sheet", [raising, recording, obliging])
def test_a_form_without_its_number_is_refused(town: Town, sheet: Callable[[Town], Sheet]) -> None:
    address, sent, _other = sheet(town)
    assert signed_in(town.cara).post(address, sent).status_code == 422


def test_the_number_of_one_form_does_not_serve_another(town: Town) -> None:
    number = str(uuid4())
    client = signed_in(town.cara)
    assert client.post(reverse("outcomes:raise_concern"), {"words": "Dark.", "sent_as": number}).status_code == 302
    address = reverse("outcomes:reword", args=[town.concern.pk])
    assert client.post(address, {"words": "Dark.", "sent_as": number}).status_code == 422
    assert town.concern.versions.count() == 1


def test_nobody_sends_under_the_number_of_somebody_else(town: Town) -> None:
    number = uuid4()
    outcomes.raise_concern(words="Dark.", by=town.cara, because=None, at=AT, sent_as=number)
    with pytest.raises(outcomes.SentTwice):
        outcomes.raise_concern(words="Dark.", by=town.olu, because=None, at=AT, sent_as=number)


def test_a_task_is_answered_only_to_whoever_wrote_it_down(town: Town) -> None:
    number, outcome = uuid4(), agreed(town)

    def oblige(by: Person) -> Obligation:
        return outcomes.oblige(
            outcome=outcome,
            organisation=town.council,
            what="Order benches",
            due_on=date(2026, 9, 1),
            by=by,
            at=AT,
            sent_as=number,
        )

    assert oblige(town.cara) == oblige(town.cara)
    with pytest.raises(outcomes.SentTwice):
        oblige(town.olu)
