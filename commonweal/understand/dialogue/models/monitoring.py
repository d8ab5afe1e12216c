"""Equality monitoring, stored apart: only how often each answer was given.

A row is a number beside an answer. Nobody's answers stand together in it; it names no participant, person or
contribution, and knows no time at all. That somebody has answered stands in a table of its own, as a keyed digest, and
in no order, so that nobody answers twice; what they answered cannot be told from it.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from ..characteristics import Characteristic
from .conversations import Conversation


class Tick(models.Model):
    """How often an answer was given in a conversation. All answers of a conversation are there from the first on, in
    the order of the lists, so that no row tells when it was first given."""

    id = models.BigAutoField(primary_key=True)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="+", db_index=False)
    characteristic = models.CharField(max_length=20, choices=Characteristic)
    answer = models.CharField(max_length=20)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="an_answer_has_one_count", fields=["conversation", "characteristic", "answer"])
        ]


class Ticked(models.Model):
    """Somebody has answered. The digest is of their number and our secret; it opens nothing."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="+", db_index=False)
    digest = models.CharField(max_length=64, unique=True)
