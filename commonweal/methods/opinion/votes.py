"""Votes of people on statements, each pair once, in an order that does not depend on how they came."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Whole = NDArray[np.intp]
Choices = NDArray[np.int8]

AGREE, PASS, DISAGREE = 1, 0, -1


class UnusableVotes(ValueError):
    """The votes cannot be reckoned with: lists of unequal length, or a choice that is none of 1, 0 and -1."""


@dataclass(frozen=True, slots=True)
class Votes:
    """Sparse votes, sorted by person and then by statement.

    Attributes:
        people: the ids of all who voted, sorted; shape (n,).
        statements: the ids of all statements, sorted; shape (m,).
        person, statement: for each vote an index into `people` and `statements`; shape (v,).
        choice: 1 agree, -1 disagree, 0 pass; shape (v,).
    """

    people: NDArray[Any]
    statements: NDArray[Any]
    person: Whole
    statement: Whole
    choice: Choices

    def __len__(self) -> int:
        return len(self.choice)

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.people), len(self.statements)

    @property
    def of_each_person(self) -> Whole:
        """How many statements each person voted on; shape (n,)."""
        return np.bincount(self.person, minlength=len(self.people))

    def are_on(self, statements: Collection[Hashable]) -> NDArray[np.bool_]:
        """Which of the statements are among these; shape (m,)."""
        return np.isin(self.statements, np.array(list(statements), dtype=self.statements.dtype))

    def only(self, people: NDArray[np.bool_], statements: NDArray[np.bool_]) -> Votes:
        """The votes of some people on some statements. Both keep their ids."""
        kept = people[self.person] & statements[self.statement]
        new_person, new_statement = people.cumsum() - 1, statements.cumsum() - 1
        return Votes(
            self.people[people],
            self.statements[statements],
            new_person[self.person[kept]],
            new_statement[self.statement[kept]],
            self.choice[kept],
        )

    def with_one_more(self, person: Hashable, statement: Hashable, choice: int) -> Votes:
        """The same and one more; a vote on the same statement is replaced. For many votes at once use `gather`."""
        if choice not in (AGREE, PASS, DISAGREE):
            raise UnusableVotes(f"a choice is 1, 0 or -1, not {choice!r}")
        people, row, is_new_person = _placed(self.people, person)
        statements, column, is_new_statement = _placed(self.statements, statement)
        rows = self.person + (self.person >= row) if is_new_person else self.person
        columns = self.statement + (self.statement >= column) if is_new_statement else self.statement
        at = int(np.searchsorted(rows * len(statements) + columns, row * len(statements) + column))
        if at < len(rows) and rows[at] == row and columns[at] == column:
            choices = self.choice.copy()
            choices[at] = choice
            return Votes(people, statements, rows, columns, choices)
        return Votes(
            people,
            statements,
            np.insert(rows, at, row),
            np.insert(columns, at, column),
            np.insert(self.choice, at, choice),
        )


def gather(people: ArrayLike, statements: ArrayLike, choices: ArrayLike, *, at: ArrayLike | None = None) -> Votes:
    """Votes from three lists of the same length. Of repeated votes the last counts.

    Args:
        people: who voted, whole numbers or texts.
        statements: on what.
        choices: 1 agree, -1 disagree, 0 pass.
        at: when, in any unit that sorts; of two at the same moment, and without `at`, the later in the list counts.

    Raises:
        UnusableVotes: the lists differ in length, or a choice is none of 1, 0 and -1.

    >>> votes = gather(["ann", "bob", "ann"], [7, 7, 7], [1, -1, 0])
    >>> votes.people.tolist(), votes.choice.tolist()
    (['ann', 'bob'], [0, -1])
    """
    person_ids, statement_ids, chosen = np.asarray(people), np.asarray(statements), np.asarray(choices)
    if not len(person_ids) == len(statement_ids) == len(chosen):
        raise UnusableVotes("people, statements and choices are not as many as each other")
    if not np.isin(chosen, (AGREE, PASS, DISAGREE)).all():
        raise UnusableVotes("a choice is 1, 0 or -1")
    known_people, person = _known(person_ids)
    known_statements, statement = _known(statement_ids)
    pair = person * len(known_statements) + statement
    moments = np.zeros(0) if at is None else np.asarray(at)
    in_time = (moments[1:] >= moments[:-1]).all()
    order = np.argsort(pair, kind="stable") if in_time else np.lexsort((moments, pair))
    is_last = np.append(pair[order][1:] != pair[order][:-1], True) if len(order) else np.zeros(0, dtype=bool)
    counts = order[is_last]
    return Votes(known_people, known_statements, person[counts], statement[counts], chosen[counts].astype(np.int8))


def _known(ids: NDArray[Any]) -> tuple[NDArray[Any], Whole]:
    """The different ids, sorted, and where each one stands among them. Small whole numbers need no sorting."""
    if ids.dtype.kind not in "iu" or not len(ids) or ids.min() < 0 or ids.max() > 4 * len(ids) + 1_000:
        known, at = np.unique(ids, return_inverse=True)
        return known, at
    is_there = np.zeros(int(ids.max()) + 1, dtype=bool)
    is_there[ids] = True
    return np.flatnonzero(is_there).astype(ids.dtype), (is_there.cumsum() - 1)[ids]


def _placed(ids: NDArray[Any], one: Hashable) -> tuple[NDArray[Any], int, bool]:
    """The ids with this one in its place, the place, and whether it is new."""
    at = int(np.searchsorted(ids, one))  # type: ignore[call-overload]
    if at < len(ids) and ids[at] == one:
        return ids, at, False
    return np.concatenate([ids[:at], np.array([one]), ids[at:]]), at, True
