"""commonweal opinion FILE: the opinion map of a conversation as Polis exports it.

commonweal opinion votes.csv
commonweal opinion participants-votes.csv --comments comments.csv --report map.html
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from . import polis, report, telling
from .mapping import map_votes


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="commonweal opinion", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="votes.csv or participants-votes.csv")
    parser.add_argument("--comments", type=Path, metavar="COMMENTS.csv", help="the statements: words and moderation")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of everything that is drawn (0)")
    parser.add_argument("--plain", action="store_true", help="without our guards: small and chance groups are reported")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="as JSON")
    how.add_argument("--report", type=Path, metavar="FILE.html", help="as a page, written to this file")
    asked = parser.parse_args(words)
    try:
        votes = polis.read_votes(asked.file)
        comments = polis.read_comments(asked.comments) if asked.comments else None
        if comments:
            polis.check_known(asked.file, votes, comments)
    except polis.UnusableFile as fault:
        print(fault, file=sys.stderr)
        return 2
    made = map_votes(votes, moderated=comments.moderated if comments else (), seed=asked.seed, plain=asked.plain)
    texts = comments.words if comments else None
    if asked.report:
        asked.report.write_text(report.page(made, texts), encoding="utf-8")
    elif asked.json:
        print(json.dumps(telling.as_data(made), indent=2))
    else:
        print(telling.in_words(made, texts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
