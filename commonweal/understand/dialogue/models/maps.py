"""The opinion map of a conversation, as it was last made.

While people vote it is a passing one, made anew in its place. The one that is made when the conversation is over stays
for good. It holds nobody: groups and how many are in each, tallies, and points without numbers in an order that says
nothing.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from commonweal.foundations.verbs.records import Record

from .conversations import Conversation


class OpinionMap(Record):
    conversation = models.OneToOneField(Conversation, on_delete=models.PROTECT, related_name="map")
    made_at = models.DateTimeField()
    is_last = models.BooleanField(default=False)
    #: With the same casts, seed and version anybody makes the same map again.
    seed = models.PositiveIntegerField()
    method = models.CharField(max_length=500)
    version = models.CharField(max_length=20)
    casts = models.PositiveIntegerField()
    casts_digest = models.CharField(max_length=64)
    #: How many casts there were, and which statements were shown, in few letters: another state wants another map.
    state = models.CharField(max_length=100)
    people = models.PositiveIntegerField()
    statements = models.PositiveIntegerField()
    votes = models.PositiveIntegerField()
    #: What the method found, as plain data (see `mapmaking.Told`); and found without those who look scripted, where
    #: some do.
    told = models.JSONField()
    told_without = models.JSONField(null=True)
    #: Votes on each statement in each group.
    tallies = models.JSONField()
    #: How many look scripted, by rule; of how many; and what could not be tried.
    flagged = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_map_has_no_more_votes_than_casts", condition=Q(votes__lte=models.F("casts")))
        ]
