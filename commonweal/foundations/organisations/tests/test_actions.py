"""Verbs about organisations."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from commonweal.foundations.organisations import actions, identifiers, queries
from commonweal.foundations.organisations.models import Membership, Organisation, Service
from commonweal.foundations.people import actions as people
from commonweal.foundations.people import exporters
from commonweal.foundations.verbs.refs import SYSTEM

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ON = date(2026, 3, 2)
LATER = date(2026, 6, 1)
SIGNED: dict[str, Any] = {"by": SYSTEM, "at": AT}


@pytest.fixture
def toy(db: None) -> SimpleNamespace:
    person = people.join(name="Olga Officer", email="olga@example.org", at=AT, is_invented=True)
    council = actions.found(name="Toy Council", kind="council", identifier="GB-LAE-TOY", is_invented=True, **SIGNED)
    group = actions.found(name="Toy Gardeners", kind="group", is_invented=True, **SIGNED)
    return SimpleNamespace(person=person, council=council, group=group)


def test_a_group_that_residents_run_is_an_organisation_like_the_council(toy: SimpleNamespace) -> None:
    membership = actions.belong(person=toy.person, organisation=toy.group, from_on=ON, part="treasurer", **SIGNED)
    assert queries.belongs(toy.person, toy.group, on=ON, part="treasurer")
    assert not queries.belongs(toy.person, toy.group, on=ON, part="officer")
    assert list(queries.organisations_of(toy.person, on=ON)) == [toy.group]
    assert list(queries.memberships_of(toy.person, on=ON)) == [membership]
    assert not queries.belongs(toy.person, toy.group, on=date(2026, 3, 1))


def test_names_and_identifiers_name_one_organisation(toy: SimpleNamespace) -> None:
    with pytest.raises(actions.NameTaken):
        actions.found(name="Toy Council", kind="charity", **SIGNED)
    with pytest.raises(actions.IdentifierTaken):
        actions.found(name="Another Council", kind="council", identifier="GB-LAE-TOY", **SIGNED)
    with pytest.raises(actions.NotAKind):
        actions.found(name="A Kingdom", kind="kingdom", **SIGNED)
    assert Organisation.objects.count() == 2


@pytest.mark.parametrize(
    "identifier",
    ["GB-COH-01234567", "GB-COH-SC123456", "GB-CHC-123456", "GB-CHC-1234567-1", "GB-LAE-BNE", "XM-DAC-41114"],
)
def test_identifiers_of_known_registers_are_taken(identifier: str) -> None:
    assert identifiers.check(identifier) == identifier


@pytest.mark.parametrize(
    "identifier",
    ["01234567", "GB-COH-1234567", "GB-CHC-12", "GB-LAE-bne", "GB-COH-", "gb-coh-01234567", "GB-COH-01234567 ", "\0"],
)
def test_what_is_no_identifier_is_refused_with_an_example(db: None, identifier: str) -> None:
    with pytest.raises(identifiers.NotAnIdentifier, match="GB-COH-01234567"):
        actions.found(name="Toy", kind="firm", identifier=identifier, **SIGNED)
    assert not Organisation.objects.exists()


def test_a_part_is_held_once_and_can_be_taken_up_again(toy: SimpleNamespace) -> None:
    terms = {"person": toy.person, "organisation": toy.council, "part": "officer", **SIGNED}
    membership = actions.belong(from_on=ON, **terms)
    with pytest.raises(actions.AlreadyBelongs):
        actions.belong(from_on=LATER, **terms)
    actions.leave(membership=membership, on=LATER, **SIGNED)
    assert not queries.belongs(toy.person, toy.council, on=LATER)
    assert queries.belongs(toy.person, toy.council, on=date(2026, 5, 31))
    assert actions.leave(membership=membership, on=date(2026, 7, 1), **SIGNED).until_on == LATER
    actions.belong(from_on=LATER, **terms)
    with pytest.raises(actions.NotAPart):
        actions.belong(person=toy.person, organisation=toy.council, from_on=ON, part="king", **SIGNED)


def test_the_database_keeps_a_part_held_once(toy: SimpleNamespace) -> None:
    held = {"person": toy.person, "organisation": toy.council, "part": "officer", "from_on": ON}
    Membership.objects.create(**held)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(**held)
    with connection.cursor() as cursor:  # the control: without the law the twin comes in
        cursor.execute("DROP INDEX a_part_in_an_organisation_is_held_once")
    Membership.objects.create(**held)


@pytest.mark.parametrize(
    ("model", "change"),
    [(Membership, {"until_on": date(2020, 1, 1)}), (Organisation, {"began_on": LATER, "ended_on": ON})],
)
def test_the_database_refuses_an_end_before_the_beginning(toy: SimpleNamespace, model: Any, change: Any) -> None:
    actions.belong(person=toy.person, organisation=toy.council, from_on=ON, **SIGNED)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**change)


def test_a_service_has_its_own_name_and_an_officer(toy: SimpleNamespace) -> None:
    service = actions.add_service(organisation=toy.council, name="Parks", **SIGNED)
    with pytest.raises(actions.ServiceExists):
        actions.add_service(organisation=toy.council, name="Parks", **SIGNED)
    actions.add_service(organisation=toy.group, name="Parks", **SIGNED)
    assert actions.name_officer(service=service, officer=toy.person, **SIGNED).officer == toy.person
    assert dict(queries.service_names([service.pk])) == {service.pk: "Parks"}


def test_an_organisation_that_ended_keeps_its_past_and_takes_nothing_new(toy: SimpleNamespace) -> None:
    actions.add_service(organisation=toy.council, name="Parks", **SIGNED)
    actions.belong(person=toy.person, organisation=toy.council, from_on=ON, **SIGNED)
    ended = actions.end(organisation=toy.council, on=LATER, **SIGNED)
    assert not ended.is_active_on(LATER)
    assert list(queries.services(ended)) == []
    assert queries.belongs(toy.person, ended, on=date(2026, 5, 31))
    assert not queries.belongs(toy.person, ended, on=LATER)
    for verb, more in (
        (actions.end, {"on": LATER}),
        (actions.add_service, {"name": "Roads"}),
        (actions.belong, {"person": toy.person, "from_on": LATER}),
    ):
        with pytest.raises(actions.HasEnded):
            verb(organisation=ended, **more, **SIGNED)


def test_whoever_is_erased_leaves_and_answers_for_nothing(toy: SimpleNamespace) -> None:
    actions.belong(person=toy.person, organisation=toy.council, from_on=ON, part="officer", **SIGNED)
    service = actions.add_service(organisation=toy.council, name="Parks", officer=toy.person, **SIGNED)
    taken = exporters.everything_of(toy.person)["organisations"]
    assert (taken["belongs to"][0]["organisation"], taken["answers for"][0]["service"]) == ("Toy Council", "Parks")
    people.erase(person=toy.person, by=SYSTEM, at=datetime(2026, 6, 1, 12, tzinfo=UTC))
    service.refresh_from_db()
    assert service.officer is None
    assert not queries.belongs(toy.person, toy.council, on=LATER)
    assert queries.belongs(toy.person, toy.council, on=ON), "that somebody belonged then is part of the sums"


def test_names_are_what_the_thread_asks_for(toy: SimpleNamespace) -> None:
    assert dict(queries.names([toy.council.pk])) == {toy.council.pk: "Toy Council"}
    assert Service.objects.count() == 0


@pytest.mark.parametrize(("part", "acts"), [("member", False), ("officer", True), ("treasurer", True)])
def test_officers_and_treasurers_give_a_bodys_word_while_they_have_their_part(
    toy: SimpleNamespace, part: str, acts: bool
) -> None:
    membership = actions.belong(person=toy.person, organisation=toy.council, from_on=ON, part=part, **SIGNED)
    assert queries.acts_for(toy.person, toy.council, on=ON) is acts
    assert queries.organisations_acted_for(toy.person, on=ON).exists() is acts
    actions.leave(membership=membership, on=LATER, **SIGNED)
    assert not queries.acts_for(toy.person, toy.council, on=LATER)


def test_any_member_gives_the_word_of_a_residents_group(toy: SimpleNamespace) -> None:
    actions.belong(person=toy.person, organisation=toy.group, from_on=ON, **SIGNED)
    assert queries.acts_for(toy.person, Organisation(pk=toy.group.pk), on=ON)
    assert not queries.acts_for(toy.person, toy.council, on=ON)
    assert not queries.acts_for(None, toy.group, on=ON)
