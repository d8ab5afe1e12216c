"""Our opinion maps beside red-dwarf, in one environment and one run; updates; and a conversation of 2.0 million votes.

./run bench opinion [--rounds 5] [--keep]      see README.md
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PEER = ROOT / ".cache/peers/red-dwarf/bin/python"
REQUIREMENTS = ROOT / "requirements/peer-red-dwarf.txt"
SHARED_DATA = Path(os.environ.get("COMMONWEAL_SHARED_DATA", ROOT.parent / "shared" / "data"))
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="turns that each side takes")
    parser.add_argument("--keep", action="store_true", help="add the tables to RESULTS.md")
    asked = parser.parse_args()
    data = SHARED_DATA / "dialogue" / "polis"
    if not data.is_dir():
        sys.exit(f"real data folder not found at {data} (set COMMONWEAL_SHARED_DATA)")
    install_peer()
    busy = os.getloadavg()[0]
    lines = [f"## {datetime.now(UTC):%-d %B %Y}", "", f"- load of the machine before the run {busy:.1f}", ""]
    lines += table(beside(data, asked.rounds))
    lines += ["", *made_large()]
    text = "\n".join(lines) + "\n"
    print(text)
    if asked.keep:
        results = HERE / "RESULTS.md"
        before = results.read_text(encoding="utf-8") if results.exists() else "# Results\n"
        results.write_text(f"{before}\n{text}", encoding="utf-8")


def install_peer() -> None:
    """The peer in an environment of its own, by hash, where it is not there yet."""
    if not PEER.exists():
        subprocess.run([sys.executable, "-m", "venv", PEER.parent.parent], check=True)
        subprocess.run([PEER, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", REQUIREMENTS], check=True)


def beside(data: Path, rounds: int) -> list[dict]:
    """Each conversation in a process of its own, in the peer's environment."""
    told = []
    for folder in sorted(each for each in data.iterdir() if each.is_dir()):
        done = subprocess.run(
            [PEER, HERE / "beside.py", folder, str(rounds)],
            env={**os.environ, **ONE_THREAD, "PYTHONPATH": str(ROOT)},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        told.append(json.loads(done.stdout))
        print(".", end="", flush=True)
    print()
    return told


def table(told: list[dict]) -> list[str]:
    lines = [
        "| conversation | people × statements | votes | groups, ours | theirs | silhouette, ours | theirs "
        "| CPU ms, ours | theirs | × | with guards, ms | one more vote, ms | more MB, ours | theirs |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for each in told:
        lines.append(
            f"| {each['name']} | {each['people']:,} × {each['statements']:,} | {each['votes']:,} "
            f"| {', '.join(map(str, each['our_sizes']))} | {', '.join(map(str, each['their_sizes']))} "
            f"| {each['our_silhouette']:.6f} | {each['their_silhouette']:.6f} "
            f"| {each['our_ms']:.1f} | {each['their_ms']:.0f} | {each['their_ms'] / each['our_ms']:.0f} "
            f"| {each['guarded_ms']:.0f} | {each['update_ms']:.1f} | {each['our_mb']:.0f} | {each['their_mb']:.0f} |"
        )
    return lines


def made_large() -> list[str]:
    """33,422 people, 783 statements, 2.0 million votes, made to that shape; from file, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "votes.csv"
        subprocess.run([sys.executable, HERE / "large.py", "make", file], check=True, env=_ours())
        runs = []
        for _ in range(3):
            done = subprocess.run(
                [sys.executable, HERE / "large.py", "map", file],
                check=True,
                capture_output=True,
                text=True,
                env=_ours(),
            )
            runs.append(json.loads(done.stdout))
    middle = sorted(runs, key=lambda run: run["seconds"])[1]
    return [
        "33,422 × 783 with 2.0 million votes, made to that shape, from file, with guards, median of three processes: "
        f"{middle['seconds']:.2f} s ({middle['cpu']:.2f} s of processor), {middle['mb']:,.0f} MB; groups of "
        f"{', '.join(f'{size:,}' for size in middle['sizes'])}."
    ]


def _ours() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}
