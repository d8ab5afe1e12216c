import os
from pathlib import Path

import numpy as np
import pytest

from commonweal.methods.opinion import Votes, gather

SHARED_DATA = Path(os.environ.get("COMMONWEAL_SHARED_DATA", "../shared/data"))


@pytest.fixture(scope="session")
def polis_data() -> Path:
    """Real conversations, as Polis exports them."""
    folder = SHARED_DATA / "dialogue" / "polis"
    if not folder.is_dir():
        pytest.skip(f"real data folder not found at {folder} (set COMMONWEAL_SHARED_DATA)")
    return folder


def planted(sizes: tuple[int, ...], *, statements: int = 30, seed: int = 1, seen: float = 0.7) -> Votes:
    """Invented people in groups that think alike: each group has its own mind, one vote in ten is astray."""
    rng = np.random.default_rng(seed)
    minds = rng.choice([-1, 1], (len(sizes), statements))
    minds[:, 0] = 1  # everybody agrees with the first
    people = np.repeat(np.arange(len(sizes)), sizes)
    votes = np.where(rng.random((len(people), statements)) < 0.9, minds[people], rng.choice([-1, 0, 1], statements))
    person, statement = np.nonzero(rng.random(votes.shape) < seen)
    return gather(person, statement, votes[person, statement])


def without_groups(people: int = 80, *, statements: int = 30, seed: int = 1) -> Votes:
    """Invented people who vote by the toss of a coin."""
    rng = np.random.default_rng(seed)
    person, statement = np.nonzero(rng.random((people, statements)) < 0.7)
    return gather(person, statement, rng.choice([-1, 0, 1], len(person)))
