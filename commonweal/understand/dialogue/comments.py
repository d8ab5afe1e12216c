"""Reads what people said in any form tool: a table with a row for each person and a column for each question.

What is in no column that was chosen goes no further than this file: names and mail addresses stay outside.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.utils.crypto import salted_hmac
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commonweal.foundations import intake
from commonweal.foundations.intake.days import written_day
from commonweal.foundations.verbs.refusals import Refusal

from .ages import UNTOLD, Ages, age_band
from .columns import AGE, DAY_FIRST, ID, LIMITS, LONGEST, MONTH_FIRST, PARTS, POSTCODE, WORDS, kind_of, plain_table
from .models import Conversation
from .wording import is_hidden


class NoColumnOfWords(Refusal):
    plainly = _("Say which column holds what people said. Nothing was kept.")


class Said(NamedTuple):
    """One answer to one question. `key` is what we know it by when the same file comes again."""

    row: int
    words: str
    on: date
    key: str


class Who(NamedTuple):
    """What a row tells about the person: a postcode as it was typed, and ages."""

    postcode: str
    ages: Ages


@dataclass(frozen=True)
class Comments:
    """A table of answers that was read to its end.

    Attributes:
        said: every answer with words in it, by row and column.
        people: by row number, what it tells about the person.
        empty: rows without a word in any of the columns chosen.
        tidied: answers from which signs that cannot be seen were taken off.
        own_rows: rows below the headings that are the form tool's own.
        read_as: the encoding or kind of the file.
    """

    conversation: Conversation
    source: str
    name: str
    digest: str
    said: tuple[Said, ...]
    people: Mapping[int, Who]
    rows: int
    empty: int
    tidied: int
    own_rows: int
    read_as: str


def read(
    file: Any,
    *,
    conversation: Conversation,
    source: str,
    parts: Mapping[str, str],
    today: date,
    said_on: date | None = None,
    name: str = "",
) -> Comments:
    """Read the table whole, or refuse it naming file, row, column, what was expected and what was found.

    Args:
        source: as `columns.source_of` gives it.
        parts: the file's name of a column → one of `PARTS`; columns that are not named are left out.
        said_on: the day of all of it, where no column says so.
    """
    if WORDS not in parts.values():
        raise NoColumnOfWords(source)
    plain, own_rows = plain_table(file, name=name)
    columns = [intake.Column(header, READERS[part], may_be_blank=part != ID) for header, part in parts.items()]
    unique = [header for header, part in parts.items() if part == ID]
    table = intake.read_table(plain.source, columns=columns, unique=unique, limits=LIMITS)
    reading = _Reading(conversation, source, table, parts, today, said_on)
    said = tuple(reading.answers())
    return Comments(
        conversation=conversation,
        source=source,
        name=table.name,
        digest=plain.source.digest,
        said=said,
        people=reading.people(),
        rows=len(table),
        empty=len(table) - len({each.row for each in said}),
        tidied=reading.tidied,
        own_rows=own_rows,
        read_as=plain.read_as,
    )


READERS = {
    WORDS: intake.text(LIMITS.cell),
    ID: intake.text(200),
    DAY_FIRST: written_day(),
    MONTH_FIRST: written_day(month_first=True),
    POSTCODE: intake.text(200),
    AGE: age_band(),
}


@dataclass
class _Reading:
    """One table on its way: each answer with its day and its key."""

    conversation: Conversation
    source: str
    table: intake.Table
    parts: Mapping[str, str]
    today: date
    said_on: date | None
    tidied: int = 0
    seen: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def answers(self) -> Iterator[Said]:
        questions = [header for header, part in self.parts.items() if part == WORDS]
        for row in self.table:
            for question in questions:
                if words := self._words(row, question):
                    on = self._day(row)
                    asked = question if len(questions) > 1 else ""
                    yield Said(row.number, words, on, self._key(row, words, on, asked))

    def people(self) -> dict[int, Who]:
        postcode, age = self._column(POSTCODE), self._column(AGE)
        return {
            row.number: Who(row.get(postcode) or "", row.get(age) or UNTOLD)
            for row in self.table
            if row.get(postcode) or row.get(age, UNTOLD) not in (None, UNTOLD)
        }

    def _column(self, wanted: str) -> str:
        return next((header for header, part in self.parts.items() if kind_of(part) == wanted), "")

    def _words(self, row: intake.Row, question: str) -> str:
        told = (row[question] or "").replace("\r\n", "\n").replace("\r", "\n")
        words = "".join(sign for sign in told if not is_hidden(sign) or unicodedata.category(sign) != "Cf")
        self.tidied += words != told
        if len(words) > LONGEST or any(is_hidden(sign) for sign in words):
            expected = format_lazy(_("a text of at most {longest} letters, without hidden signs"), longest=LONGEST)
            raise self._unfit(row, question, expected, words)
        return words.strip()

    def _day(self, row: intake.Row) -> date:
        column = self._column(DAY_FIRST)
        day = row.get(column) or self.said_on
        if day is None:
            raise self._unfit(row, column or str(PARTS[DAY_FIRST]), _("the day it was said"), _("nothing"))
        if day > self.today:
            raise self._unfit(row, column, _("a day that is not in the future"), day.isoformat())
        last = self.conversation.last_day
        if last is not None and day > last:
            expected = format_lazy(_("a day up to {last}, the last day of the conversation"), last=last.isoformat())
            raise self._unfit(row, column, expected, day.isoformat())
        return day

    def _unfit(self, row: intake.Row, column: str, expected: Any, found: Any) -> intake.UnusableFile:
        return intake.UnusableFile(self.table.name, row=row.number, column=column, expected=expected, found=found)

    def _key(self, row: intake.Row, words: str, on: date, asked: str) -> str:
        """By the source's own id; else by words and day, counted: the second 'More trees' of a day is another one."""
        if column := self._column(ID):
            return _digest(self.source, "id", row[column], asked)
        same = " ".join(unicodedata.normalize("NFKC", words).casefold().split()), on.isoformat(), asked
        self.seen[same] += 1
        return _digest(self.source, "words", *same, str(self.seen[same]))


def _digest(*parts: str) -> str:
    """Only we, with our key, find it again: an id may be somebody's mail address, and words can be guessed."""
    return salted_hmac("commonweal.dialogue.comment", "\0".join(parts), algorithm="sha256").hexdigest()
