"""Who was heard through a file: how many, of which area and age, apart from what they said."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from commonweal.foundations.places.models import Area
from commonweal.foundations.thread.models import Step

from .conversations import Conversation


class Heard(models.Model):
    """So many people of an area and an age band came in with a file.

    A count beside the conversation and never a mark on what somebody said: from their words, their ward and their age
    together a neighbour would know who it was. Their postcode is never kept.
    """

    id = models.BigAutoField(primary_key=True)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="heard", db_index=False)
    #: The act of bringing the file in.
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")
    #: Both counted in; no first age where nobody told it, no last age for 'and over'.
    age_from = models.PositiveSmallIntegerField(null=True)
    age_to = models.PositiveSmallIntegerField(null=True)
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="who_is_heard_is_somebody", condition=Q(people__gt=0)),
            models.CheckConstraint(
                name="ages_that_are_heard_go_upward",
                condition=Q(age_to=None) | Q(age_from__isnull=False, age_to__gte=F("age_from")),
            ),
        ]
        indexes = [models.Index(name="heard_in_a_conversation", fields=["conversation", "area"])]
