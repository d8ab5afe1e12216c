"""The votes of a conversation, put out for everybody to reckon with: no names, no times, nothing about people."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from commonweal.foundations.audit.models import Words
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record

from .conversations import Conversation

#: Among fewer, everybody knows everybody.
FEWEST = 50


class OpenSet(Record):
    """A set that was published, with what an attacker would find in it.

    `table` holds the votes alone, under numbers drawn for this set; the words of statements are asked for each time, so
    that what is taken away is gone from the files too. One set of a conversation at a time: two would be compared.
    """

    kind_name = "open_set"

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="open_sets")
    people = models.PositiveIntegerField()
    statements = models.PositiveIntegerField()
    votes = models.PositiveIntegerField()
    #: participants-votes.csv, deflated; empty once the set is taken back.
    table = models.BinaryField()
    #: SHA-256 of the table as it was published.
    digest = models.CharField(max_length=64)
    #: What `methods.reidentification` found, and with which seed.
    found: models.JSONField[Any, Any] = models.JSONField()
    seed = models.BigIntegerField()
    #: People are easy to single out in it, and whoever published it said yes all the same.
    is_easy = models.BooleanField()
    reason = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    sent_as = models.UUIDField(null=True, unique=True)
    taken_back_at = models.DateTimeField(null=True)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_conversation_has_one_open_set_at_a_time",
                fields=["conversation"],
                condition=Q(taken_back_at=None),
            ),
            models.CheckConstraint(name="an_open_set_hides_each_among_fifty", condition=Q(people__gte=FEWEST)),
            models.CheckConstraint(
                name="a_set_that_was_taken_back_holds_nothing",
                condition=Q(taken_back_at=None) | Q(table=b""),
            ),
        ]
