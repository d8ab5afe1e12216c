"""Splitting and merging: nobody's suggestion is lost, nobody's date comes later, nobody stays untold."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonweal.foundations.decisions import actions as answers
from commonweal.foundations.decisions import queries as owing
from commonweal.foundations.decisions.actions import replacing
from commonweal.foundations.decisions.models import Assignment, Owed, OwedLine, Reopening, Succession
from commonweal.foundations.notices.models import Notice
from commonweal.foundations.thread import queries as thread
from commonweal.foundations.verbs.refusals import Refusal
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue import queries
from commonweal.understand.dialogue.models import Contribution, Gathered, Gathering, Reshaping, Theme

from .conftest import AT, House

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def gathered(house: House, *words: str, title: str = "Light", **more: object) -> Theme:
    said = [house.say(each) for each in words]
    return dialogue.gather(contributions=said, title=title, by=house.cleo, at=AT, **more)  # type: ignore[arg-type]


def parts(act: Reshaping) -> list[Theme]:
    return [each.theme for each in act.begun.select_related("theme__owed", "theme__step").order_by("id")]


def words_in(theme: Theme) -> set[str]:
    return {str(each.words.text) for each in theme.contributions.select_related("words")}


def publish(theme: Theme, house: House) -> object:
    answers.draft(
        owed=theme.owed,
        reason_code="adopted",
        words="Yes.",
        by=house.cleo,
        at=AT,
        corrects=owing.latest_answer(theme.owed),
    )
    answers.clear(owed=theme.owed, by=house.dan, at=AT)
    return answers.publish(owed=theme.owed, by=house.dan, at=AT)


def test_split_lets_some_go_on_under_a_title_of_their_own(house: House) -> None:
    theme = gathered(house, "Lamps", "Benches", "More lamps")
    benches = theme.contributions.get(words__text="Benches")
    stays, goes = parts(dialogue.split(theme=theme, contributions=[benches], title="Seats", by=house.dan, at=AT + DAY))
    assert (stays.title, words_in(stays)) == ("Light", {"Lamps", "More lamps"})
    assert (goes.title, words_in(goes)) == ("Seats", {"Benches"})
    assert list(queries.themes_with(benches)) == [goes]
    assert set(queries.themes_without_answer()) == {stays, goes}


def test_the_earlier_gatherings_stay_and_the_split_is_a_step_of_its_own(house: House) -> None:
    theme = gathered(house, "Lamps", "Benches")
    benches = theme.contributions.get(words__text="Benches")
    act = dialogue.split(theme=theme, contributions=[benches], title="Seats", by=house.dan, at=AT)
    assert Gathering.objects.get(theme=theme).gathered.count() == 2
    assert words_in(theme) == {"Lamps", "Benches"}
    assert queries.became_of(theme) == parts(act)
    before, _after = thread.neighbours(act.step)
    assert (act.step.kind, before) == ("dialogue.split", [theme.step])


def test_merge_keeps_each_suggestion_once_and_the_earliest_date(house: House) -> None:
    both = house.say("Lamps and benches")
    soon = dialogue.gather(contributions=[both], title="Light", by=house.cleo, at=AT, working_days=5)
    late = dialogue.gather(contributions=[both, house.say("Seats")], title="Seats", by=house.cleo, at=AT)
    (one,) = parts(dialogue.merge(themes=[late, soon], title="Light and seats", by=house.cleo, at=AT + DAY))
    assert words_in(one) == {"Lamps and benches", "Seats"}
    assert (one.owed.first_due_on, one.owed.due_on) == (soon.owed.due_on, soon.owed.due_on)
    assert one.owed.owed_at == AT
    assert OwedLine.objects.filter(owed=one.owed).count() == 2


def test_a_date_that_was_put_off_keeps_its_first_date_and_its_reason(house: House) -> None:
    theme = gathered(house, "Lamps", "Benches")
    until = theme.owed.due_on + 10 * DAY
    answers.extend(owed=theme.owed, until=until, because_words="The engineer is ill.", by=house.cleo, at=AT)
    benches = theme.contributions.get(words__text="Benches")
    for part in parts(dialogue.split(theme=theme, contributions=[benches], title="Seats", by=house.dan, at=AT)):
        assert (part.owed.first_due_on, part.owed.due_on) == (theme.owed.first_due_on, until)
        assert [each.words.text for each in owing.extensions_of(part.owed)] == ["The engineer is ill."]


@pytest.mark.parametrize("stage", ["answered", "written", "reopened"])
def test_what_is_answered_or_being_checked_cannot_be_reshaped(house: House, stage: str) -> None:
    theme, other = gathered(house, "Lamps", "Benches"), gathered(house, "Bins", title="Bins")
    refusal: type[Exception] = dialogue.AnsweredAlready
    if stage == "written":
        answers.draft(owed=theme.owed, reason_code="adopted", words="Yes.", by=house.cleo, at=AT)
        refusal = answers.AnswerIsWritten
    else:
        answer = publish(theme, house)
        if stage == "reopened":
            line = OwedLine.objects.filter(owed=theme.owed)[0]
            answers.reply(answer=answer, line=line, words="No, lower.", by=house.ada, at=AT, meant_otherwise=True)  # type: ignore[arg-type]
    lamps = theme.contributions.get(words__text="Lamps")
    with pytest.raises(refusal):
        dialogue.split(theme=theme, contributions=[lamps], title="Lamps", by=house.cleo, at=AT)
    with pytest.raises(refusal):
        dialogue.merge(themes=[other, theme], title="All", by=house.cleo, at=AT)
    assert not Reshaping.objects.exists()


def test_what_was_reshaped_takes_nothing_more(house: House) -> None:
    theme, other = gathered(house, "Lamps", "Benches"), gathered(house, "Bins", title="Bins")
    dialogue.merge(themes=[theme, other], title="All", by=house.cleo, at=AT)
    with pytest.raises(dialogue.ReshapedAlready):
        dialogue.merge(themes=[theme, other], title="All of it", by=house.cleo, at=AT)
    with pytest.raises(dialogue.AnsweredAlready):
        dialogue.gather_more(theme=theme, contributions=[house.say("One more")], by=house.cleo, at=AT)
    for verb in (answers.assign, answers.draft):
        sent = (
            {"name": "Jo", "email": "jo@example.org"}
            if verb is answers.assign
            else {"reason_code": "adopted", "words": "No"}
        )
        with pytest.raises(answers.ReplacedAlready):
            verb(owed=theme.owed, by=house.cleo, at=AT, **sent)  # type: ignore[operator]


def test_split_leaves_something_on_both_sides(house: House) -> None:
    theme = gathered(house, "Lamps", "Benches")
    for ticked in ([], list(theme.contributions.all())):
        with pytest.raises(dialogue.NothingLeft):
            dialogue.split(theme=theme, contributions=ticked, title="Seats", by=house.cleo, at=AT)
    with pytest.raises(dialogue.NotInTheTheme):
        dialogue.split(theme=theme, contributions=[house.say("Elsewhere")], title="Seats", by=house.cleo, at=AT)


def test_the_same_form_sent_twice_splits_once_and_another_under_its_number_is_refused(house: House) -> None:
    theme, number = gathered(house, "Lamps", "Benches"), uuid4()
    lamps, benches = theme.contributions.order_by("-words__text")
    acts = [
        dialogue.split(theme=theme, contributions=[benches], title="Seats", by=house.cleo, at=AT, sent_as=number)
        for _ in range(2)
    ]
    assert acts[0].pk == acts[1].pk
    with pytest.raises(Exception, match="SentTwice|sent"):
        dialogue.split(theme=theme, contributions=[lamps], title="Seats", by=house.cleo, at=AT, sent_as=number)


def test_whoever_was_asked_gets_a_fresh_link_for_the_part_that_stays(house: House) -> None:
    theme = gathered(house, "Lamps", "Benches")
    old = answers.assign(owed=theme.owed, name="Jo Officer", email="jo@council.example", by=house.cleo, at=AT).link
    benches = theme.contributions.get(words__text="Benches")
    stays, goes = parts(dialogue.split(theme=theme, contributions=[benches], title="Seats", by=house.cleo, at=AT))
    old.refresh_from_db()
    assert old.withdrawn_at == AT
    assert Assignment.objects.get(owed=stays.owed).link.email == "jo@council.example"
    assert (Owed.objects.get(pk=stays.owed_id).state, goes.owed.state) == ("assigned", "open")


def test_two_officers_of_merged_themes_are_both_let_go(house: House) -> None:
    themes = [gathered(house, "Lamps"), gathered(house, "Bins", title="Bins")]
    for theme, who in zip(themes, ("jo", "al"), strict=True):
        answers.assign(owed=theme.owed, name=who, email=f"{who}@council.example", by=house.cleo, at=AT)
    (one,) = parts(dialogue.merge(themes=themes, title="All", by=house.cleo, at=AT))
    assert Owed.objects.get(pk=one.owed_id).state == "open"
    assert not Assignment.objects.filter(owed=one.owed).exists()


def test_the_answer_rate_counts_a_reshaped_promise_once(house: House) -> None:
    theme = gathered(house, "Lamps", "Benches")
    before = owing.answer_rate(AT + 60 * DAY)
    assert (before.due, before.overdue) == (1, 1)
    dialogue.merge(themes=[theme, gathered(house, "Bins", title="Bins")], title="All", by=house.cleo, at=AT)
    after = owing.answer_rate(AT + 60 * DAY)
    assert (after.due, after.overdue) == (1, 1)


# -- any sequence


ACTS = st.lists(
    st.tuples(st.sampled_from(["gather", "more", "split", "merge", "answer", "reopen"]), st.integers(0, 10_000)),
    max_size=14,
)


def is_kept(said: list[Contribution]) -> None:
    """Each suggestion is owed exactly once in each theme that it is in now, and in no other; all stay in a theme."""
    owed = {(line.owed_id, line.contribution.uuid) for line in OwedLine.objects.all()}
    assert OwedLine.objects.count() == len(owed)
    live = {theme.owed_id: theme.pk for theme in queries.live()}
    now = {(owed_id, uuid) for owed_id, uuid in owed if owed_id in live}
    inside = {(theme.owed_id, each.pk) for theme in queries.live() for each in theme.contributions.all()}
    assert now == inside
    assert not queries.live().filter(ended__isnull=False).exists(), "what was reshaped is over"
    ever = set(Gathered.objects.values_list("contribution", flat=True))
    assert ever == {uuid for _owed, uuid in now}
    for step in Succession.objects.select_related("before", "after"):
        assert step.after.first_due_on <= step.before.first_due_on
        is_owed_again = Reopening.objects.filter(owed=step.after).exists()
        assert step.after.due_on <= step.before.due_on or is_owed_again


def nobody_is_untold(house: House) -> None:
    """When every theme is answered, each line of somebody we know has its own news of the answer."""
    for theme in queries.themes_without_answer():
        publish(theme, house)
    for theme in queries.live():
        answer = owing.latest_answer(theme.owed)
        assert answer is not None
        told = Notice.objects.filter(about=answer.step)
        assert set(told.values_list("to", flat=True)) == set(theme.contributions.values_list("person", flat=True))


def act(name: str, number: int, house: House, said: list[Contribution]) -> None:
    open_themes = list(queries.themes_without_answer())
    some = [each for place, each in enumerate(said) if (number >> place) & 1]
    theme = open_themes[number % len(open_themes)] if open_themes else None
    if name == "gather" and some:
        dialogue.gather(contributions=some, title=f"T{number}", by=house.cleo, at=AT, working_days=1 + number % 20)
    elif name == "answer" and theme:
        publish(theme, house)
    elif name == "reopen":
        answered = list(queries.live().exclude(owed__answered_at=None).order_by("pk"))
        if answered:
            owed = answered[number % len(answered)].owed
            line = OwedLine.objects.filter(owed=owed).order_by("pk")[0]
            answers.reply(
                answer=owing.latest_answer(owed),
                line=line,
                words="No.",
                by=line.person,
                at=AT,  # type: ignore[arg-type]
                meant_otherwise=True,
            )
    elif name == "more" and theme and some:
        dialogue.gather_more(theme=theme, contributions=some, by=house.cleo, at=AT)
    elif name == "split" and theme:
        inside = list(theme.contributions.order_by("step_id"))
        ticked = [each for place, each in enumerate(inside) if (number >> place) & 1]
        dialogue.split(theme=theme, contributions=ticked, title=f"S{number}", by=house.cleo, at=AT)
    elif name == "merge":
        chosen = [each for place, each in enumerate(open_themes) if (number >> place) & 1]
        dialogue.merge(themes=chosen, title=f"M{number}", by=house.cleo, at=AT)


def any_sequence(house: House, acts: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        said = [house.say(f"Suggestion {number}", by=who) for number, who in enumerate([house.ada, house.ben] * 3)]
        for name, number in acts:
            try:
                act(name, number, house, said)
            except Refusal:
                continue
            is_kept(said)
        nobody_is_untold(house)
        transaction.set_rollback(True)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_no_sequence_of_acts_loses_a_line(house: House, acts: list[tuple[str, int]]) -> None:
    any_sequence(house, acts)


SPLIT_ONCE = [("gather", 0b1111), ("split", 0b0010)]


@pytest.mark.parametrize("twin", ["drops one", "keeps the old one open"])
def test_a_broken_twin_loses_a_line_and_is_caught(house: House, monkeypatch: pytest.MonkeyPatch, twin: str) -> None:
    whole, lines = answers.replace, replacing._lines

    def broken(**sent: Any) -> list[Owed]:
        if twin == "drops one":
            monkeypatch.setattr(replacing, "_lines", lambda old: lines(old)[:-1])
            covered = {line.contribution for line in lines(sent["owed"])[:-1]}
            sent["parts"] = [
                replace(part, contributions=[ref for ref in part.contributions if ref in covered] or part.contributions)
                for part in sent["parts"]
            ]
        new = whole(**sent)
        if twin == "keeps the old one open":
            Owed.objects.filter(pk__in=[each.pk for each in sent["owed"]]).update(state="open")
        return new

    any_sequence(house, SPLIT_ONCE)
    monkeypatch.setattr(answers, "replace", broken)
    with pytest.raises(AssertionError):
        any_sequence(house, SPLIT_ONCE)
