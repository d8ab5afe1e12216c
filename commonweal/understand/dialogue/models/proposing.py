"""What the machine found alike among suggestions that wait. It gathers nothing: a person does, or leaves it."""

from __future__ import annotations

from django.db import models

from .conversations import Conversation


class Proposals(models.Model):
    """The last that was reckoned for one conversation, with the method that found it.

    Attributes:
        found: a list of `{"members": [ids, the most typical first], "alike": so many say nearly the same}`, the largest
            first. Nobody's words: a page fetches them, and so shows none that were taken away.
        latest: the place on the thread of the newest suggestion that was looked at; a newer one starts a new reckoning.
    """

    id = models.BigAutoField(primary_key=True)
    conversation = models.OneToOneField(Conversation, on_delete=models.PROTECT, related_name="+")
    found = models.JSONField()
    looked_at = models.PositiveIntegerField()
    latest = models.BigIntegerField()
    method = models.CharField(max_length=60)
    at = models.DateTimeField()
