"""What many do at once: the database decides, and somebody is refused kindly."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from commonweal.foundations.people import actions, queries
from commonweal.foundations.people.models import Person, Role
from commonweal.foundations.verbs.refs import SYSTEM
from commonweal.foundations.verbs.refusals import Refusal

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ON = date(2026, 3, 2)
MANY = 8


def at_once(verb: Callable[..., Any], *each: dict[str, Any]) -> list[Any]:
    """Call the verb for each, all at the same moment; what it gave or how it refused."""
    ready = Barrier(len(each))

    def call(terms: dict[str, Any]) -> Any:
        ready.wait()
        try:
            return verb(**terms)
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(each)) as threads:
        return list(threads.map(call, each))


def refused(answers: list[Any]) -> Iterator[Refusal]:
    return (answer for answer in answers if isinstance(answer, Refusal))


def test_many_who_join_with_one_address_become_one_person() -> None:
    answers = at_once(actions.join, *[{"name": f"N{i}", "email": "one@example.org", "at": AT} for i in range(MANY)])
    assert Person.objects.count() == 1
    assert [type(refusal) for refusal in refused(answers)] == [actions.AddressTaken] * (MANY - 1)


def test_a_role_entrusted_by_many_is_held_once() -> None:
    person = actions.join(name="P", email="p@example.org", at=AT)
    terms = {"person": person, "kind": "convenor", "by": SYSTEM, "at": AT, "from_on": ON}
    answers = at_once(actions.entrust, *[terms] * MANY)
    assert Role.objects.count() == 1
    assert len(list(refused(answers))) == MANY - 1


def test_two_stewards_cannot_leave_each_other_alone() -> None:
    stewards = [actions.join(name=f"S{i}", email=f"s{i}@example.org", at=AT) for i in range(2)]
    for steward in stewards:
        actions.entrust(person=steward, kind="steward", by=SYSTEM, at=AT, from_on=ON)
    answers = at_once(actions.erase, *[{"person": steward, "by": steward, "at": AT} for steward in stewards])
    assert [type(refusal) for refusal in refused(answers)] == [actions.LastSteward]
    assert queries.holders("steward", on=ON).count() == 1


def test_without_the_lock_both_stewards_could_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: where nobody looks who remains, nobody remains."""
    monkeypatch.setattr(actions, "_leave_a_steward", lambda **_: None)
    stewards = [actions.join(name=f"S{i}", email=f"s{i}@example.org", at=AT) for i in range(2)]
    for steward in stewards:
        actions.entrust(person=steward, kind="steward", by=SYSTEM, at=AT, from_on=ON)
    at_once(actions.erase, *[{"person": steward, "by": steward, "at": AT} for steward in stewards])
    assert queries.holders("steward", on=ON).count() == 0
