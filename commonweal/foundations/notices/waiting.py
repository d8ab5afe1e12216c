"""Something that waits for a person, as each room tells it to *my day*. One shape for the whole house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise

from commonweal.foundations.thread.models import Step


@dataclass(frozen=True)
class Waiting:
    """What it is about and what is asked, in that order; where it is done; until when, or since when.

    `page` is the name of a page, for which `args` are, or an address that begins with a stroke.
    """

    what: str | Promise
    page: str
    args: tuple[UUID, ...] = ()
    due_on: date | None = None
    step: Step | None = None
    since: datetime | None = None
