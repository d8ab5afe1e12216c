from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from commonweal.foundations.thread import actions, queries
from commonweal.foundations.thread.models import Cause, Step

from .conftest import NOON


def test_the_story_of_a_suggestion_runs_to_the_next_opening(toy: SimpleNamespace) -> None:
    told = list(queries.story(toy.said_1))
    assert told == [toy.opening, toy.said_1, toy.theme, toy.answer, toy.begun, toy.paid, toy.lesson, toy.opening_2]


def test_the_story_of_a_payment_holds_both_who_asked_and_what_they_were_answered(toy: SimpleNamespace) -> None:
    told = list(queries.story(toy.paid))
    assert {toy.said_1, toy.said_2, toy.answer} <= set(told)
    assert toy.said_3 not in told


def test_a_story_goes_beyond_when_it_is_asked_to(toy: SimpleNamespace) -> None:
    assert toy.said_3 in list(queries.story(toy.said_1, beyond=True))


def test_an_opening_tells_what_came_of_it_and_not_what_came_before(toy: SimpleNamespace) -> None:
    assert list(queries.story(toy.opening_2)) == [toy.opening_2, toy.said_3]


def test_root_ids_are_the_roots_inside_another_question_and_the_step_itself(toy: SimpleNamespace) -> None:
    for step in (toy.begun, toy.opening):
        found = Step.objects.filter(pk__in=queries.root_ids(step))
        assert {each.pk for each in found} == {step.pk, *queries.roots(step).ids}


def test_roots_are_everything_that_a_step_came_from(toy: SimpleNamespace) -> None:
    assert list(queries.roots(toy.begun)) == [toy.opening, toy.said_1, toy.said_2, toy.theme]


def test_fruits_are_everything_that_came_of_a_step(toy: SimpleNamespace) -> None:
    assert list(queries.fruits(toy.theme)) == [toy.answer, toy.begun, toy.paid, toy.lesson, toy.opening_2]


def test_what_grew_from_steps_is_of_one_stage_once_and_the_next_step_only(toy: SimpleNamespace) -> None:
    assert queries.grown_from([toy.theme], stage="do") == [toy.answer, toy.begun]
    assert queries.grown_from([toy.said_1, toy.said_2], stage="do") == [toy.theme]
    assert queries.grown_from([toy.opening], stage="do") == []
    assert queries.grown_from([toy.theme], stage="do", most=1) == [toy.answer]


def test_a_slice_of_a_story_loads_only_its_own_steps(toy: SimpleNamespace, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(2):
        assert queries.story(toy.said_1)[1:3] == [toy.said_1, toy.theme]


def test_a_step_cannot_be_caused_by_a_later_one(toy: SimpleNamespace) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Cause.objects.create(effect=toy.opening, cause=toy.lesson)


def test_a_step_is_never_changed_or_removed(toy: SimpleNamespace) -> None:
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Step.objects.filter(pk=toy.paid.pk).update(audience="public")
    with pytest.raises(IntegrityError, match="never removed"), transaction.atomic():
        Cause.objects.filter(effect=toy.paid).delete()


def test_a_room_takes_a_step_up_once(toy: SimpleNamespace) -> None:
    assert toy.theme in queries.unfollowed("toy.event", "toy")
    assert actions.follow(step=toy.theme, room="toy", at=NOON)
    assert not actions.follow(step=toy.theme, room="toy", at=NOON)
    assert toy.theme not in queries.unfollowed("toy.event", "toy")


def test_record_refuses_a_kind_that_nobody_declared(step) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(KeyError):
        step("toy.unheard_of")


def test_record_refuses_words_that_are_not_a_code_or_an_amount(step) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(TypeError, match="whole numbers and codes"):
        step(params={"share": 0.5})
