"""The whole map: its laws, its guards, and real conversations."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.methods.opinion import (
    Known,
    Vote,
    begin,
    gather,
    map_votes,
    polis,
    route,
    routing,
    stand,
    stand_among,
    telling,
    update,
)
from commonweal.methods.opinion.mapping import OpinionMap

from .conftest import planted, without_groups


def said(made: OpinionMap) -> dict:
    return telling.as_data(made)


def people_of(made: OpinionMap) -> list[list]:
    return [made.votes.people[group.people].tolist() for group in made.groups]


@given(st.randoms(use_true_random=False), st.booleans())
@settings(max_examples=15)
def test_the_order_of_people_and_statements_makes_no_difference(dice, plain):
    votes = planted((12, 9))
    rows = list(zip(votes.person.tolist(), votes.statement.tolist(), votes.choice.tolist(), strict=True))
    dice.shuffle(rows)
    again = gather(*zip(*rows, strict=True))
    assert said(map_votes(again, plain=plain)) == said(map_votes(votes, plain=plain))


def test_the_same_seed_gives_the_same_map():
    votes = planted((40, 25, 12))
    assert said(map_votes(votes, seed=7)) == said(map_votes(votes, seed=7))


def test_what_people_are_called_makes_no_difference_to_the_groups():
    votes = planted((30, 20))
    names = np.array([f"p{(number * 37) % 50:02}" for number in range(50)])
    renamed = map_votes(gather(names[votes.person], votes.statement, votes.choice))
    plain = map_votes(votes)
    assert [set(names[group.people]) for group in plain.groups] == [set(group) for group in people_of(renamed)]


def test_planted_groups_are_reported_with_how_well_they_come_out_again():
    made = map_votes(planted((30, 20, 10)))
    assert [group.size for group in made.groups] == [30, 20, 10]
    assert [group.name for group in made.groups] == ["A", "B", "C"]
    assert min(group.stability for group in made.groups) > 0.8
    assert made.notes == ()


def test_chance_is_not_reported_as_groups_and_the_plain_method_would_have():
    votes = without_groups()
    assert map_votes(votes).groups == ()
    assert map_votes(votes).notes[-1] == "groups_do_not_hold"
    assert len(map_votes(votes, plain=True).groups) >= 2


def test_somebody_far_out_is_no_group():
    """Sixty people of one mind, and one who is against everything."""
    votes = planted((60,), statements=60)
    alone = [-np.sign(votes.choice[votes.statement == statement].sum()) for statement in range(60)]
    strange = gather([*votes.person, *[99] * 60], [*votes.statement, *range(60)], [*votes.choice, *alone])
    plain, made = map_votes(strange, plain=True), map_votes(strange)
    assert min(group.size for group in plain.groups) == 1
    assert min((group.size for group in made.groups), default=5) >= 5
    assert 99 in made.set_aside
    assert "people_far_out" in made.notes


@pytest.mark.parametrize("people", [0, 1, 6])
def test_fewer_than_seven_people_have_no_map_and_are_told_why(people):
    made = map_votes(
        gather(np.repeat(np.arange(people), 10), np.tile(np.arange(10), people), np.ones(people * 10, int))
    )
    assert (made.plane, made.groups, made.notes) == (None, (), ("too_few_people",))
    assert "no map" in telling.in_words(made)


def test_everybody_alike_is_one_and_no_groups():
    made = map_votes(gather(np.repeat(np.arange(9), 10), np.tile(np.arange(10), 9), np.ones(90, int)))
    assert (made.groups, made.notes) == ((), ("everybody_alike",))
    assert [told.statement for told in made.uniting] == [0, 1, 2, 3, 4]


def test_whoever_voted_little_is_in_no_group():
    votes = planted((20, 15))
    more = gather([*votes.person, *[77] * 6], [*votes.statement, *range(6)], [*votes.choice, *[1] * 6])
    made = map_votes(more)
    assert made.clustered == 35
    assert 77 not in sum(people_of(made), [])
    assert 77 not in made.set_aside


def test_the_data_is_plain_and_has_what_is_promised():
    told = json.loads(json.dumps(said(map_votes(planted((20, 15))))))
    assert set(told) >= {
        "participants", "statements", "votes", "clustered", "explained_variance", "groups", "uniting", "dividing",
        "silhouette", "seed", "method", "notes",
    }  # fmt: skip
    assert set(told["groups"][0]) >= {"size", "stability", "representative"}


def test_somebody_stands_nearest_to_their_own_group():
    made = map_votes(planted((30, 20)))
    for group in made.groups:
        standing = stand(made, made.votes.people[group.people[0]])
        assert (standing.beside[0].group, standing.beside[0].is_own, standing.wanted) == (group.name, True, 0)
        assert standing.beside[0].share > standing.beside[1].share
    with pytest.raises(KeyError):
        stand(made, 4_000)


def test_somebody_new_is_told_how_many_votes_are_wanted():
    made = map_votes(planted((30, 20)).with_one_more(500, 0, 1))
    assert (stand(made, 500).votes, stand(made, 500).wanted) == (1, 6)


def test_a_statement_that_nobody_saw_gets_its_turn_and_a_voted_one_does_not():
    made = map_votes(planted((30, 20)))
    way = route(made, {0: 1, 1: -1}, also=(900,))
    assert 900 in way.statements
    assert not {0, 1} & set(way.statements)
    assert way.weights.sum() == pytest.approx(1)
    assert way.weights[way.statements.index(900)] == pytest.approx(way.weights.max(), rel=0.5)


def test_a_dividing_statement_is_asked_before_a_uniting_one():
    made = map_votes(planted((60, 60)))
    weights = dict(zip(route(made, {}).statements, route(made, {}).weights, strict=True))
    assert weights[made.dividing[0].statement] > 2 * weights[0]


def test_when_nothing_is_left_the_road_ends():
    made = map_votes(planted((10, 8)))
    way = route(made, dict.fromkeys(range(30), 1))
    with pytest.raises(LookupError):
        way.draw(np.random.default_rng(0))


def test_five_asked_by_the_route_tell_more_than_five_at_random():
    """The group of somebody new is guessed from five votes, as it would be from all."""
    votes = planted((40, 40), statements=40, seen=0.9, seed=4)
    made, rng = map_votes(votes), np.random.default_rng(0)
    known = routing.Known.of(made)
    chances = routing._chances(known)
    right = {"route": 0, "random": 0}
    for person in range(80):
        mine = slice(*np.searchsorted(votes.person, [person, person + 1]))
        answers = dict(zip(votes.statement[mine].tolist(), votes.choice[mine].tolist(), strict=True))
        for how in right:
            voted: dict = {}
            for _ in range(3):
                way = route(made, voted)
                open_to = [at for at, one in enumerate(way.statements) if one in answers]
                weights = way.weights[open_to] if how == "route" else np.ones(len(open_to))
                asked = way.statements[rng.choice(open_to, p=weights / weights.sum())]
                voted[asked] = answers[asked]
            right[how] += int(routing._likely_group(known, chances, voted)[made.labels[person]] > 0.9)
    assert right["route"] > right["random"]


def test_one_more_vote_gives_what_the_whole_map_would():
    votes = planted((40, 30))
    state = begin(votes)
    for person, statement, choice in [(0, 0, -1), (3, 29, 1), (69, 5, 0), (0, 0, 1)]:
        state = update(state, Vote(person, statement, choice))
        whole = map_votes(state.made.votes)
        assert people_of(state.made) == people_of(whole)
        assert np.allclose(state.made.plane.points, whole.plane.points, atol=1e-5)
        assert state.made.silhouette == pytest.approx(whole.silhouette, abs=1e-4)
    assert state.votes_since == 4


def test_a_new_person_and_a_new_statement_come_in_with_a_vote():
    state = update(begin(planted((40, 30))), Vote(1_000, 300, 1))
    assert state.made.votes.shape == (71, 31)
    assert people_of(state.made) == people_of(map_votes(state.made.votes))


def test_a_conversation_grows_from_nothing_vote_by_vote():
    votes = planted((9, 8), statements=12, seen=1.0)
    state = begin(gather([], [], []))
    for row in zip(votes.person.tolist(), votes.statement.tolist(), votes.choice.tolist(), strict=True):
        state = update(state, Vote(*row))
    assert len(state.made.votes) == len(votes)
    assert sorted(map(len, people_of(state.made))) == sorted(map(len, people_of(map_votes(votes))))


#: dialogue/polis/reddwarf_results.json: red-dwarf 0.4.0, random state 0.
PEER = [
    ("london.youth.policing", "votes.csv", [9, 9, 6], 0.446118),
    ("scoop-hivemind.freshwater", "votes.csv", [76, 24], 0.484335),
    ("15-per-hour-seattle", "votes.csv", [77, 61], 0.366222),
    ("bg2050-volunteers", "votes.csv", [106, 1], 0.855183),
    ("canadian-electoral-reform", "votes.csv", [265, 16], 0.677251),
    ("football-concussions", "votes.csv", [275, 113, 95, 72, 37], 0.36027),
    ("scoop-hivemind.biodiversity", "votes.csv", [373, 68], 0.529442),
    ("vtaiwan.uberx", "votes.csv", [936, 282], 0.47591),
    ("austria-climate.5twd2jsnkf.2022-08-08", "votes.csv", [767, 133], 0.641289),
    ("american-assembly.bowling-green", "participants-votes.csv", [1028, 551], 0.398229),
    ("austria-climate.2vkxcncppn.2022-07-07", "participants-votes.csv", [1227, 212], 0.590327),
]


@pytest.mark.parametrize(("name", "source", "sizes", "silhouette"), PEER, ids=[row[0] for row in PEER])
def test_the_plain_method_is_the_peer_s_or_has_a_better_silhouette(polis_data, name, source, sizes, silhouette):
    folder = polis_data / name
    votes, comments = polis.read_votes(folder / source), polis.read_comments(folder / "comments.csv")
    made = map_votes(votes, moderated=comments.moderated, plain=True)
    is_same = [group.size for group in made.groups] == sizes and made.silhouette == pytest.approx(silhouette, abs=1e-4)
    assert is_same or made.silhouette > silhouette + 1e-4


def test_one_person_far_out_is_not_reported_as_a_group(polis_data):
    """bg2050-volunteers: the plain method makes 106 and 1."""
    folder = polis_data / "bg2050-volunteers"
    made = map_votes(
        polis.read_votes(folder / "votes.csv"), moderated=polis.read_comments(folder / "comments.csv").moderated
    )
    assert min((group.size for group in made.groups), default=5) >= 5
    assert "people_far_out" in made.notes
    assert "not a group of their own" in telling.in_words(made)


def test_where_somebody_stands_needs_only_the_tallies():
    """What is kept of a map has nobody's votes in it."""
    made = map_votes(planted((30, 20)))
    known = Known.of(made)
    for at, person in enumerate(made.votes.people.tolist()):
        mine = made.votes.person == at
        voted = dict(zip(made.votes.statement[mine].tolist(), made.votes.choice[mine].tolist(), strict=True))
        told, whole = stand_among(known, voted, groups=2), stand(made, person)
        assert [(each.group, each.same, each.of) for each in told.beside] == [
            (each.group, each.same, each.of) for each in whole.beside
        ]


def test_nothing_is_said_about_a_statement_that_the_map_does_not_know():
    known = Known.of(map_votes(planted((30, 20))))
    told = stand_among(known, {9_000 + number: 1 for number in range(8)}, groups=2)
    assert (told.votes, told.wanted, told.beside) == (8, 0, ())
