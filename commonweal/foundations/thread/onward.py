"""What a person can do from a step: rooms above the thread offer their ways in their `steps.py`.

    onward.offer(lambda person, step: onward.Way(_("Record a decision about this"), address))

The page of a step, and the page of the record that it is about, ask each room and show what they are given. A room
that has nothing for this person answers None.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

if TYPE_CHECKING:
    from .models import Step


@dataclass(frozen=True)
class Way:
    """A link, or a button where following it changes something."""

    text: str | Promise
    address: str
    changes: bool = False


#: The person who looks (None for a stranger) and the step in, a way out.
Offer = Callable[[Any, "Step"], Way | None]

#: Each with whether it gives buttons.
_offers: list[tuple[Offer, bool]] = []


def offer(ways: Offer, *, changes: bool = False) -> None:
    """Give a way out of steps; `changes` for buttons, which only the page of the step itself shows."""
    _offers.append((ways, changes))


def ways_from(step: Step, *, person: Any) -> list[Way]:
    return [way for ways, _changes in _offers if (way := ways(person, step)) is not None]


def links_from(step: Step, *, person: Any) -> list[Way]:
    """The links alone, for the page of the record that the step is about (`thread/ways.html`)."""
    return [way for ways, changes in _offers if not changes and (way := ways(person, step)) is not None]
