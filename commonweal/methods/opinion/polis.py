"""Votes and statements as Polis exports them.

votes.csv                timestamp, datetime, comment-id, voter-id, vote; one row a vote, the last one counts
participants-votes.csv   participant, …, n-disagree, then a column for each statement: votes as they stood in the end
comments.csv             comment-id, moderated (-1: taken out), comment-body, …

1 is agree, -1 disagree, 0 pass. A well-formed file is read in a few passes over its bytes; in any other the first wrong
row is looked for and named.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .votes import Votes, gather

Whole = NDArray[np.int64]

VOTES_COLUMNS = ("timestamp", "comment-id", "voter-id", "vote")
COMMENTS_COLUMNS = ("comment-id", "moderated", "comment-body")
CHOICES = {"1": 1, "0": 0, "-1": -1}
_COMMA, _LINE, _RETURN, _QUOTE, _MINUS, _NOUGHT = (ord(sign) for sign in ',\n\r"-0')
#: No id or timestamp is longer.
LONGEST = 18


class UnusableFile(ValueError):
    """The file is no such export.

    Attributes:
        file, row, column: where; row 1 is the heading, 0 the file as a whole.
        expected, found: in words.
    """

    def __init__(self, file: Path, row: int, column: str, expected: str, found: str) -> None:
        self.file, self.row, self.column, self.expected, self.found = file, row, column, expected, found
        place = f"row {row}, column {column}" if column else f"row {row}" if row else "the file"
        super().__init__(f"{file.name}, {place}: we expected {expected}, and found {found}")


class NothingThere(UnusableFile):
    """No file is at the path that somebody typed: the path is told whole, so that it can be put right."""

    def __init__(self, file: Path) -> None:
        super().__init__(file, 0, "", "a file", "nothing")
        self.args = (f"Nothing is at {file.absolute()}. Please look at the path again.",)


@dataclass(frozen=True, slots=True)
class Comments:
    """What comments.csv says: the words of each statement, and which were taken out by moderators."""

    words: dict[int, str]
    moderated: frozenset[int]


def read_votes(file: Path) -> Votes:
    """Every vote of votes.csv or participants-votes.csv; which of them it is, its heading says.

    Raises:
        UnusableFile: names the row and the column.
    """
    data = _bytes(file)
    end = data.find(b"\n")
    heading = _heading(file, data[: end if end >= 0 else len(data)])
    body = np.frombuffer(data, dtype=np.uint8)[end + 1 :] if end >= 0 else np.zeros(0, dtype=np.uint8)
    if "participant" in heading:
        return _wide(file, heading, body)
    for column in VOTES_COLUMNS:
        if column not in heading:
            raise UnusableFile(file, 1, "", f"a column called {column}", ", ".join(heading))
    return _long(file, heading, body)


def read_comments(file: Path) -> Comments:
    """The statements of comments.csv.

    Raises:
        UnusableFile: names the row and the column.
    """
    rows = _rows(file)
    heading = next(rows, (1, []))[1]
    for column in COMMENTS_COLUMNS:
        if column not in heading:
            raise UnusableFile(file, 1, "", f"a column called {column}", ", ".join(heading) or "nothing")
    words, moderated = {}, set()
    for number, row in rows:
        _is_whole(file, number, row, heading)
        told = dict(zip(heading, row, strict=True))
        statement = _number(file, number, "comment-id", told["comment-id"])
        if statement in words:
            raise UnusableFile(file, number, "comment-id", "each statement once", f"{statement} again")
        words[statement] = told["comment-body"]
        if told["moderated"] not in CHOICES:
            raise UnusableFile(file, number, "moderated", "1, 0 or -1", told["moderated"])
        if told["moderated"] == "-1":
            moderated.add(statement)
    return Comments(words, frozenset(moderated))


def check_known(file: Path, votes: Votes, comments: Comments) -> None:
    """Refuse votes on a statement that comments.csv does not have."""
    for statement in votes.statements.tolist():
        if statement not in comments.words:
            raise UnusableFile(file, 0, "comment-id", "statements that the comments file has", f"a vote on {statement}")


def _bytes(file: Path) -> bytes:
    try:
        data = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as fault:
        raise NothingThere(file) from fault
    except OSError as fault:
        raise UnusableFile(file, 0, "", "a file that can be read", fault.strerror or str(fault)) from fault
    data = data.removeprefix(b"\xef\xbb\xbf")
    return data if data.endswith(b"\n") else data + b"\n" if data else data


def _heading(file: Path, line: bytes) -> list[str]:
    try:
        return next(csv.reader([line.decode("utf-8").rstrip("\r")]), [])
    except UnicodeDecodeError as fault:
        raise UnusableFile(file, 1, "", "text in UTF-8", "other bytes") from fault


def _long(file: Path, heading: list[str], body: NDArray[np.uint8]) -> Votes:
    cells = _cells(body, len(heading))
    if cells is not None:
        taken = [_whole(body, *(edge[:, heading.index(column)] for edge in cells)) for column in VOTES_COLUMNS]
        known = [each for each in taken if each is not None]
        if len(known) == len(taken) and np.isin(known[-1], (-1, 0, 1)).all():
            at, statements, people, choices = known
            return gather(people, statements, choices, at=at)
    return _row_by_row(file)


def _wide(file: Path, heading: list[str], body: NDArray[np.uint8]) -> Votes:
    first = heading.index("n-disagree") + 1 if "n-disagree" in heading else 0
    if not first or not all(name.isdecimal() for name in heading[first:]):
        raise UnusableFile(file, 1, "", "n-disagree and then a column for each statement", ", ".join(heading[:8]))
    cells = _cells(body, len(heading))
    if cells is not None:
        begin, end = cells
        people = _whole(body, begin[:, heading.index("participant")], end[:, heading.index("participant")])
        person, statement = np.nonzero(end[:, first:] > begin[:, first:])
        choices = _whole(body, begin[person, statement + first], end[person, statement + first])
        if people is not None and choices is not None and np.isin(choices, (-1, 0, 1)).all():
            return gather(people[person], np.array(heading[first:], dtype=np.int64)[statement], choices)
    return _person_by_person(file, heading, first)


def _cells(body: NDArray[np.uint8], columns: int) -> tuple[Whole, Whole] | None:
    """Where each field begins and ends, each of shape (rows, columns); None where it is not that simple."""
    if (body == _QUOTE).any():
        return None
    edges = np.flatnonzero((body == _COMMA) | (body == _LINE))
    if not len(edges):
        return np.zeros((0, columns), dtype=np.int64), np.zeros((0, columns), dtype=np.int64)
    if len(edges) % columns or (body[edges[columns - 1 :: columns]] != _LINE).any():
        return None
    if np.count_nonzero(body == _LINE) != len(edges) // columns:
        return None
    begins = np.concatenate([[0], edges[:-1] + 1]).reshape(-1, columns)
    ends = edges.reshape(-1, columns)
    if body[ends[0, -1] - 1] == _RETURN:
        if (body[ends[:, -1] - 1] != _RETURN).any():
            return None
        ends = ends.copy()
        ends[:, -1] -= 1
    return begins, ends


def _whole(body: NDArray[np.uint8], begin: Whole, end: Whole) -> Whole | None:
    """The whole numbers in these fields; None where one of them holds something else."""
    if not len(begin):
        return np.zeros(0, dtype=np.int64)
    is_negative = body[begin] == _MINUS
    begin = begin + is_negative
    lengths = end - begin
    if lengths.min() < 1 or lengths.max() > LONGEST:
        return None
    numbers = np.zeros(len(begin), dtype=np.int64)
    shortest, longest = int(lengths.min()), int(lengths.max())
    for place in range(longest, 0, -1):
        digits = body[np.maximum(end - place, 0)] - np.uint8(_NOUGHT)  # what is no digit wraps round to more than nine
        if place > shortest:
            digits[lengths < place] = 0
        if digits.max() > 9:
            return None
        numbers *= 10
        numbers += digits
    return np.where(is_negative, -numbers, numbers)


def _rows(file: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows one by one with the line that each ends on, in files of any shape."""
    data = _bytes(file)
    try:
        lines = data.decode("utf-8").splitlines(keepends=True)
    except UnicodeDecodeError as fault:
        row = data[: fault.start].count(b"\n") + 1
        raise UnusableFile(file, row, "", "text in UTF-8", f"the byte {data[fault.start]:#x}") from fault
    reader = csv.reader(lines)
    try:
        for fields in reader:
            yield reader.line_num, fields
    except csv.Error as fault:
        raise UnusableFile(file, reader.line_num, "", "fields with commas between them", str(fault)) from fault


def _number(file: Path, row: int, column: str, text: str) -> int:
    if not text.isdecimal() or len(text) > LONGEST:
        raise UnusableFile(file, row, column, "a whole number", text or "nothing")
    return int(text)


def _row_by_row(file: Path) -> Votes:
    """A fault is named; a file that is right after all is taken (it has quotes, for instance)."""
    rows = _rows(file)
    heading = next(rows)[1]
    taken: list[tuple[int, ...]] = []
    for number, row in rows:
        _is_whole(file, number, row, heading)
        told = dict(zip(heading, row, strict=True))
        ids = (_number(file, number, column, told[column]) for column in VOTES_COLUMNS[:3])
        taken.append((*ids, _choice(file, number, "vote", told["vote"])))
    at, statements, people, choices = np.array(taken, dtype=np.int64).reshape(-1, 4).T
    return gather(people, statements, choices, at=at)


def _person_by_person(file: Path, heading: list[str], first: int) -> Votes:
    rows = _rows(file)
    next(rows)
    taken: list[tuple[int, int, int]] = []
    for number, row in rows:
        _is_whole(file, number, row, heading)
        person = _number(file, number, "participant", row[heading.index("participant")])
        for column, text in zip(heading[first:], row[first:], strict=True):
            if text:
                taken.append((person, int(column), _choice(file, number, column, text)))
    people, statements, choices = np.array(taken, dtype=np.int64).reshape(-1, 3).T
    return gather(people, statements, choices)


def _is_whole(file: Path, number: int, row: list[str], heading: list[str]) -> None:
    if len(row) != len(heading):
        raise UnusableFile(file, number, "", f"{len(heading)} fields", f"{len(row)}")


def _choice(file: Path, row: int, column: str, text: str) -> int:
    if text not in CHOICES:
        raise UnusableFile(file, row, column, "1 (agree), 0 (pass) or -1 (disagree)", text or "nothing")
    return CHOICES[text]
