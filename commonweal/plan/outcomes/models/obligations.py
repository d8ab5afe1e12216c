"""Who does what, by when, and what must come first."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from commonweal.foundations.audit.models import Words
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record

from .outcomes import Outcome


class Obligation(Record):
    """An organisation will do something by a day. It may wait only for one that was there before it: no circles."""

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="obligations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=300)
    due_on = models.DateField()
    depends_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    taken_on_at = models.DateTimeField()
    #: The form's own number: the same form sent again adds no task.
    sent_as = models.UUIDField(null=True, unique=True)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_step = models.ForeignKey(Step, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: Who said that it is done.
    done_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: What came of it, in the words of whoever said that it is done. Not everybody has something to say.
    came_of_it = models.ForeignKey(Words, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_obligation_does_not_wait_for_itself", condition=~Q(depends_on=models.F("id"))
            ),
            models.CheckConstraint(
                name="a_done_obligation_has_its_step_and_who_said_so",
                condition=Q(done_at=None, done_by=None, done_step=None)
                | Q(done_at__isnull=False, done_by__isnull=False, done_step__isnull=False),
            ),
            models.CheckConstraint(
                name="something_came_only_of_a_done_obligation",
                condition=Q(came_of_it=None) | Q(done_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_done(self) -> bool:
        return self.done_at is not None
