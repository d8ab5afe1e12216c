"""Who did what, why and when; and the words that go with it, kept beside so that they can be taken away.

An `Entry` never changes. It holds no free text: people's words are `Words`, and the entry seals only their salted digest.
Redacting or erasing removes text and salt and leaves the digest, so the seal still holds.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils import formats
from django.utils.translation import gettext as _

from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import RefField


class Words(Record):
    """One piece of text by a person: a suggestion, an answer, a reason."""

    text = models.TextField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    salt = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)
    removed_at = models.DateTimeField(null=True)
    removed_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="removed_words_keep_no_text",
                condition=models.Q(removed_at=None) | models.Q(text="", salt=b""),
            )
        ]

    @property
    def shown(self) -> str:
        """The text, or the sentence that stands in its place."""
        if self.removed_at is None:
            return self.text
        return _("Removed on %(date)s because %(reason)s") % {
            "date": formats.date_format(self.removed_at, "j F Y"),
            "reason": self.removed_because,
        }

    def __str__(self) -> str:
        return self.shown


class Entry(models.Model):
    """One act: the verb, who did it, to what, and when it happened and was recorded."""

    id = models.BigAutoField(primary_key=True)
    verb = models.CharField(max_length=60)
    by = RefField()
    subject = RefField()
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    facts = models.JSONField(default=dict)
    sealed_words = models.JSONField(default=list)
