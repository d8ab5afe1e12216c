"""What was learned, so that the next turn starts from a better place."""

from __future__ import annotations

from django.db import models

from commonweal.foundations.audit.models import Words
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record


class Lesson(Record):
    """What was learned, why it was so, and where it holds. Kept as it was said."""

    what = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    why = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    context = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    kept_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    #: The form's own number: the same form sent again keeps nothing new.
    sent_as = models.UUIDField(null=True, unique=True)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
