"""A link for a single purpose: somebody without an account answers, assents or reports with it, once."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import RefField


class Link(Record):
    """Its holder may do one thing to one record, once, until it runs out. Acts done with it are done *by* the link.

    The token itself is kept nowhere: it is made from the installation's secret key and the link's id whenever the mail
    is written, and only its digest is stored. A stolen copy of the database opens nothing.
    """

    kind_name: ClassVar[str] = "link"

    purpose = models.CharField(max_length=60)
    subject = RefField()
    name = models.CharField(max_length=120)
    email = models.EmailField()
    token_digest = models.CharField(max_length=64, unique=True)
    because = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
    offered_by = RefField()
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_link_is_offered_before_it_runs_out", condition=Q(expires_at__gt=models.F("offered_at"))
            ),
            models.CheckConstraint(
                name="a_link_is_used_before_it_runs_out",
                condition=Q(used_at=None) | Q(used_at__lt=models.F("expires_at")),
            ),
        ]

    def is_open_at(self, at: datetime) -> bool:
        return self.used_at is None and self.withdrawn_at is None and at < self.expires_at

    def __str__(self) -> str:
        return self.name or str(_("Somebody whose name we no longer keep"))
