"""A hundred scripted accounts among two hundred people; and no real person among them."""

import csv
from pathlib import Path

import numpy as np
import pytest

from commonweal.methods.opinion import find_scripted, polis, scripted

#: Exports that say when each vote was cast; the other two have only how people voted in the end.
WITH_MOMENTS = (
    "15-per-hour-seattle",
    "austria-climate.5twd2jsnkf.2022-08-08",
    "bg2050-volunteers",
    "canadian-electoral-reform",
    "football-concussions",
    "london.youth.policing",
    "scoop-hivemind.biodiversity",
    "scoop-hivemind.freshwater",
    "vtaiwan.uberx",
)
WITHOUT_MOMENTS = ("american-assembly.bowling-green", "austria-climate.2vkxcncppn.2022-07-07")
STATEMENTS = 20


class Crowd:
    """Two camps of readers, in homes, a library and an office; then whoever is planted among them."""

    def __init__(self, people: int = 200, *, seed: int = 5) -> None:
        self.rng = np.random.default_rng(seed)
        self.rows: list[tuple[int, int, int, float]] = []
        self.networks: dict[int, str] = {}
        minds = self.rng.choice([-1, 1], (2, STATEMENTS))
        minds[:, :8] = 1
        for person in range(people):
            mind = minds[person % 2]
            votes = np.where(self.rng.random(STATEMENTS) < 0.88, mind, self.rng.choice([-1, 0, 1], STATEMENTS))
            where = "library" if person < 40 else "office" if person < 60 else f"home-{person // 2}"
            self.add(person, votes, where, self.rng.uniform(0, 5 * 86_400), self.rng.lognormal(1.8, 0.7, STATEMENTS))

    def add(self, person: int, votes: np.ndarray, network: str, begun: float, waits: np.ndarray) -> None:
        order = self.rng.permutation(STATEMENTS)[: self.rng.integers(10, STATEMENTS + 1)]
        moments = begun + np.cumsum(waits)
        self.rows += [(person, int(one), int(votes[one]), float(moments[at])) for at, one in enumerate(order)]
        self.networks[person] = network

    def found(self) -> scripted.Scripted:
        people, statements, choices, at = zip(*self.rows, strict=True)
        return find_scripted(people, statements, choices, at=at, networks=self.networks)


def plant(crowd: Crowd, *, networks: int, spread: float, waits: str, votes: str) -> set[int]:
    """A hundred accounts of one hand."""
    hand = set(range(1_000, 1_100))
    script = crowd.rng.choice([-1, 1], STATEMENTS)
    for person in sorted(hand):
        own = script if votes == "alike" else crowd.rng.choice([-1, 0, 1], STATEMENTS)
        own = np.where(crowd.rng.random(STATEMENTS) < (0.02 if votes == "alike" else 0), -own, own)
        wait = {
            "quick": crowd.rng.uniform(0.1, 0.5, STATEMENTS),
            "clockwork": crowd.rng.normal(6, 0.05, STATEMENTS),
            "human": crowd.rng.lognormal(1.8, 0.7, STATEMENTS),
        }[waits]
        begun = 90_000 + crowd.rng.uniform(0, spread)
        crowd.add(person, own, f"server-{person % networks}", begun, wait)
    return hand


@pytest.mark.parametrize(
    ("manner", "rule"),
    [
        ({"networks": 1, "spread": 3_600, "waits": "quick", "votes": "alike"}, "copies"),
        ({"networks": 1, "spread": 3_600, "waits": "quick", "votes": "any"}, "pace"),
        ({"networks": 5, "spread": 86_400, "waits": "human", "votes": "alike"}, "copies"),
        ({"networks": 100, "spread": 500, "waits": "human", "votes": "alike"}, "copies"),
        ({"networks": 100, "spread": 500, "waits": "clockwork", "votes": "any"}, "pace"),
    ],
)
def test_a_hundred_scripted_accounts_are_flagged_and_nobody_else(manner, rule):
    crowd = Crowd()
    hand = plant(crowd, **manner)
    found = crowd.found()
    flagged = set(found.people.tolist())
    assert len(flagged & hand) >= 95
    assert flagged <= hand
    assert len(set(found.by_rule[rule].tolist()) & hand) >= 95


def test_two_hundred_people_in_homes_a_library_and_an_office_are_not_flagged():
    assert Crowd().found().people.tolist() == []


def test_what_is_not_covered_is_not_found():
    """The control of the description: from everywhere, over days, at a reader's pace."""
    crowd = Crowd()
    plant(crowd, networks=100, spread=5 * 86_400, waits="human", votes="alike")
    assert len(crowd.found().people) < 10


def test_people_of_one_mind_are_not_copies_because_everybody_is_alike():
    """Every single one agrees with everything: it is chance as counted outside that tells the library from a script."""
    crowd = Crowd()
    agreeing = [(person, one, 1, at) for person, one, _, at in crowd.rows]
    people, statements, choices, at = zip(*agreeing, strict=True)
    assert find_scripted(people, statements, choices, at=at, networks=crowd.networks).people.tolist() == []


def test_the_same_library_is_flagged_where_only_there_all_are_alike(monkeypatch):
    crowd = Crowd()
    rows = [(person, one, -1 if person < 40 else choice, at) for person, one, choice, at in crowd.rows]
    people, statements, choices, at = zip(*rows, strict=True)
    assert set(find_scripted(people, statements, choices, at=at, networks=crowd.networks).people) == set(range(40))


def test_with_too_few_outside_nobody_is_called_a_copy():
    people = [person for person in range(12) for _ in range(8)]
    found = find_scripted(
        people, list(range(8)) * 12, [1] * 96, at=np.full(96, np.nan), networks=dict.fromkeys(people, "x")
    )
    assert (found.people.tolist(), found.of, found.untried) == ([], 12, ("moments",))


def test_the_order_of_the_votes_makes_no_difference():
    crowd = Crowd()
    plant(crowd, networks=1, spread=3_600, waits="quick", votes="alike")
    before = crowd.found().people.tolist()
    crowd.rng.shuffle(crowd.rows)
    assert crowd.found().people.tolist() == before


def test_nobody_and_nothing_is_no_error():
    found = find_scripted([], [], [], at=[])
    assert (found.people.tolist(), found.of, found.share) == ([], 0, 0.0)


@pytest.mark.parametrize("name", WITH_MOMENTS)
def test_nobody_in_a_real_conversation_is_flagged(polis_data: Path, name: str):
    with (polis_data / name / "votes.csv").open() as file:
        rows = [
            (int(r["voter-id"]), int(r["comment-id"]), int(r["vote"]), int(r["timestamp"]) / 1000)
            for r in csv.DictReader(file)
        ]
    people, statements, choices, at = (np.array(column) for column in zip(*rows, strict=True))
    assert find_scripted(people, statements, choices, at=at, networks=shared(people)).share == 0.0


@pytest.mark.parametrize("name", WITHOUT_MOMENTS)
def test_nobody_is_flagged_where_only_the_last_votes_are_known(polis_data: Path, name: str):
    votes = polis.read_votes(polis_data / name / "participants-votes.csv")
    people, statements = votes.people[votes.person], votes.statements[votes.statement]
    unknown = np.full(len(votes), np.nan)
    found = find_scripted(people, statements, votes.choice, at=unknown, networks=shared(people))
    assert (found.share, found.untried) == (0.0, ("moments",))


def shared(people: np.ndarray) -> dict[int, str]:
    """Real people, put into networks of thirty by lot: as many behind one address as in a library."""
    known = np.unique(people)
    return {
        one: f"network-{at % (len(known) // 30 + 1)}"
        for at, one in enumerate(np.random.default_rng(3).permutation(known).tolist())
    }
