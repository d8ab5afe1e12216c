"""Who may what, and that each role is described."""

from types import SimpleNamespace

import rules

from commonweal.foundations.people import actions
from commonweal.foundations.people.models import Person, Role
from commonweal.foundations.people.roles import ROLES
from commonweal.foundations.people.rules import holds, is_known
from commonweal.foundations.verbs import clock
from commonweal.foundations.verbs.refs import SYSTEM


def test_every_role_is_described_for_whoever_entrusts_it() -> None:
    assert set(ROLES) == set(Role.Kind)
    assert all(str(prose.description) and prose.may for prose in ROLES.values())


def test_a_role_is_held_today_and_by_nobody_who_is_not_signed_in(cast: SimpleNamespace) -> None:
    actions.entrust(person=cast.resident, kind="convenor", by=SYSTEM, at=clock.now(), from_on=clock.today())
    resident = Person.objects.get(pk=cast.resident.pk)
    assert holds("convenor")(resident, None)
    assert not holds("auditor", "steward")(resident, None)
    assert not holds("convenor")(None, None)
    assert is_known(resident, None)
    assert not is_known(None, None)


def test_only_a_steward_keeps_people_and_roles(cast: SimpleNamespace) -> None:
    assert rules.test_rule("keep people and their roles", cast.steward, None)
    assert not rules.test_rule("keep people and their roles", cast.resident, None)
    assert not rules.test_rule("keep people and their roles", None, None)


def test_a_role_over_one_thing_counts_for_that_thing_alone(cast: SimpleNamespace) -> None:
    actions.entrust(
        person=cast.resident, kind="steward", by=SYSTEM, at=clock.now(), from_on=clock.today(), scope=cast.steward
    )
    resident = Person.objects.get(pk=cast.resident.pk)
    assert holds("steward")(resident, cast.steward)
    assert not holds("steward")(resident, cast.resident)
    assert not rules.test_rule("keep people and their roles", resident, None)
