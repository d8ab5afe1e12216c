"""Words that no desk of the audit shows, because a room keeps them for few eyes. Rooms say which in their `tasks.py`.

    @closed.register
    def words_in_care(ids: Collection[UUID]) -> set[UUID]: ...

They stay sealed like all others, and are forgotten with their author.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from uuid import UUID

#: Ids of words in, those of them that are closed out.
Asked = Callable[[Collection[UUID]], set[UUID]]

_rooms: list[Asked] = []


def register(asked: Asked) -> Asked:
    if asked not in _rooms:
        _rooms.append(asked)
    return asked


def closed_among(ids: Collection[UUID]) -> set[UUID]:
    """One question for each room that keeps any."""
    return set().union(*(asked(ids) for asked in _rooms)) if ids else set()
