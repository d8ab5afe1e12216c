import csv
import os
from pathlib import Path

import pytest

SHARED_DATA = Path(os.environ.get("COMMONWEAL_SHARED_DATA", "../shared/data"))


@pytest.fixture(scope="session")
def polis_statements() -> list[str]:
    """The statements of a real conversation, each once."""
    file = SHARED_DATA / "dialogue/polis/american-assembly.bowling-green/comments.csv"
    if not file.is_file():
        pytest.skip(f"real data not found at {file} (set COMMONWEAL_SHARED_DATA)")
    with file.open(encoding="utf-8", newline="") as rows:
        return list(dict.fromkeys(row["comment-body"] for row in csv.DictReader(rows)))
