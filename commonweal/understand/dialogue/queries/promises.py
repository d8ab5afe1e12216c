"""What became of the promise that a conversation made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commonweal.foundations.decisions import queries as answers
from commonweal.foundations.decisions.models import Answer, Extension, Owed

from ..models import Conversation


@dataclass(frozen=True)
class Promise:
    """A promise with a date.

    Attributes:
        account: what was done, once it is published.
        extensions: each time it was put off, and why.
    """

    owed: Owed
    account: Answer | None
    extensions: Sequence[Extension]
    is_late: bool


def promise_of(conversation: Conversation, *, on: date) -> Promise | None:
    """None where nobody named a day."""
    owed = conversation.owed
    if owed is None:
        return None
    is_late = owed.answered_at is None and owed.due_on < on
    return Promise(owed, answers.latest_answer(owed), list(answers.extensions_of(owed)), is_late)
