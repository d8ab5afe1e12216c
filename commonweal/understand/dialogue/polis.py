"""Reads a conversation as Polis exports it: a folder (or a zip) of CSV files.

    comments.csv              every statement, with how many agreed and disagreed
    votes.csv                 every vote ever cast, with its time; or, where it is absent,
    participants-votes.csv    how each participant voted in the end: a row a person, a column a statement
    summary.csv               the question, where the conversation took place, what it was about

The whole export is read before anything is kept. Columns come and go between exports; the ones used here must be there.
`write` makes such files of a conversation, so that `read` gives back what was written.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commonweal.foundations import intake
from commonweal.foundations.publishing.tables import safe

from .models import Choice

COMMENTS, VOTES, FINAL_VOTES, SUMMARY = "comments.csv", "votes.csv", "participants-votes.csv", "summary.csv"
#: The row of summary.csv that says that we wrote it, and how: its texts are to be unmarked.
MARK, MARKED = "text-cells", "an apostrophe stands before what a spreadsheet would take for a formula"

LONGEST_STATEMENT = 5_000
_NUMBER = intake.whole_number(0)
_CHOICE = intake.one_of({"-1": Choice.DISAGREE.value, "0": Choice.PASS.value, "1": Choice.AGREE.value})
_MODERATED = intake.one_of({"-1": -1, "0": 0, "1": 1})


class Comment(NamedTuple):
    """A statement. `moderated` is 1 for accepted, 0 for never looked at, -1 for rejected."""

    number: int
    author: int | None
    words: str
    agrees: int
    disagrees: int
    moderated: int
    at: datetime


class Ballot(NamedTuple):
    """One vote that was cast. `at` is None where the file says only how people voted in the end."""

    voter: int
    comment: int
    choice: int
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Difference:
    """The export counts the votes on a statement otherwise than its own rows do."""

    comment: int
    published: tuple[int, int]
    counted: tuple[int, int]

    @property
    def plainly(self) -> str | Promise:
        return format_lazy(
            _(
                "statement {number}: agrees {agrees} published, {counted_agrees} counted; "
                "disagrees {disagrees} published, {counted_disagrees} counted"
            ),
            number=self.comment,
            agrees=self.published[0],
            counted_agrees=self.counted[0],
            disagrees=self.published[1],
            counted_disagrees=self.counted[1],
        )


@dataclass(frozen=True, slots=True)
class Export:
    """A whole conversation as it was read; `ballots` in the order in which they were cast, as far as that is known."""

    source: str
    digest: str
    question: str
    description: str
    comments: tuple[Comment, ...]
    ballots: tuple[Ballot, ...]
    people: frozenset[int]
    has_times: bool

    @property
    def voters(self) -> int:
        return len({ballot.voter for ballot in self.ballots})

    @property
    def revotes(self) -> int:
        return len(self.ballots) - len({(ballot.voter, ballot.comment) for ballot in self.ballots})

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Where counting every row does not give what the export itself publishes."""
        counted = Counter((ballot.comment, ballot.choice) for ballot in self.ballots)
        found = (
            Difference(
                comment.number,
                (comment.agrees, comment.disagrees),
                (counted[comment.number, Choice.AGREE], counted[comment.number, Choice.DISAGREE]),
            )
            for comment in self.comments
        )
        return tuple(each for each in found if each.published != each.counted)


def read(folder: Path, *, question: str = "") -> Export:
    """Read the export, or refuse it naming file, row, column, what was expected and what was found.

    Args:
        question: what was asked, where summary.csv does not say so or says it badly.
    """
    bundle = intake.open_bundle(folder)
    summary = _summary(bundle)
    comments_file = bundle.source(COMMENTS)
    comments = tuple(_comments(comments_file, is_marked=MARK in summary))
    if not comments:
        raise intake.UnusableFile(
            comments_file.name, row=2, expected=_("at least one statement"), found=_("nothing below the headings")
        )
    numbers = {comment.number for comment in comments}
    has_times = VOTES in bundle
    votes_file = bundle.source(VOTES if has_times or FINAL_VOTES not in bundle else FINAL_VOTES)
    ballots, people = (_ballots if has_times else _final_ballots)(votes_file, numbers)
    return Export(
        source=f"polis:{summary.get('url') or bundle.name}",
        digest=hashlib.sha256(f"{comments_file.digest}:{votes_file.digest}".encode()).hexdigest(),
        question=question or _question(bundle, summary),
        description=summary.get("conversation-description", ""),
        comments=comments,
        ballots=tuple(ballots),
        people=frozenset(people | {comment.author for comment in comments if comment.author is not None}),
        has_times=has_times,
    )


def write(export: Export, *, url: str) -> dict[str, str]:
    """The files of a conversation as Polis has them, by name. Who voted is told by the numbers in the export alone.

    Where the votes have no times there is no votes.csv: votes that were changed later are not in it.
    """
    files = {COMMENTS: _table(_COMMENT_COLUMNS, map(_comment_row, export.comments))}
    if export.has_times:
        rows = ([*_moment(each.at), each.comment, each.voter, each.choice] for each in export.ballots)
        files[VOTES] = _table(("timestamp", "datetime", "comment-id", "voter-id", "vote"), rows)
    files[FINAL_VOTES] = _final_table(export)
    authors = {each.author for each in export.comments} - {None}
    told = {
        "topic": marked(export.question),
        "url": url,
        "voters": export.voters,
        "voters-in-conv": export.voters,
        "commenters": len(authors),
        "comments": len(export.comments),
        "conversation-description": marked(export.description),
        MARK: MARKED,
    }
    return files | {SUMMARY: _table((), told.items())}


def marked(text: str) -> str:
    """The text as no spreadsheet takes it for a formula; `unmarked` gives it back, whatever it was.

    >>> marked("=1+1"), marked("'=1+1"), marked("Trees"), unmarked(marked("'=1+1"))
    ("'=1+1", "''=1+1", 'Trees', "'=1+1")
    """
    return f"'{text}" if text.startswith("'") or safe(text) != text else text


def unmarked(text: str) -> str:
    return text.removeprefix("'")


_COMMENT_COLUMNS = [
    *("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated"),
    "comment-body",
]
_FINAL_COLUMNS = ("participant", "xid", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")


def _comment_row(each: Comment) -> list[object]:
    counts = [each.agrees, each.disagrees, each.moderated]
    return [*_moment(each.at), each.number, each.author, *counts, marked(each.words)]


def _final_table(export: Export) -> str:
    """A row for everybody who voted or wrote, a column for every statement: each vote as it stands in the end."""
    numbers = sorted(each.number for each in export.comments)
    wrote = Counter(each.author for each in export.comments)
    cast: dict[int, dict[int, int]] = {person: {} for person in sorted(export.people)}
    for ballot in export.ballots:
        cast[ballot.voter][ballot.comment] = ballot.choice
    rows = []
    for person, own in cast.items():
        counts = Counter(own.values())
        told = [person, "", "", wrote[person], len(own), counts[Choice.AGREE], counts[Choice.DISAGREE]]
        rows.append([*told, *(own.get(number, "") for number in numbers)])
    return _table((*_FINAL_COLUMNS, *numbers), rows)


def _table(columns: Sequence[object], rows: Iterable[Iterable[object]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    if columns:
        writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def _moment(at: datetime | None) -> tuple[int, str]:
    assert at is not None, "votes without times are in no table with times"
    return round(at.timestamp() * 1_000), at.astimezone(UTC).strftime("%a %b %d %H:%M:%S UTC %Y")


def _comments(source: intake.Source, *, is_marked: bool) -> Iterator[Comment]:
    table = intake.read_table(
        source,
        columns=[
            intake.Column("timestamp", intake.millisecond_timestamp()),
            intake.Column("comment-id", _NUMBER),
            intake.Column("author-id", _NUMBER, may_be_blank=True),
            intake.Column("agrees", _NUMBER),
            intake.Column("disagrees", _NUMBER),
            intake.Column("moderated", _MODERATED),
            intake.Column("comment-body", intake.text(LONGEST_STATEMENT), may_be_blank=True),
        ],
        unique=["comment-id"],
    )
    for row in table:
        yield Comment(
            row["comment-id"],
            row["author-id"],
            unmarked(row["comment-body"] or "") if is_marked else row["comment-body"] or "",
            row["agrees"],
            row["disagrees"],
            row["moderated"],
            row["timestamp"],
        )


def _ballots(source: intake.Source, known: set[int]) -> tuple[list[Ballot], set[int]]:
    """Every vote cast, by time; of two at the same moment the later row is the later vote."""
    ballots: list[tuple[datetime, Ballot]] = []
    rows = intake.stream_rows(
        source,
        columns=[
            intake.Column("timestamp", intake.millisecond_timestamp()),
            intake.Column("comment-id", _NUMBER),
            intake.Column("voter-id", _NUMBER),
            intake.Column("vote", _CHOICE),
        ],
    )
    for row in rows:
        if row["comment-id"] not in known:
            raise _unknown(source, row.number, "comment-id", str(row["comment-id"]))
        at = row["timestamp"]
        ballots.append((at, Ballot(row["voter-id"], row["comment-id"], row["vote"], at)))
    ballots.sort(key=lambda each: each[0])
    return [ballot for _at, ballot in ballots], {ballot.voter for _at, ballot in ballots}


def _final_ballots(source: intake.Source, known: set[int]) -> tuple[list[Ballot], set[int]]:
    """How each participant voted in the end; columns that are not named by a number are not votes."""
    table = intake.read_table(
        source,
        columns=[intake.Column("participant", _NUMBER)],
        others=intake.text(LONGEST_STATEMENT),
        unique=["participant"],
    )
    for header in table.headers:
        if header.isdigit() and int(header) not in known:
            raise _unknown(source, 1, header, header)
    ballots = [
        Ballot(row["participant"], int(column), _choice(source, row.number, column, cell), None)
        for row in table
        for column, cell in row.others.items()
        if column.isdigit()
    ]
    return ballots, {row["participant"] for row in table}


def _choice(source: intake.Source, row: int, column: str, cell: str) -> int:
    try:
        return int(_CHOICE.read(cell))
    except ValueError as other:
        raise intake.UnusableFile(source.name, row=row, column=column, expected=_CHOICE.expected, found=cell) from other


def _unknown(source: intake.Source, row: int, column: str, found: str) -> intake.UnusableFile:
    expected = format_lazy(_("a statement that is in {file}"), file=COMMENTS)
    return intake.UnusableFile(source.name, row=row, column=column, expected=expected, found=found)


def _summary(bundle: intake.Bundle) -> dict[str, str]:
    if SUMMARY not in bundle:
        return {}
    source = bundle.source(SUMMARY)
    try:
        told = {row[0].strip(): row[1].strip() for row in csv.reader(source.text()) if len(row) > 1}
    except csv.Error as fault:
        raise intake.UnusableFile(
            source.name, expected=_("rows of two cells: a name and a value"), found=str(fault)
        ) from fault
    return {name: unmarked(value) if MARK in told else value for name, value in told.items()}


def _question(bundle: intake.Bundle, summary: dict[str, str]) -> str:
    if question := summary.get("topic", ""):
        return question
    raise intake.UnusableFile(
        bundle.name,
        expected=format_lazy(_("a topic in {file}, or the question with --question"), file=SUMMARY),
        found=_("no question"),
    )
