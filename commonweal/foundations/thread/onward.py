"""What a person can do from a step: rooms above the thread offer their ways in their `steps.py`.

    onward.offer(lambda person, step: onward.Way(_("Record a decision about this"), address))

The page of a step asks each room, and shows what it is given. A room that has nothing for this person answers None.
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

_offers: list[Offer] = []


def offer(ways: Offer) -> None:
    _offers.append(ways)


def ways_from(step: Step, *, person: Any) -> list[Way]:
    return [way for ways in _offers if (way := ways(person, step)) is not None]
