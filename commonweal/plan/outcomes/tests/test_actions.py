"""Verbs of outcomes, through the database."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import rules
from django.db import DatabaseError, IntegrityError, transaction

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.audit import queries as trail
from commonweal.foundations.decisions import actions as decisions
from commonweal.foundations.decisions import queries as decisions_queries
from commonweal.foundations.organisations import actions as organisations
from commonweal.foundations.publishing import queries as publishing
from commonweal.foundations.thread import queries as thread
from commonweal.foundations.thread import telling
from commonweal.foundations.verbs import clock, guards
from commonweal.methods.quantities import Period
from commonweal.plan.outcomes import actions as outcomes
from commonweal.plan.outcomes import queries
from commonweal.plan.outcomes.actions import outcomes as verbs
from commonweal.plan.outcomes.models import Indicator, Obligation, Outcome, Reading

from .conftest import AT, Town

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))


def proposed(town: Town) -> Outcome:
    return outcomes.propose_outcome(
        concern=town.concern,
        statement="Older people can rest on their way to the shops.",
        implementers=[town.council],
        others=[town.clinic, town.group],
        by=town.cara,
        at=AT,
    )


def agreed(town: Town) -> Outcome:
    outcome = proposed(town)
    say(outcome, town.council, town.olu)
    say(outcome, town.clinic, town.pia, "reservation", "Only if somebody counts falls.")
    say(outcome, town.group, town.gwen)
    return outcomes.agree(outcome=outcome, by=town.cara, at=AT)


def say(outcome: Outcome, organisation: object, by: object, stance: str = "assent", words: str = "") -> object:
    return outcomes.answer(
        outcome=outcome,
        organisation=organisation,  # type: ignore[arg-type]
        stance=stance,
        words=words,
        by=by,  # type: ignore[arg-type]
        at=AT,
    )


def defined(town: Town, outcome: Outcome | None = None, **also: object) -> Indicator:
    given: dict[str, object] = {
        "name": "Benches that can be used",
        "definition": "Benches on the way to the shops that can be sat on.",
        "unit": "benches",
        "direction": "up",
        "kind": "output",
        "owner": town.council,
        "baseline": Decimal("12"),
        "baseline_period": YEAR,
        "baseline_source": "Counted on foot",
        "by": town.cara,
        "at": AT,
    }
    return outcomes.define_indicator(outcome=outcome or agreed(town), **given | also)  # type: ignore[arg-type]


def read(town: Town, indicator: Indicator, value: str = "14", month: int = 1, **also: object) -> Reading:
    given: dict[str, object] = {
        "value": Decimal(value),
        "period": Period(date(2026, month, 1), date(2026, month + 1, 1)),
        "provenance": "Counted on foot",
        "by": town.olu,
        "at": AT,
    }
    return outcomes.record_reading(indicator=indicator, **given | also)  # type: ignore[arg-type]


def test_a_better_wording_keeps_the_first(town: Town) -> None:
    outcomes.reword(concern=town.concern, words="There is nowhere to rest.", by=town.cara, because=None, at=AT)
    concern = queries.concern_for(None, town.concern.pk)
    said = [version.words.shown for version in concern.versions.all()]
    assert said == ["There is nowhere to rest.", "The benches are gone, so I stay at home."]


def test_an_outcome_is_agreed_by_three_with_a_reservation_that_stays_visible(town: Town) -> None:
    outcome = agreed(town)
    assert outcome.is_agreed
    positions = queries.positions(outcome)
    assert [(each.organisation, each.assent.stance) for each in positions if each.assent] == [
        (town.council, "assent"),
        (town.group, "assent"),
        (town.clinic, "reservation"),
    ]
    assert positions[2].assent and positions[2].assent.words
    assert positions[2].assent.words.shown == "Only if somebody counts falls."


def test_an_outcome_cannot_be_agreed_without_those_who_do_the_work(town: Town) -> None:
    outcome = outcomes.propose_outcome(
        concern=town.concern, statement="Rest for all.", others=[town.group], by=town.cara, at=AT
    )
    say(outcome, town.group, town.gwen)
    with pytest.raises(outcomes.ImplementersNotAsked):
        outcomes.agree(outcome=outcome, by=town.cara, at=AT)
    outcome.refresh_from_db()
    assert not outcome.is_agreed


def test_without_the_law_it_would_have_been_agreed(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: a twin of the verb that does not ask for implementers lets it through."""
    monkeypatch.setattr(verbs, "_refuse_unless_agreed", lambda outcome, positions: None)
    outcome = outcomes.propose_outcome(
        concern=town.concern, statement="Rest for all.", others=[town.group], by=town.cara, at=AT
    )
    assert outcomes.agree(outcome=outcome, by=town.cara, at=AT).is_agreed


def test_agree_waits_for_everybody_who_was_asked(town: Town) -> None:
    outcome = proposed(town)
    say(outcome, town.council, town.olu)
    with pytest.raises(outcomes.SomeHaveNotAnswered):
        outcomes.agree(outcome=outcome, by=town.cara, at=AT)


def test_agree_does_not_go_over_the_heads_of_those_who_do_the_work(town: Town) -> None:
    outcome = proposed(town)
    say(outcome, town.council, town.olu, "dissent", "We have nobody to do it.")
    say(outcome, town.clinic, town.pia)
    say(outcome, town.group, town.gwen)
    with pytest.raises(outcomes.ImplementersDisagree):
        outcomes.agree(outcome=outcome, by=town.cara, at=AT)


def test_agree_happens_once(town: Town) -> None:
    outcome = agreed(town)
    with pytest.raises(outcomes.AlreadyAgreed):
        outcomes.agree(outcome=outcome, by=town.cara, at=AT)


def test_a_changed_answer_leaves_the_first_to_be_read(town: Town) -> None:
    outcome = proposed(town)
    say(outcome, town.council, town.olu, "dissent", "Not like this.")
    say(outcome, town.council, town.olu)
    council = queries.positions(outcome)[0]
    assert council.assent and council.assent.stance == "assent"
    assert [each.stance for each in council.earlier] == ["dissent"]


def test_answer_refuses_somebody_from_outside(town: Town) -> None:
    outcome = proposed(town)
    with pytest.raises(decisions.NotTheirsToGive):
        say(outcome, town.council, town.nia)


def test_answer_refuses_an_organisation_that_was_not_asked(town: Town) -> None:
    outcome = outcomes.propose_outcome(
        concern=town.concern, statement="Rest.", implementers=[town.council], by=town.cara, at=AT
    )
    with pytest.raises(outcomes.NotAParty):
        say(outcome, town.clinic, town.pia)


def test_ask_party_asks_once(town: Town) -> None:
    with pytest.raises(outcomes.AlreadyAsked):
        outcomes.ask_party(outcome=proposed(town), organisation=town.clinic, implements=True, by=town.cara, at=AT)


def test_an_indicator_starts_from_a_time_that_is_over(town: Town) -> None:
    with pytest.raises(outcomes.BaselineMustBeOver):
        defined(town, baseline_period=Period(date(2026, 1, 1), date(2027, 1, 1)))


def test_an_outcome_counts_a_thing_once(town: Town) -> None:
    indicator = defined(town)
    with pytest.raises(outcomes.AlreadyCounted):
        defined(town, indicator.outcome)


def test_the_page_knows_that_experience_is_missing(town: Town) -> None:
    indicator = defined(town)
    assert not queries.has_experience(queries.indicators_of(indicator.outcome))
    defined(town, indicator.outcome, name="People who feel able to go out", kind="experience")
    assert queries.has_experience(queries.indicators_of(indicator.outcome))


def test_a_reading_is_claimed_until_somebody_shows_more(town: Town) -> None:
    assert read(town, defined(town)).rung == "claimed"


def test_a_reading_of_the_future_is_refused(town: Town) -> None:
    with pytest.raises(outcomes.PeriodNotOver):
        read(town, defined(town), month=3)


def test_a_period_is_read_once_and_then_corrected(town: Town) -> None:
    indicator = defined(town)
    first = read(town, indicator)
    with pytest.raises(outcomes.PeriodAlreadyRead):
        read(town, indicator, "15")
    second = read(town, indicator, "15", revises=first)
    assert [each.shown for each in queries.series(indicator)] == ["15\N{NO-BREAK SPACE}benches"]
    assert {each.shown for each in queries.readings_of(indicator)} == {
        "14\N{NO-BREAK SPACE}benches",
        "15\N{NO-BREAK SPACE}benches",
    }
    with pytest.raises(outcomes.ReadingAlreadyRevised):
        read(town, indicator, "16", revises=first)
    with pytest.raises(outcomes.CorrectionIsForAnotherTime):
        read(town, indicator, "16", month=2, at=AT + timedelta(days=60), revises=second)


def test_a_reading_is_published_with_its_rung_and_a_correction_supersedes_it(town: Town) -> None:
    indicator = defined(town)
    first = read(town, indicator)
    read(town, indicator, "15", revises=first)
    published = publishing.current(indicator.series, area=None)
    assert [(each.when, each.shown, each.rung, each.source) for each in published] == [
        ("2025", "12\N{NO-BREAK SPACE}benches", "baseline", "Counted on foot"),
        ("Jan 2026", "15\N{NO-BREAK SPACE}benches", "claimed", "Counted on foot"),
    ]


def test_the_database_keeps_a_reading_as_it_was(town: Town) -> None:
    reading = read(town, defined(town))
    with pytest.raises(IntegrityError), transaction.atomic():
        Reading.objects.filter(pk=reading.pk).update(value=Decimal("99"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Reading.objects.filter(pk=reading.pk).delete()


def test_readings_come_in_whole_or_not_at_all(town: Town) -> None:
    indicator = defined(town)
    months = [Period(date(2026, month, 1), date(2026, month + 1, 1)) for month in (1, 3)]
    with pytest.raises(outcomes.PeriodNotOver):
        outcomes.record_readings(
            indicator=indicator,
            measured=[outcomes.Measured(Decimal("1"), period, "File") for period in months],
            by=town.olu,
            at=AT,
        )
    assert not indicator.readings.exists()


def test_those_who_do_the_work_are_asked_before_they_are_given_tasks(town: Town) -> None:
    outcome = agreed(town)
    with pytest.raises(outcomes.NotAskedFirst):
        outcomes.oblige(
            outcome=outcome, organisation=town.clinic, what="Count falls", due_on=date(2026, 9, 1), by=town.cara, at=AT
        )


def test_no_task_is_given_before_it_is_agreed_nor_to_who_does_not_agree_any_more(town: Town) -> None:
    outcome = proposed(town)
    task = {"organisation": town.council, "what": "Order benches", "due_on": date(2026, 9, 1), "by": town.cara}
    with pytest.raises(outcomes.NotAgreedYet):
        outcomes.oblige(outcome=outcome, at=AT, **task)
    for party, person in ((town.council, town.olu), (town.clinic, town.pia), (town.group, town.gwen)):
        say(outcome, party, person)
    outcomes.agree(outcome=outcome, by=town.cara, at=AT)
    say(outcome, town.council, town.olu, "dissent", "The money is gone.")
    with pytest.raises(outcomes.TheyDisagree):
        outcomes.oblige(outcome=outcome, at=AT, **task)
    say(outcome, town.council, town.olu)
    assert outcomes.oblige(outcome=outcome, at=AT, **task).what == "Order benches"


def test_a_task_waits_for_another_and_is_done_once(town: Town) -> None:
    outcome = agreed(town)
    first = outcomes.oblige(
        outcome=outcome, organisation=town.council, what="Order benches", due_on=date(2026, 5, 1), by=town.cara, at=AT
    )
    second = outcomes.oblige(
        outcome=outcome,
        organisation=town.council,
        what="Set up benches",
        due_on=date(2026, 6, 1),
        depends_on=first,
        by=town.cara,
        at=AT,
    )
    assert [each.what for each in queries.waiting_for(town.olu, AT)] == [
        "Invented Council: Order benches",
        "Invented Council: Set up benches",
    ]
    outcomes.fulfil(obligation=first, by=town.olu, because=None, at=AT)
    with pytest.raises(outcomes.AlreadyDone):
        outcomes.fulfil(obligation=first, by=town.olu, because=None, at=AT)
    assert [each.args for each in queries.waiting_for(town.olu, AT)] == [(second.pk,)]


def test_the_whole_of_it_is_one_story(town: Town) -> None:
    read(town, defined(town))
    titles = [line.title for line in telling.lines(list(thread.story(town.concern.step)))]
    assert titles[0] == "A problem was put on the list"
    assert "Invented Clinic: Agrees, with a reservation" in titles
    assert "We will count “Benches that can be used”. It starts at 12\N{NO-BREAK SPACE}benches" in titles
    assert titles[-1] == "A new number came in for “Benches that can be used”: 14\N{NO-BREAK SPACE}benches"


@pytest.mark.parametrize("unit", ["%", "per cent", "Percent"])
def test_a_share_is_told_with_its_sign_everywhere(town: Town, unit: str) -> None:
    reading = read(town, defined(town, unit=unit), "73", low=Decimal("68"), high=Decimal("78.5"), n=1)
    (line,) = telling.lines([reading.step])
    assert line.title == "A new number came in for “Benches that can be used”: 73%"
    assert (reading.shown, reading.interval_shown) == ("73%", "between 68% and 78.5%")
    assert reading.based_on == "from 1 person or case"
    published = publishing.latest(reading.indicator.series)
    assert published is not None and published.shown == "73%"


@pytest.mark.parametrize(
    ("unit", "value", "told"),
    [
        ("£", "40", "£40"),
        ("£", "-1200.5", "-£1,200.5"),
        ("benches", "1200", "1,200\N{NO-BREAK SPACE}benches"),
        ("%", "0.5", "0.5%"),
    ],
)
def test_a_number_reads_the_same_on_the_thread_and_on_the_pages(town: Town, unit: str, value: str, told: str) -> None:
    indicator = defined(town, unit=unit, baseline=Decimal(value))
    reading = read(town, indicator, value)
    begun, read_off = telling.lines([indicator.step, reading.step])
    assert (indicator.baseline_shown, reading.shown) == (told, told)
    assert begun.title.endswith(f"It starts at {told}") and read_off.title.endswith(f": {told}")


def test_a_share_has_a_part_and_a_whole(town: Town) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        defined(town, numerator="Benches that can be used")


@pytest.mark.parametrize("column", ["name", "definition", "baseline_source"])
def test_the_definition_of_an_indicator_never_changes(town: Town, column: str) -> None:
    indicator = defined(town)
    with pytest.raises(DatabaseError), transaction.atomic():
        Indicator.objects.filter(pk=indicator.pk).update(**{column: "Something else"})


def test_what_was_agreed_and_taken_on_never_changes(town: Town) -> None:
    outcome = agreed(town)
    task = outcomes.oblige(
        outcome=outcome, organisation=town.council, what="Count", due_on=date(2026, 9, 1), by=town.cara, at=AT
    )
    other = audit.keep_words("Something else")
    for rows, change in (
        (Outcome.objects.filter(pk=outcome.pk), {"statement": other}),
        (Obligation.objects.filter(pk=task.pk), {"what": "Nothing"}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)


@pytest.mark.parametrize("table", [Indicator, Obligation])
def test_an_exchanged_definition_is_found_under_the_guards(
    town: Town, table: type, settings: Any, tmp_path: Path
) -> None:
    settings.VAR = tmp_path
    indicator = defined(town)
    outcomes.oblige(
        outcome=indicator.outcome, organisation=town.council, what="Count", due_on=date(2026, 9, 1), by=town.cara, at=AT
    )
    audit.seal(at=AT)
    assert trail.verify().is_sound
    with guards.lifted():
        table.objects.update(**{"definition" if table is Indicator else "what": "Something else"})
    assert [fault.kind for fault in trail.verify().faults] == ["changed"]


def test_a_mere_member_speaks_for_no_council_but_for_a_group(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", AT.date)
    organisations.belong(person=town.nia, organisation=town.council, by=town.cara, at=AT, from_on=date(2026, 1, 1))
    indicator = defined(town)
    parties = {asking.party: asking for asking in decisions_queries.askings_of(indicator.outcome)}
    assert not rules.test_rule("answer for a party", town.nia, parties[town.council.ref])
    assert rules.test_rule("answer for a party", town.olu, parties[town.council.ref])
    assert rules.test_rule("answer for a party", town.gwen, parties[town.group.ref])
    assert not rules.test_rule("record a reading", town.nia, indicator)
    assert rules.test_rule("record a reading", town.olu, indicator)
