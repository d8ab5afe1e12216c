"""Save a whole conversation to files, to move it to another house. Everybody can see that it was done."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.people.models import Person
from commonweal.foundations.publishing.packages import zipped
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step

from .. import polis, queries
from ..models import Contribution, Conversation
from ..wording import LONGEST_REASON, clean

SUGGESTIONS = "suggestions.csv"


@dataclass(frozen=True)
class TakenAway:
    """The files in one, and the step that says that they were taken."""

    content: bytes
    step: Step


@transaction.atomic
def take_away(
    *, conversation: Conversation, reason: str, by: Person, at: datetime, because: Step | None = None
) -> TakenAway:
    """Every statement and every vote with its time, as Polis exports them, and beside them what was never voted on.

    These are political opinions with times: who watched somebody vote could find their line. So it needs a reason, the
    audit keeps who, why and which bytes, and the thread says to everybody that it was done.
    """
    words = audit.keep_words(clean(reason, longest=LONGEST_REASON))
    export = queries.export_of(conversation, reader=by)
    files = polis.write(export, url=f"{settings.SITE_ADDRESS}{conversation.get_absolute_url()}")
    if beside := queries.suggestions_beside(conversation, reader=by):
        files[SUGGESTIONS] = _suggestions(beside)
    content = zipped(files)
    step = thread.record(
        kind="dialogue.taken_away",
        subject=conversation,
        because=because or conversation.step,
        at=at,
        params={"conversation": conversation},
    )
    facts = {
        "digest": hashlib.sha256(content).hexdigest(),
        "statements": len(export.comments),
        "people": len(export.people),
        "votes": len(export.ballots),
        "suggestions": len(beside),
    }
    audit.enter(by=by, verb="dialogue.take_away", subject=conversation, at=at, facts=facts, words=[words])
    return TakenAway(content, step)


def _suggestions(said: Iterable[Contribution]) -> str:
    """As the other house can bring them in: with an id of their own, the day and the words."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", "day", "channel", "held", "words"])
    for each in said:
        marked = polis.marked(each.words.text)
        writer.writerow([each.pk, each.given_on.isoformat(), each.channel, "yes" if each.is_held else "no", marked])
    return out.getvalue()
