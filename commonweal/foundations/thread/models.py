"""The thread: what happened because of what.

A step stores nobody's words and nobody's name. Its title is rendered in the reader's language from the template of its
kind; quoted words are fetched from the subject, and vanish with it.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models.functions import Now

from commonweal.foundations.verbs.refs import Ref, RefField


class Audience(models.TextChoices):
    PUBLIC = "public"
    #: Shown to strangers as 'a step that is not public', without kind or date.
    PARTIES = "parties"
    #: Inside a personal plan: to strangers it does not show at all.
    PLAN = "plan"


class Step(models.Model):
    """Something that happened, where others may follow."""

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=60, db_index=True)
    subject = RefField()
    params = models.JSONField(default=dict)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.PUBLIC)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    causes: models.ManyToManyField[Step, Cause] = models.ManyToManyField(
        "self", through="Cause", through_fields=("effect", "cause"), symmetrical=False, related_name="effects"
    )

    kind_name: ClassVar[str] = "step"

    @property
    def ref(self) -> Ref:
        return Ref("thread", "step", self.uuid)


class Cause(models.Model):
    """`effect` came about because of `cause`. A cause is always there before its effect, so the thread cannot loop."""

    id = models.BigAutoField(primary_key=True)
    effect = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+", db_index=False)
    cause = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        # Two covering indexes, one for each way along the thread: a walk never opens the table itself.
        indexes = [models.Index(name="thread_from_cause_to_effect", fields=["cause", "effect"])]
        constraints = [
            models.UniqueConstraint(name="a_cause_is_named_once", fields=["effect", "cause"]),
            models.CheckConstraint(
                name="a_cause_comes_before_its_effect", condition=models.Q(cause__lt=models.F("effect"))
            ),
        ]


class Following(models.Model):
    """A room has taken a step up, so that `catch_up` is safe to run twice."""

    id = models.BigAutoField(primary_key=True)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
    room = models.CharField(max_length=30)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="a_room_follows_a_step_once", fields=["step", "room"])]
