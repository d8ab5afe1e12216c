"""Who did what, why and when; and the words that go with it, kept beside so that they can be taken away.

An `Entry` never changes. It holds no free text: people's words are `Words`, and the entry seals only their salted
digest. Redacting or erasing removes text and salt and leaves the digest, so the seal still holds.

The seal: one sealer gives each committed entry a position (`Leaf`) in a Merkle tree as RFC 6962 draws it, and signs the
root (`Seal`). Ids commit out of order, so the position and not the id is the order that counts.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.db import models
from django.db.models.functions import Now
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import RefField

from .heads import Head


class Because(models.TextChoices):
    """Why words were taken away. Each one ends the sentence 'Removed on DATE because …'."""

    PRIVATE = "private", gettext_lazy("it gave away something private")
    HARMFUL = "harmful", gettext_lazy("it could have hurt someone")
    ABUSIVE = "abusive", gettext_lazy("it was abusive")
    UNLAWFUL = "unlawful", gettext_lazy("the law does not let us show it")
    NOT_THEIRS = "not_theirs", gettext_lazy("it belonged to someone else")
    MISTAKE = "mistake", gettext_lazy("it was put here by mistake")
    FORGOTTEN = "forgotten", gettext_lazy("the person asked to be forgotten")
    OUT_OF_TIME = "out_of_time", gettext_lazy("we had kept it for as long as we may")


def removed(on: date, because: str) -> str:
    """The sentence that stands in the place of words that were taken away."""
    return _("Removed on %(date)s because %(reason)s") % {
        "date": formats.date_format(on, "j F Y"),
        "reason": Because(because).label,
    }


class Words(Record):
    """One piece of text by a person: a suggestion, an answer, a reason."""

    text = models.TextField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    salt = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)
    removed_at = models.DateTimeField(null=True)
    removed_because = models.CharField(max_length=20, blank=True, choices=Because)

    class Meta:
        indexes = [models.Index(name="words_by_digest", fields=["digest"])]
        constraints = [
            models.CheckConstraint(
                name="removed_words_keep_no_text",
                condition=models.Q(removed_at=None) | models.Q(text="", salt=b""),
            ),
            models.CheckConstraint(
                name="removed_words_say_why",
                condition=models.Q(removed_at=None, removed_because="")
                | models.Q(removed_at__isnull=False, removed_because__in=Because.values),
            ),
        ]

    @property
    def shown(self) -> str:
        """The text, or the sentence that stands in its place."""
        return self.text if self.removed_at is None else removed(self.removed_at, self.removed_because)

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None

    def __str__(self) -> str:
        return self.shown


class Entry(models.Model):
    """One act: the verb, who did it, to what, and when it happened and was recorded."""

    id = models.BigAutoField(primary_key=True)
    verb = models.CharField(max_length=60)
    by = RefField(db_index=False)
    subject = RefField(db_index=False)
    #: As told by whoever did it.
    happened_at = models.DateTimeField()
    #: By the database's own clock.
    recorded_at = models.DateTimeField(db_default=Now())
    facts = models.JSONField(default=dict)
    sealed_words = models.JSONField(default=list)

    class Meta:
        # Plain indexes: a RefField's own would be two on PostgreSQL, and every verb pays for them.
        indexes = [
            models.Index(name="entries_by_subject", fields=["subject"]),
            models.Index(name="entries_by_whom", fields=["by"]),
        ]


class Leaf(models.Model):
    """The place of one entry in the tree.

    No foreign key in the database: guards keep entries from going, and `verify` must be able to name one that has gone.
    """

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="leaf")
    digest = models.BinaryField(max_length=32)


class Key(models.Model):
    """The public half of a key that signs heads, under the name that the place had then."""

    id = models.CharField(primary_key=True, max_length=8)
    origin = models.CharField(max_length=200)
    public = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()


class Seal(models.Model):
    """A signed head: the root of the first `size` leaves."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)
    signed_at = models.DateTimeField()
    key = models.ForeignKey(Key, on_delete=models.PROTECT, related_name="+")
    #: Roots of the full subtrees, left to right, so that the next batch need not read the old ones.
    peaks = models.BinaryField()
    #: The highest entry id under this seal, and the database's clock: where the sealer's search may begin.
    highest = models.BigIntegerField()
    recorded_at = models.DateTimeField(db_default=Now())

    @property
    def head(self) -> Head:
        return Head(
            origin=self.key.origin,
            size=self.size,
            root=bytes(self.root),
            signed_at=self.signed_at.astimezone(UTC),
            key_id=self.key_id,
            signature=bytes(self.signature),
        )


class Redaction(Record):
    """A steward's proposal to take words away, and what a second person said to it."""

    class Outcome(models.TextChoices):
        OPEN = "", gettext_lazy("Waits for a second person")
        CONFIRMED = "confirmed", gettext_lazy("Removed")
        DECLINED = "declined", gettext_lazy("Kept")
        OVERTAKEN = "overtaken", gettext_lazy("Removed in another way")

    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="redactions")
    because = models.CharField(max_length=20, choices=Because)
    by = RefField()
    proposed_at = models.DateTimeField()
    second = RefField(null=True)
    settled_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, default=Outcome.OPEN)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="words_wait_for_one_redaction_at_a_time", fields=["words"], condition=models.Q(outcome="")
            ),
            models.CheckConstraint(
                name="a_redaction_takes_two_people",
                condition=~models.Q(outcome="confirmed")
                | models.Q(second__isnull=False) & ~models.Q(second=models.F("by")),
            ),
        ]

    def settle(self, outcome: str, *, second: Record | None, at: datetime) -> None:
        self.outcome, self.second, self.settled_at = outcome, second.ref if second else None, at
        self.save(update_fields=["outcome", "second", "settled_at"])

    @property
    def is_open(self) -> bool:
        return self.outcome == self.Outcome.OPEN


class Removal(models.Model):
    """Something that is gone for good, and must go again from any backup that comes back."""

    subject = RefField(unique=True, db_index=False)
    because = models.CharField(max_length=20, choices=Because)
    at = models.DateTimeField()
