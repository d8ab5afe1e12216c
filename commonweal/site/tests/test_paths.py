"""A path that somebody typed and where nothing is: every command says so, names it whole, and ends with 2."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from commonweal.methods.opinion import __main__ as opinion

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("how", [["--dry-run"], []])
def test_import_conversation_says_that_nothing_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], how: list[str]
) -> None:
    wrong = tmp_path / "no" / "such-folder"
    with pytest.raises(SystemExit) as ended:
        call_command("import_conversation", str(wrong), *how)
    assert ended.value.code == 2
    assert f"Nothing is at {wrong}. " in capsys.readouterr().err


def test_replay_removals_says_that_nothing_is_there(tmp_path: Path) -> None:
    wrong = tmp_path / "no-list.jsonl"
    with pytest.raises(CommandError, match=f"^Nothing is at {wrong}. ") as ended:
        call_command("replay_removals", str(wrong))
    assert ended.value.returncode == 2


@pytest.mark.parametrize("is_comments", [False, True])
def test_opinion_says_that_nothing_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], is_comments: bool
) -> None:
    wrong, votes = str(tmp_path / "nowhere.csv"), tmp_path / "votes.csv"
    votes.write_text("timestamp,datetime,comment-id,voter-id,vote\n9,Mon,1,1,1\n")
    assert opinion.main([str(votes), "--comments", wrong] if is_comments else [wrong]) == 2
    assert f"Nothing is at {wrong}. " in capsys.readouterr().err
