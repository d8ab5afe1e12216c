from types import SimpleNamespace

import pytest
from django.http import Http404
from django.test import RequestFactory

from commonweal.foundations.thread.reasons import MOST, step_named, steps_named
from commonweal.foundations.verbs.access import Request


def asked(*named: object) -> Request:
    request = RequestFactory().get("/begin/", {"because": [str(each) for each in named]})
    request.person = None  # type: ignore[attr-defined]
    return request  # type: ignore[return-value]


def test_the_steps_that_an_address_names_are_given_oldest_first(toy: SimpleNamespace) -> None:
    assert steps_named(asked(toy.theme.uuid, toy.said_1.uuid, toy.theme.uuid)) == [toy.said_1, toy.theme]
    assert step_named(asked(toy.theme.uuid)) == toy.theme


def test_an_address_may_name_no_reason(toy: SimpleNamespace) -> None:
    assert steps_named(asked()) == steps_named(asked("")) == []
    assert step_named(asked("")) is None


def test_what_is_no_step_or_not_open_to_them_is_not_there(toy: SimpleNamespace) -> None:
    for named in ("five", toy.ann.pk, toy.paid.uuid, "\0"):
        with pytest.raises(Http404):
            steps_named(asked(named))


def test_more_reasons_than_one_are_too_many_for_a_page_that_takes_one(toy: SimpleNamespace) -> None:
    with pytest.raises(Http404):
        step_named(asked(toy.said_1.uuid, toy.said_2.uuid))


def test_nobody_names_more_reasons_than_can_be_read(toy: SimpleNamespace, step) -> None:  # type: ignore[no-untyped-def]
    many = [step(because=toy.theme).uuid for _ in range(MOST + 1)]
    with pytest.raises(Http404):
        steps_named(asked(*many))
