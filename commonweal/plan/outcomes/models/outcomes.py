"""What good would look like. Who was asked, and what each said, is kept by decisions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from commonweal.foundations.audit.models import Words
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record

from .concerns import Concern


class Outcome(Record):
    """What good would look like. Proposed first; agreed when every party asked has answered."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="outcomes")
    statement = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    #: The form's own number: the same form sent again proposes nothing new.
    sent_as = models.UUIDField(null=True, unique=True)
    proposal = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreement = models.ForeignKey(Step, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_agreed_outcome_has_its_step",
                condition=Q(agreed_at=None, agreement=None) | Q(agreed_at__isnull=False, agreement__isnull=False),
            )
        ]

    @property
    def is_agreed(self) -> bool:
        return self.agreed_at is not None

    @property
    def step(self) -> Step:
        """What later steps come from: the agreement, or the proposal until there is one."""
        return self.agreement or self.proposal
