"""The opinion map of a conversation: made from every cast, in the place of the one before, the last one for good."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from django.db import DatabaseError, transaction

from commonweal.foundations.audit.models import Entry
from commonweal.foundations.verbs import clock, guards
from commonweal.foundations.verbs.refs import SYSTEM
from commonweal.methods import opinion
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue import mapmaking, polis, queries, tasks
from commonweal.understand.dialogue.actions import Taking
from commonweal.understand.dialogue.models import Cast, OpinionMap, Participant, Statement, Vote

from .conftest import AT, House

WORDS = tuple(f"Statement number {number} about the path." for number in range(12))
SOON = AT + timedelta(minutes=2)
DATA = Path("dialogue/polis")


@pytest.fixture
def statements(house: House, monkeypatch: pytest.MonkeyPatch) -> list[Statement]:
    monkeypatch.setattr(clock, "now", lambda: SOON)
    return dialogue.seed(conversation=house.conversation, statements=WORDS, by=house.cleo, at=AT)


def person(number: int, network: str = "") -> Taking:
    return Taking(UUID(int=number + 1, version=4), network=network or f"home-{number}")


def vote(statements: list[Statement], by: Taking, choices: list[int], at: Any = AT, every: float = 9.0) -> None:
    for number, choice in enumerate(choices):
        moment = at + timedelta(seconds=every * number)
        dialogue.cast(statement=statements[number], choice=choice, by=by, at=moment)


def camps(statements: list[Statement], sizes: tuple[int, ...] = (12, 9), *, seed: int = 3) -> None:
    """People of two minds: alike about the first four statements, of different mind about the others; paces differ."""
    rng = np.random.default_rng(seed)
    minds = np.ones((len(sizes), len(WORDS)), dtype=int)
    minds[1:, 4:] = -1
    number = 0
    for camp, size in enumerate(sizes):
        for _ in range(size):
            astray = rng.random(len(WORDS)) < 0.15
            choices = np.where(astray, -minds[camp], minds[camp]).tolist()
            begun = AT - timedelta(hours=int(rng.integers(1, 200)))
            # The clock of the test stands: these people came before, one after the other.
            for at, choice in enumerate(choices):
                moment = begun + timedelta(seconds=float(rng.lognormal(1.8, 0.6)) * (at + 1))
                _cast_before(statements[at], choice, number, moment)
            number += 1


def _cast_before(statement: Statement, choice: int, number: int, at: Any) -> None:
    by = person(number)
    participant = dialogue.come_in(conversation=statement.conversation, by=by, at=AT)
    Cast.objects.create(participant=participant, statement=statement, choice=choice, at=at)
    Vote.objects.create(participant=participant, statement=statement, choice=choice, at=at)


def made(house: House, at: Any = SOON) -> OpinionMap:
    return dialogue.make_map(conversation=house.conversation, at=at)


def test_a_map_is_kept_with_what_it_was_made_from(house: House, statements: list[Statement]) -> None:
    camps(statements)
    kept = made(house)
    assert [group["size"] for group in kept.told["groups"]] == [12, 9]
    assert (kept.people, kept.statements, kept.votes, kept.casts) == (21, 12, 252, 252)
    assert (kept.seed, kept.version, kept.is_last) == (mapmaking.SEED, opinion.VERSION, False)
    lines = Cast.objects.order_by("pk").values_list("pk", "participant__number", "statement__number", "choice")
    digest = hashlib.sha256("".join(f"{a} {b} {c} {d}\n" for a, b, c, d in lines).encode()).hexdigest()
    assert kept.casts_digest == digest
    entry = Entry.objects.get(verb="dialogue.keep_map")
    assert (entry.facts["digest"], entry.facts["casts"], entry.subject) == (digest, 252, house.conversation.ref)


def test_a_cast_that_is_changed_shows_in_the_digest(house: House, statements: list[Statement]) -> None:
    camps(statements, (4, 4))
    before = made(house).casts_digest
    with guards.lifted():
        Cast.objects.filter(pk=Cast.objects.order_by("pk")[0].pk).update(choice=0)
    assert made(house).casts_digest != before


def test_a_map_names_nobody(house: House, statements: list[Statement]) -> None:
    """Neither number nor uuid, and points in the order of their places."""
    camps(statements)
    kept = made(house)
    text = f"{kept.told} {kept.told_without} {kept.tallies} {kept.flagged}"
    for number, uuid in Participant.objects.values_list("number", "uuid"):
        assert str(number) not in text
        assert str(uuid) not in text
    for points in kept.told["points"].values():
        assert points == sorted(points)


def test_the_next_map_takes_the_place_of_a_passing_one(house: House, statements: list[Statement]) -> None:
    camps(statements, (8, 8))
    first = made(house)
    vote(statements, person(77), [1] * 12)
    second = made(house)
    assert OpinionMap.objects.count() == 1
    assert (second.pk, second.people) == (first.pk, 17)


def test_an_older_map_does_not_take_a_newer_one_s_place(house: House, statements: list[Statement]) -> None:
    camps(statements, (8, 8))
    older = mapmaking.reckon(queries.ballots_of(house.conversation))
    vote(statements, person(77), [1] * 12)
    made(house)
    with pytest.raises(dialogue.MapIsOlder):
        dialogue.keep_map(conversation=house.conversation, made=older, by=SYSTEM, at=SOON)


def test_without_votes_there_is_no_map(house: House, statements: list[Statement]) -> None:
    with pytest.raises(dialogue.NobodyHasVoted):
        made(house)


def test_the_last_map_is_made_when_it_is_over_and_kept_for_good(house: House, statements: list[Statement]) -> None:
    camps(statements, (8, 8))
    made(house)
    dialogue.close(conversation=house.conversation, by=house.cleo, at=SOON)
    assert queries.awaiting_a_map(SOON + timedelta(seconds=30)) == []
    later = SOON + timedelta(minutes=2)
    assert queries.awaiting_a_map(later) == [house.conversation]
    last = made(house, later)
    assert last.is_last
    assert queries.awaiting_a_map(later) == []
    with pytest.raises(dialogue.LastMapIsKept):
        made(house, later)
    for sentence, act in (
        ("the last map of a conversation stays as it is", lambda: OpinionMap.objects.update(seed=5)),
        ("the last map of a conversation is kept", lambda: OpinionMap.objects.all().delete()),
    ):
        with pytest.raises(DatabaseError, match=sentence), transaction.atomic():
            act()
    with guards.lifted():
        assert OpinionMap.objects.update(seed=5) == 1


def test_a_map_is_wanted_when_votes_came_or_what_is_shown_changed(house: House, statements: list[Statement]) -> None:
    assert queries.awaiting_a_map(SOON) == []
    camps(statements, (8, 8))
    assert queries.awaiting_a_map(SOON) == [house.conversation]
    made(house)
    assert queries.awaiting_a_map(SOON) == []
    for number in range(5):
        assert queries.awaiting_a_map(SOON) == [], "nobody's place may be told from two maps"
        vote(statements, person(number), [0, 0])
    assert queries.awaiting_a_map(SOON) == [house.conversation]
    made(house)
    dialogue.hold(contribution=statements[5].contribution, by=house.cleo, reason="off_topic", at=SOON)
    assert queries.awaiting_a_map(SOON) == [house.conversation]
    assert made(house).statements == 11
    dialogue.release(contribution=statements[5].contribution, by=house.cleo, at=SOON)
    assert queries.awaiting_a_map(SOON) == [house.conversation]


def test_the_task_makes_what_is_wanted_and_is_safe_to_run_twice(house: House, statements: list[Statement]) -> None:
    camps(statements, (8, 8))
    for _ in range(2):
        tasks.make_map.func(str(house.conversation.pk))
    dialogue.close(conversation=house.conversation, by=house.cleo, at=AT)
    for _ in range(2):
        tasks.make_map.func(str(house.conversation.pk))
    assert OpinionMap.objects.get().is_last


def test_the_votes_of_a_map_are_those_that_count(house: House, statements: list[Statement]) -> None:
    camps(statements, (8, 8))
    vote(statements, person(3), [-1, 0, -1, 1, 0, 1])
    ballots = queries.ballots_of(house.conversation)
    gathered = opinion.gather(ballots.person, ballots.statement, ballots.choice)
    assert counted(gathered) == set(queries.votes_of(house.conversation))


@pytest.mark.django_db
def test_the_votes_of_a_real_conversation_are_those_that_count(shared_data: Path) -> None:
    export = polis.read(shared_data / DATA / "scoop-hivemind.freshwater")
    conversation = dialogue.import_conversation(export=export, by=None, at=AT).conversation
    ballots = queries.ballots_of(conversation)
    shown = ballots.is_shown
    gathered = opinion.gather(ballots.person[shown], ballots.statement[shown], ballots.choice[shown])
    assert counted(gathered) == set(queries.votes_of(conversation))


def counted(votes: opinion.Votes) -> set[tuple[int, int, int]]:
    people, statements = votes.people[votes.person].tolist(), votes.statements[votes.statement].tolist()
    return set(zip(people, statements, votes.choice.tolist(), strict=True))


def test_routing_goes_by_the_groups_of_the_map(house: House, statements: list[Statement]) -> None:
    camps(statements)
    made(house)
    fresh = dialogue.seed(conversation=house.conversation, statements=["Something new."], by=house.cleo, at=SOON)[0]
    known = queries.taking_part._counted(house.conversation)
    assert known.agrees.shape == (2, 13)
    assert known.sizes.tolist() == [12, 9]
    assert known.agrees[:, known.statements.index(fresh.number)].tolist() == [0, 0]
    way = opinion.route(known, {4: 1})
    weight = dict(zip(way.statements, way.weights, strict=True))
    assert weight[5] > weight[1]


def test_where_people_came_from_goes_a_week_after_the_end(house: House, statements: list[Statement]) -> None:
    vote(statements, person(0, "a" * 32), [1])
    closed = SOON
    assert tasks.forget_networks(at=closed + timedelta(days=30)) == 0
    dialogue.close(conversation=house.conversation, by=house.cleo, at=closed)
    assert tasks.forget_networks(at=closed + timedelta(days=6, hours=23)) == 0
    assert tasks.forget_networks(at=closed + timedelta(days=7)) == 1
    assert Participant.objects.get().network == ""
    assert tasks.forget_networks(at=closed + timedelta(days=8)) == 0
