"""What was brought in, from where, and under which ids of its source."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import RefField


class Intake(Record):
    """One file that was looked at, and perhaps taken in. The file itself is not kept: its digest is."""

    class State(models.TextChoices):
        PREVIEWED = "previewed", _("Looked at, nothing kept")
        TAKEN = "taken", _("Taken in")

    source = models.CharField(max_length=200, db_index=True)
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.PREVIEWED)
    by = RefField()
    previewed_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="what_is_taken_in_says_when",
                condition=Q(state="previewed", taken_at=None) | Q(state="taken", taken_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_preview_of_the_same_bytes_waits_at_a_time",
                fields=["source", "digest"],
                condition=Q(state="previewed"),
            ),
        ]


class SourceId(models.Model):
    """A record of ours and what its source calls it, so that the same thing never comes in twice."""

    id = models.BigAutoField(primary_key=True)
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="source_ids")
    source = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)
    source_id = models.CharField(max_length=200)
    record = RefField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_source_id_comes_in_once", fields=["source", "kind", "source_id"]),
        ]


class Mapping(Record):
    """Which column of a source's files is which of ours: asked once, remembered."""

    source = models.CharField(max_length=200, unique=True)
    headers = models.JSONField()
    by = RefField()
    at = models.DateTimeField()
