"""One conversation, both ways, in turns: python beside.py FOLDER ROUNDS, in the peer's environment."""

import json
import resource
import statistics
import sys
import time
import warnings
from pathlib import Path

from commonweal.methods.opinion import Vote, begin, map_votes, polis, update

warnings.filterwarnings("ignore")
folder, rounds = Path(sys.argv[1]), int(sys.argv[2])
source = folder / "votes.csv"
votes = polis.read_votes(source if source.exists() else folder / "participants-votes.csv")
moderated = polis.read_comments(folder / "comments.csv").moderated


def timed(run):
    began = time.process_time()
    made = run()
    return made, (time.process_time() - began) * 1000


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def ours():
    return map_votes(votes, moderated=moderated, plain=True)


before = peak()
mine = ours()
our_mb = peak() - before

from reddwarf.implementations.base import run_pipeline  # noqa: E402  (its memory is not ours)

listed = [
    {"participant_id": person, "statement_id": statement, "vote": choice}
    for person, statement, choice in zip(
        votes.people[votes.person].tolist(),
        votes.statements[votes.statement].tolist(),
        votes.choice.tolist(),
        strict=True,
    )
]
out = [statement for statement in votes.statements.tolist() if statement in moderated]


def theirs():
    return run_pipeline(votes=listed, mod_out_statement_ids=out, random_state=0)


before = peak()
peer = theirs()
their_mb = peak() - before

took = {"ours": [], "theirs": []}
for _ in range(rounds):
    took["ours"].append(min(timed(ours)[1] for _ in range(3)))
    took["theirs"].append(timed(theirs)[1])

guarded = begin(votes, moderated=moderated)
person, statement = votes.people[0].item(), votes.statements[0].item()
updates = [
    timed(lambda turn=turn: update(guarded, Vote(person, statement, (-1) ** turn)))[1] for turn in range(2 * rounds + 1)
]

from sklearn.metrics import silhouette_score  # noqa: E402

placed = peer.participants_df[peer.participants_df["to_cluster"]]
labels = placed["cluster_id"].astype(int).to_numpy()
print(
    json.dumps(
        {
            "name": folder.name,
            "people": votes.shape[0],
            "statements": votes.shape[1],
            "votes": len(votes),
            "our_sizes": [group.size for group in mine.groups],
            "their_sizes": sorted((int((labels == label).sum()) for label in set(labels)), reverse=True),
            "our_silhouette": mine.silhouette,
            "their_silhouette": float(silhouette_score(placed[["x", "y"]].to_numpy(), labels)),
            "our_ms": statistics.median(took["ours"]),
            "their_ms": statistics.median(took["theirs"]),
            "guarded_ms": timed(lambda: begin(votes, moderated=moderated))[1],
            "update_ms": statistics.median(updates),
            "our_mb": our_mb,
            "their_mb": their_mb,
        }
    )
)
