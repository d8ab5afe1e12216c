"""'That is not what I meant': an answer is owed once more, by a new date, to everybody whom it covers."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.calendar.days import add_working_days
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Audience
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref

from .. import policy, queries
from ..models import Owed, Reopening, Reply


@transaction.atomic
def reopen(*, reply: Reply, by: Record | Ref, at: datetime) -> Reopening | None:
    """Owe the answer again because of this reply; once for each promise. None where it was reopened before.

    The first answer, and that it came in time, stay as they are.
    """
    owed = Owed.objects.select_for_update().get(pk=reply.answer.owed_id)
    if owed.state != Owed.State.ANSWERED or Reopening.objects.filter(owed=owed).exists():
        return None
    due_on = add_working_days(policy.day_of(at), policy.ANSWER_AGAIN_WORKING_DAYS, queries.nation())
    reopened = Reopening(owed=owed, answer=reply.answer, reply=reply, at=at, due_on=max(due_on, owed.first_due_on))
    reopened.step = thread.record(
        kind="decisions.reopened",
        subject=owed,
        because=[reply.answer.step, reply.step],
        at=at,
        audience=Audience.PUBLIC if owed.is_public else Audience.PARTIES,
    )
    reopened.save(force_insert=True)
    owed.state, owed.answered_at, owed.due_on = Owed.State.OPEN, None, reopened.due_on
    owed.save(update_fields=["state", "answered_at", "due_on"])
    audit.enter(by=by, verb="decisions.reopen", subject=owed, at=at, facts={"due_on": reopened.due_on.isoformat()})
    return reopened
