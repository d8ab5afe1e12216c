"""What else must go when a person is erased. Later rooms register here, in their `tasks.py`.

    from commonweal.foundations.people import erasers

    @erasers.register
    def forget_contributions(person, at): ...

The verb `people.erase` calls each of them in its own transaction: either everything goes or nothing does.
An eraser removes words, names and addresses; it leaves ids, amounts and counts, so that sums still add up.
"""

from collections.abc import Callable
from datetime import datetime

from .models import Person

Eraser = Callable[[Person, datetime], None]

_erasers: list[Eraser] = []


def register(eraser: Eraser) -> Eraser:
    if eraser not in _erasers:
        _erasers.append(eraser)
    return eraser


def registered() -> tuple[Eraser, ...]:
    return tuple(_erasers)
