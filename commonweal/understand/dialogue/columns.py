"""Which column of a form tool's table is what: looked at, guessed, and said by a person once for each source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any

from django.utils.translation import gettext_lazy as _

from commonweal.foundations import intake
from commonweal.foundations.intake.days import puts_the_month_first
from commonweal.foundations.intake.sheets import Plain, as_text, without_rows

from .models import Conversation

LONGEST = 5_000
LIMITS = intake.Limits(bytes=20_000_000, rows=50_000, columns=200)
#: So many rows are looked at to guess which column is what.
LOOKED_AT = 300

WORDS, ID, POSTCODE, AGE = "words", "id", "postcode", "age"
DAY_FIRST, MONTH_FIRST = "day", "day-month-first"
#: What a column may hold. Only `words` may be said of several.
PARTS = {
    WORDS: _("What they said"),
    ID: _("The number or code of the answer"),
    DAY_FIRST: _("The day they said it (day first: 31/12/2026)"),
    MONTH_FIRST: _("The day they said it (month first: 12/31/2026)"),
    POSTCODE: _("Their postcode (becomes a ward, and is not kept)"),
    AGE: _("Their age or age band"),
}
#: How the columns of common form tools are called.
_CALLED = {
    ID: re.compile(r"(?:response|respondent|submission|answer|record)?[ _-]?(?:id|#|number|no\.?|code)"),
    POSTCODE: re.compile(r".*(?:post ?code|cod post).*"),
    AGE: re.compile(r"(?:.*\b(?:age|oed)\b.*|how old are you.*)"),
    DAY_FIRST: re.compile(
        r"(?:time ?stamp|date|day|when|(?:start|end|recorded|submit|completion|created|updated).*|dyddiad)"
    ),
}
#: A text column that nobody would call a code: so many letters on the average.
A_SENTENCE = 25
#: What SurveyMonkey writes below a question, and how Qualtrics begins its third row.
_OPEN_ENDED, _IMPORT_ID = "open-ended response", '{"importid"'


@dataclass(frozen=True, slots=True)
class Look:
    """The columns of a file, before anybody has said which is which.

    Attributes:
        examples: for each column, the first cells that are not blank.
        guess: for each column, one of `PARTS`, or nothing.
        months_first: whether its days can only be read with the month first; None where they do not say.
    """

    name: str
    headers: tuple[str, ...]
    examples: Mapping[str, Sequence[str]]
    guess: Mapping[str, str]


def source_of(conversation: Conversation, called: str) -> str:
    """How intake knows a source of this conversation: by what the convenor calls it, capitals and spaces aside."""
    return f"comments:{conversation.pk}:{' '.join(called.casefold().split())[:80]}"


def plain_table(file: Any, *, name: str = "") -> tuple[Plain, int]:
    """The table as plain text, and how many rows below the headings are the tool's own and were left blank."""
    plain = as_text(file, name=name, limits=LIMITS)
    table = intake.read_table(plain.source, columns=[], others=intake.text(LIMITS.cell), limits=LIMITS)
    added = _added(table)
    if added:
        plain = Plain(without_rows(plain.source, range(2, 2 + added)), plain.read_as)
    return plain, added


def look(file: Any, *, name: str = "") -> Look:
    """The columns of a file, what is in them and what they may be."""
    plain, _added_rows = plain_table(file, name=name)
    table = intake.read_table(plain.source, columns=[], others=intake.text(LIMITS.cell), limits=LIMITS)
    cells: dict[str, list[str]] = {header: [] for header in table.headers}
    for row in table.rows[:LOOKED_AT]:
        for header, cell in row.others.items():
            cells[header].append(cell)
    examples = {header: some[:3] for header, some in cells.items()}
    return Look(table.name, table.headers, examples, _guessed(cells))


def _guessed(cells: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """What each column may be, by its name and its cells. A person has the last word."""
    guess: dict[str, str] = {}
    for header, some in cells.items():
        called = " ".join(header.casefold().split())
        part = next((part for part, pattern in _CALLED.items() if pattern.fullmatch(called)), "")
        if part == DAY_FIRST and puts_the_month_first(some):
            part = MONTH_FIRST
        if not part and some and mean(map(len, some)) >= A_SENTENCE:
            part = WORDS
        is_taken = part != WORDS and kind_of(part) in {kind_of(each) for each in guess.values()}
        guess[header] = "" if is_taken else part
    return guess


def kind_of(part: str) -> str:
    """Days are days, whichever way round they are written."""
    return DAY_FIRST if part == MONTH_FIRST else part


def _added(table: intake.Table) -> int:
    """How many of the first rows are the tool's own. Only what no person would write is taken for that."""
    cells = [[cell.casefold() for cell in row.others.values()] for row in table.rows[:2]]
    if len(cells) == 2 and any(cell.startswith(_IMPORT_ID) for cell in cells[1]):
        return 2
    return int(bool(cells) and _OPEN_ENDED in cells[0])
