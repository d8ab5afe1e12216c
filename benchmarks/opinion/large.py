"""A conversation as large as the largest that Polis held: python large.py make FILE, then python large.py map FILE."""

import json
import resource
import sys
import time
from pathlib import Path

PEOPLE, STATEMENTS, VOTES = 33_422, 783, 2_000_000


def make(file: Path) -> None:
    """Three camps of invented people; how many votes somebody casts has a long tail. In votes.csv of Polis, by time."""
    import numpy as np

    rng = np.random.default_rng(1)
    camp = rng.choice(3, PEOPLE, p=[0.5, 0.3, 0.2])
    lean = rng.normal(0, 1, (3, STATEMENTS))
    eager = rng.lognormal(3.2, 1.2, PEOPLE)
    each = np.clip((eager / eager.sum() * VOTES * 1.15).astype(int), 1, STATEMENTS)
    person = np.repeat(np.arange(PEOPLE), each)
    statement = np.concatenate([rng.choice(STATEMENTS, count, replace=False) for count in each])
    kept = rng.permutation(len(person))[:VOTES]
    person, statement = person[kept], statement[kept]
    agrees = rng.random(len(kept)) < 1 / (1 + np.exp(-1.5 * lean[camp[person], statement]))
    choice = np.where(rng.random(len(kept)) < 0.12, 0, np.where(agrees, 1, -1))
    with file.open("w", encoding="utf-8") as out:
        out.write("timestamp,datetime,comment-id,voter-id,vote\n")
        rows = zip(statement.tolist(), person.tolist(), choice.tolist(), strict=True)
        out.writelines(
            f"{1_658_933_760_180 + number * 37},Wed Jul 27 21:56:00 WIB 2022,{on},{who},{how}\n"
            for number, (on, who, how) in enumerate(rows)
        )


def map_it(file: Path) -> None:
    began = time.perf_counter()
    from commonweal.methods.opinion import map_votes, polis

    made = map_votes(polis.read_votes(file))
    print(
        json.dumps(
            {
                "seconds": time.perf_counter() - began,
                "cpu": time.process_time(),
                "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "sizes": [group.size for group in made.groups],
            }
        )
    )


if __name__ == "__main__":
    {"make": make, "map": map_it}[sys.argv[1]](Path(sys.argv[2]))
