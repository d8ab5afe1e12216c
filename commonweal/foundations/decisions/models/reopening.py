"""An answer that missed what somebody meant, and is owed once more."""

from __future__ import annotations

from django.db import models

from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record

from .answer import Answer, Reply
from .owed import Owed


class Reopening(Record):
    """'That is not what I meant': the answer is owed again, by a new date, once. The first answer stays."""

    owed = models.OneToOneField(Owed, on_delete=models.PROTECT, related_name="reopening")
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="+")
    reply = models.OneToOneField(Reply, on_delete=models.PROTECT, related_name="reopening")
    due_on = models.DateField()
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
