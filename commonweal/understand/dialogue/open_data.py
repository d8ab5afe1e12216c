"""What an open data set holds, and what somebody could find out from it.

People get fresh numbers, drawn by lot for this set, and stand in their order; there are no times, no authors of
statements and nothing else about anybody. What the attacker of `methods.reidentification` finds is told beside it.
"""

from __future__ import annotations

import csv
import io
import json
import random  # noqa: TID251 - the seed is drawn at the edge, and kept with the result
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.foundations.publishing.packages import Column, Table, descriptor
from commonweal.methods.reidentification import Attack, Row, attack

from .models import Statement

VOTES, STATEMENTS, ATTACK = "participants-votes.csv", "comments.csv", "attack.csv"
#: The columns of the votes that are none.
BESIDE = ("participant", "n-votes", "n-agree", "n-disagree")
README, LIST = "README.txt", "datapackage.json"
#: From these shares on people are easy to single out, for whoever knows so many of their votes.
EASY = {3: 0.05, 5: 0.10}
#: Participant's number, statement's number, choice.
Vote = tuple[int, int, int]


@dataclass(frozen=True)
class Line:
    """One line of what an attacker finds, in words and numbers as people read them."""

    known: str
    people: str
    unique: str
    others: str

    @property
    def cells(self) -> tuple[str, ...]:
        return self.known, self.people, self.unique, self.others


def found_in(votes: Iterable[Vote], *, seed: int) -> Attack:
    return attack(votes, rng=random.Random(seed))  # noqa: S311 - it draws known votes, and hides nothing


def kept(result: Attack) -> dict[str, Any]:
    """The result as it is kept."""
    return asdict(result)


def again(kept: Mapping[str, Any]) -> Attack:
    return Attack(**{**kept, "rows": tuple(Row(**row) for row in kept["rows"])})


def is_easy(result: Attack) -> bool:
    """People are easy to single out."""
    return any((row := result.at(known)) is not None and row.unique >= share for known, share in EASY.items())


def lines(result: Attack) -> list[Line]:
    return [
        Line(
            ngettext("%(count)s vote", "%(count)s votes", row.known) % {"count": row.known},
            f"{row.people:,}",
            _in_a_hundred(row.unique),
            f"{row.others:,}",
        )
        for row in result.rows
    ]


def holds(result: Attack) -> str:
    """How much is in a set. Of fewer than fifty people there is none."""
    return _("%(people)s people, %(statements)s statements, %(votes)s votes.") % {
        "people": f"{result.people:,}",
        "statements": f"{result.statements:,}",
        "votes": f"{result.votes:,}",
    }


def plainly(result: Attack) -> str:
    """The result in one or two sentences, for three and for five known votes, where there are so many."""
    told = [row for known in (3, 5) if (row := result.at(known)) is not None] or [result.rows[-1]]
    return " ".join(
        ngettext(
            "Somebody who knows %(known)s vote of a person finds that person's other votes in %(share)s cases of 100.",
            "Somebody who knows %(known)s votes of a person finds that person's other votes in %(share)s cases of 100.",
            row.known,
        )
        % {"known": row.known, "share": _in_a_hundred(row.unique)}
        for row in told
    )


def renumbered(votes: Sequence[Vote], *, lot: random.Random) -> list[Vote]:
    """The same votes under fresh numbers from 1, drawn by lot, in the order of the new numbers."""
    people = sorted({person for person, _statement, _choice in votes})
    fresh = list(range(1, len(people) + 1))
    lot.shuffle(fresh)
    number = dict(zip(people, fresh, strict=True))
    return sorted((number[person], statement, choice) for person, statement, choice in votes)


def table_of(votes: Sequence[Vote]) -> str:
    """A row a person, a column a statement: the file that `opinion` reads."""
    statements = sorted({statement for _person, statement, _choice in votes})
    of: dict[int, dict[int, int]] = {}
    for person, statement, choice in votes:
        of.setdefault(person, {})[statement] = choice
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*BESIDE, *statements])
    for person in sorted(of):
        cast = list(of[person].values())
        counts = [len(cast), cast.count(1), cast.count(-1)]
        writer.writerow([person, *counts, *(of[person].get(each, "") for each in statements)])
    return out.getvalue()


def tables(votes: str, statements: Iterable[tuple[Statement, str]], result: Attack) -> list[Table]:
    """The files of a set. `statements` come with their words as everybody may read them now."""
    header = next(csv.reader(io.StringIO(votes)))
    cast = _counted(votes)
    said = [
        [each.number, *cast[each.number], -1 if each.contribution.is_held else 1, words]
        for each, words in statements
        if each.number in cast
    ]
    found = [
        [row.known, row.people, round(row.unique, 4), round(row.low, 4), round(row.high, 4), row.others]
        for row in result.rows
    ]
    return [
        Table(
            VOTES, _("How each person voted in the end: 1 agree, 0 pass, -1 disagree."), _vote_columns(header), votes
        ),
        Table.of(STATEMENTS, _("What people voted on, and how often."), _statement_columns(), said),
        Table.of(ATTACK, _("What somebody finds who knows some votes of a person."), _attack_columns(), found),
    ]


def files(
    *, name: str, title: str, made: Sequence[Table], result: Attack, seed: int, address: str, published: str
) -> dict[str, str]:
    """Everything in the package, by name."""
    readme = _readme(title, result, seed=seed, address=address, published=published)
    more = {"homepage": address, "created": published, "schemas": {each.name: each.json_schema for each in made}}
    listed = descriptor(name=name, title=title, description=readme, tables=made, more=more)
    return {
        README: readme,
        LIST: json.dumps(listed, ensure_ascii=False, indent=1) + "\n",
        **{each.name: each.content for each in made},
    }


def _readme(title: str, result: Attack, *, seed: int, address: str, published: str) -> str:
    head = [
        title,
        address,
        _("Published on %(day)s.") % {"day": published},
        "",
        holds(result),
        _(
            "The numbers of people were drawn by lot for this set and stand nowhere else. There are no times, no "
            "authors and nothing about people in it. Sets of fewer than fifty people are not published."
        ),
        "",
        _("Could somebody be found in it? Yes, by whoever knows enough of their votes:"),
    ]
    rows = [
        _("%(known)s known: singled out of 100 people: %(unique)s; others who match, in the middle case: %(others)s")
        % {"known": line.known, "unique": line.unique, "others": line.others}
        for line in lines(result)
    ]
    tail = [
        _("Reckoned by drawing known votes, with the seed %(seed)s.") % {"seed": seed},
        _("Please do not try to find out who somebody is."),
    ]
    return "\n".join([*head, *rows, "", *tail, ""])


def _in_a_hundred(share: float) -> str:
    """Rounded so that nobody is told 'nobody' where there is somebody.

    >>> _in_a_hundred(0.004), _in_a_hundred(0), _in_a_hundred(0.997), _in_a_hundred(1.0), _in_a_hundred(0.246)
    ('fewer than 1', '0', 'more than 99', '100', '25')
    """
    if 0 < share < 0.01:
        return _("fewer than 1")
    if 0.99 < share < 1:
        return _("more than 99")
    return f"{100 * share:.0f}"


def _counted(votes: str) -> dict[int, tuple[int, int, int]]:
    """Agrees, passes and disagrees of each statement in the table."""
    header, *rows = csv.reader(io.StringIO(votes))
    counted = {}
    for place, statement in enumerate(header[len(BESIDE) :], start=len(BESIDE)):
        cells = [row[place] for row in rows]
        counted[int(statement)] = (cells.count("1"), cells.count("0"), cells.count("-1"))
    return counted


def _vote_columns(header: Sequence[str]) -> list[Column]:
    says = _("How the person voted on this statement; blank where they did not.")
    beside = (
        _("A number drawn by lot for this set."),
        _("On how many statements they voted."),
        _("How often they agreed."),
        _("How often they disagreed."),
    )
    counts = [Column(name, "integer", told) for name, told in zip(BESIDE, beside, strict=True)]
    return [*counts, *(Column(each, "integer", says, (1, 0, -1), may_be_blank=True) for each in header[len(BESIDE) :])]


def _statement_columns() -> list[Column]:
    return [
        Column("comment-id", "integer", _("The statement's number, as in the columns of the votes.")),
        Column("agrees", "integer", _("How many agreed.")),
        Column("passes", "integer", _("How many passed.")),
        Column("disagrees", "integer", _("How many disagreed.")),
        Column("moderated", "integer", _("1: everybody may read it; -1: held back since."), (1, -1)),
        Column("comment-body", "string", _("Its words on the day of the download."), may_be_blank=True),
    ]


def _attack_columns() -> list[Column]:
    return [
        Column("known", "integer", _("How many votes of a person somebody knows.")),
        Column("people", "integer", _("How many people cast at least so many.")),
        Column("unique", "number", _("The share of them whom these votes single out.")),
        Column("low", "number", _("Lower end of its interval, 95 in 100.")),
        Column("high", "number", _("Upper end of its interval.")),
        Column("others", "integer", _("How many others match too, in the middle case.")),
    ]
