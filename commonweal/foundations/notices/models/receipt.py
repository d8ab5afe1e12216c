"""A receipt: four plain words that open a person's own line, for those without an account."""

from __future__ import annotations

from django.db import models

from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import RefField


class Receipt(Record):
    """The words are kept nowhere. `lookup` finds the row (keyed with the installation's secret), `digest` proves it."""

    subject = RefField()
    lookup = models.CharField(max_length=64, unique=True)
    salt = models.BinaryField(max_length=16)
    digest = models.BinaryField(max_length=32)
    given_at = models.DateTimeField()


class WrongGuess(models.Model):
    """Somebody typed words that open nothing. Kept for an hour, to slow down guessing; the address only as a digest."""

    id = models.BigAutoField(primary_key=True)
    whence = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="wrong_guesses_by_whence", fields=["whence", "at"])]
