"""What the thread says of an agreement and of a task is what was said, and by whom."""

from __future__ import annotations

from datetime import date

from commonweal.foundations.notices.models import Notice
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import telling
from commonweal.foundations.thread.models import Step
from commonweal.plan.outcomes import actions as outcomes
from commonweal.plan.outcomes.models import Obligation, Outcome

from .conftest import AT, Town


def agreed(town: Town) -> Outcome:
    outcome = outcomes.propose_outcome(
        concern=town.concern,
        statement="Older people can rest.",
        implementers=[town.council],
        others=[town.clinic, town.group],
        by=town.cara,
        at=AT,
    )
    for body, by, stance in (
        (town.council, town.olu, "assent"),
        (town.clinic, town.pia, "reservation"),
        (town.group, town.gwen, "dissent"),
    ):
        outcomes.answer(outcome=outcome, organisation=body, stance=stance, words="So it is.", by=by, at=AT)
    return outcomes.agree(outcome=outcome, by=town.cara, at=AT)


def title(step: Step | None) -> str:
    assert step is not None
    (line,) = telling.lines([step], person=None)
    return line.title


def task(town: Town, by: Person) -> Obligation:
    return outcomes.oblige(
        outcome=agreed(town), organisation=town.council, what="Order benches", due_on=date(2026, 6, 1), by=by, at=AT
    )


def test_an_agreement_says_how_many_agree_and_how_many_do_not(town: Town) -> None:
    assert title(agreed(town).agreement) == (
        "It was agreed what good looks like. Organisations that agree: 1; with a reservation: 1; that do not agree: 1"
    )


def test_a_task_that_its_own_people_add_was_taken_on(town: Town) -> None:
    added = task(town, town.olu)
    assert title(added.step) == "Invented Council took on a task"
    assert not Notice.objects.filter(about=added.step).exists()


def test_a_task_that_somebody_else_adds_was_asked_for_and_those_who_speak_for_the_body_hear_of_it(town: Town) -> None:
    added = task(town, town.cara)
    assert title(added.step) == "Invented Council was asked to do a task"
    assert [notice.to for notice in Notice.objects.filter(about=added.step)] == [town.olu]
