"""Files that cannot be used: the command ends with 2 and says file, row, column, what was expected and what was found;
the page answers 422 and says the same. Nothing of them is kept."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from tests.abuse.streets import Street
from tests.abuse.test_garbage import counts

pytestmark = pytest.mark.django_db

COMMENTS = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
COMMENTS += "".join(f'1000000000000,x,{number},7,0,0,1,"Statement {number}"\n' for number in range(3))
VOTES = "timestamp,datetime,comment-id,voter-id,vote\n"
SUMMARY = "topic,How should the path feel?\nurl,https://polis.example/toy\nconversation-description,Toy\n"


def votes(rows: int = 12, wrong: str = "", at_row: int = 0) -> str:
    lines = [f"{1000000000000 + row},x,{row % 3},{row},1\n" for row in range(rows)]
    if wrong:
        lines[at_row - 2] = wrong  # the first line of the file names the columns
    return VOTES + "".join(lines)


#: What is wrong: (files, and what the refusal must name).
UNUSABLE: dict[str, tuple[dict[str, bytes | str | None], tuple[str, ...]]] = {
    "a missing column": ({"votes": votes().replace("voter-id", "voter")}, ("votes.csv", "voter-id")),
    "a wrong type in row 7,000": (
        {"votes": votes(8_000, "1000000000000,x,one,9,1\n", 7_000)},
        ("votes.csv", "7000", "comment-id", "one"),
    ),
    "a vote of 7 in row 7,000": (
        {"votes": votes(8_000, "1000000000000,x,1,9,7\n", 7_000)},
        ("votes.csv", "7000", "vote", "7"),
    ),
    "a statement twice": (
        {"comments": COMMENTS + "1000000000000,x,1,7,0,0,1,Again\n"},
        ("comments.csv", "5", "comment-id", "1"),
    ),
    "somebody twice among final votes": (
        {
            "votes": None,
            "participants-votes": "participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2\n"
            + "7,,0,1,1,1,0,1,,\n" * 2,
        },
        ("participants-votes.csv", "3", "participant", "7"),
    ),
    "Latin-1": ({"comments": COMMENTS.replace("Statement 1", "Café").encode("latin-1")}, ("comments.csv", "3")),
    "two bytes for a letter": ({"comments": COMMENTS.encode("utf-16")}, ("comments.csv",)),
    "an empty file": ({"votes": ""}, ("votes.csv",)),
    "no file of votes": ({"votes": None}, ("votes",)),
    "no file of statements": ({"comments": None}, ("comments",)),
    "a file that is a picture": ({"comments": b"\x89PNG\r\n\x1a\n" + bytes(range(256))}, ("comments.csv",)),
    "a NUL": ({"comments": COMMENTS.replace("Statement 1", "State\x00ment")}, ("comments.csv", "3")),
    "a row that is too long": ({"votes": votes() + "1,x,0,9,1,1,1,1\n"}, ("votes.csv", "14")),
    "one huge cell": ({"comments": COMMENTS.replace("Statement 1", "x" * 3_000_000)}, ("comments.csv", "3")),
    "a statement that nobody made": ({"votes": votes() + "1,x,99,9,1\n"}, ("votes.csv", "14", "99")),
}


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    def write(files: dict[str, Any]) -> Path:
        for stem, content in {"comments": COMMENTS, "votes": votes(), "summary": SUMMARY, **files}.items():
            if content is not None:
                path = tmp_path / f"{stem}.csv"
                path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return write


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as ended:
        call_command("import_conversation", *arguments)
    assert ended.value.code == 2
    return capsys.readouterr().err


@pytest.mark.parametrize("fault", UNUSABLE)
@pytest.mark.parametrize("how", ["--dry-run", ""])
def test_an_unusable_export_ends_with_2_and_keeps_nothing(
    fault: str, how: str, folder: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    files, named = UNUSABLE[fault]
    before = counts()
    told = refused(capsys, str(folder(files)), *([how] if how else []))
    assert [part for part in named if part not in told] == [], told
    assert "Traceback" not in told and len(told) < 2_000
    assert counts() == before


def test_a_usable_export_comes_in(folder: Callable[..., Path]) -> None:
    """The control, with a byte order mark, which is no fault."""
    before = counts()
    call_command(
        "import_conversation", str(folder({"comments": b"\xef\xbb\xbf" + COMMENTS.encode()})), stdout=io.StringIO()
    )
    assert counts()["dialogue.statement"] == before["dialogue.statement"] + 3


def test_headings_without_a_statement_are_refused(
    folder: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    before = counts()
    told = refused(capsys, str(folder({"comments": COMMENTS.splitlines(keepends=True)[0], "votes": VOTES})))
    assert "comments.csv" in told
    assert counts() == before


def archive(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as zipped:
        for name, content in entries.items():
            zipped.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("entries", "named"),
    [
        ({"comments.csv": b"0" * 150_000_000}, "bomb.zip"),
        ({"../../comments.csv": COMMENTS.encode(), "votes.csv": votes().encode()}, "bomb.zip"),
        ({f"{number}.csv": b"x" for number in range(5_000)}, "bomb.zip"),
        ({"readme.txt": b"nothing"}, "bomb.zip"),
    ],
)
def test_a_zip_that_swells_climbs_or_holds_nothing_is_refused(
    entries: dict[str, bytes], named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = counts()
    told = refused(capsys, str(archive(tmp_path / "bomb.zip", entries)))
    assert named in told
    assert counts() == before
    assert [file.name for file in tmp_path.iterdir()] == ["bomb.zip"]


def test_what_is_no_zip_and_what_is_not_there_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bomb.zip").write_bytes(b"PK\x03\x04 and no more")
    assert "bomb.zip" in refused(capsys, str(tmp_path / "bomb.zip"))
    assert "nowhere" in refused(capsys, str(tmp_path / "nowhere"))


# -- a file sent on a page

GOOD = "value,from,to,source\n"
ROWS = "".join(
    f"{50 + row % 40},{2000 + row // 300}-{1 + row // 25 % 12:02}-{1 + row % 25:02},END,A survey\n"
    for row in range(8_000)
)
READINGS = {
    "a missing column": ("value,from,source\n1,2025-01-01,x\n", ("readings.csv", "to")),
    "a wrong type in row 7,000": (None, ("readings.csv", "7000", "value", "many")),
    "an empty file": ("", ("file is empty",)),
    "Latin-1": (GOOD.encode() + "1,2025-01-01,2025-01-31,Café\n".encode("latin-1"), ("readings.csv", "2")),
    "a day that is none": (GOOD + "1,2025-02-30,2025-03-31,x\n", ("readings.csv", "2", "from", "2025-02-30")),
    "no number": (GOOD + "NaN,2025-01-01,2025-01-31,x\n", ("readings.csv", "2", "value", "NaN")),
    "beyond all numbers": (GOOD + "1e400,2025-01-01,2025-01-31,x\n", ("readings.csv", "2", "value", "1e400")),
    "the same time twice": (GOOD + "1,2025-01-01,2025-01-31,x\n" * 2, ("readings.csv", "3")),
    "backwards": (GOOD + "1,2025-03-01,2025-01-31,x\n", ("readings.csv", "2")),
}


@pytest.mark.parametrize("fault", READINGS)
def test_an_unusable_file_on_a_page_is_refused_and_keeps_nothing(street: Street, fault: str) -> None:
    content, named = READINGS[fault]
    if content is None:
        lines = ROWS.replace("END", "2099-01-01").splitlines(keepends=True)
        content = GOOD + "".join([*lines[:6_998], "many,2025-01-01,2025-01-31,x\n", *lines[6_998:]])
    sent = SimpleUploadedFile("readings.csv", content if isinstance(content, bytes) else content.encode())
    address = reverse("outcomes:upload", args=[street.town.indicator.pk])
    before = counts()
    with transaction.atomic():
        answer = street.browser("commissioner").post(address, {"file": sent})
        after = counts()
        transaction.set_rollback(True)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert [part for part in named if part not in page] == [], page[page.find("error-summary") :][:900]
    assert after == before


def test_other_bytes_than_those_that_were_looked_at_are_not_taken(street: Street) -> None:
    address = reverse("outcomes:upload", args=[street.town.indicator.pk])
    before = counts()
    for sent in (
        {"name": "x.csv", "content": "%%%", "digest": "x"},
        {"name": "x.csv", "content": "dmFsdWU=", "digest": "0" * 64},
        {"content": ""},
    ):
        answer = street.browser("commissioner").post(address, sent)
        assert answer.status_code == 422
    assert counts() == before
