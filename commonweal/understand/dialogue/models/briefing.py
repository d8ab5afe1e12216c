"""What people should know before they say what they think."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit.models import Words
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs.records import Record
from commonweal.methods.quantities import Money

from .conversations import Conversation


class Point(Record):
    """One point of the briefing. It stays as it was written; one that was wrong is taken back, in the open."""

    class Kind(models.TextChoices):
        FIXED = "fixed", _("What cannot change, and why")
        KNOWN = "known", _("What we know")
        FOR = "for", _("A reason to do it")
        AGAINST = "against", _("A reason not to")

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="points")
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    cost_pence = models.BigIntegerField(null=True)
    #: Who says so: a report, a page, an office.
    source = models.CharField(max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sent_as = models.UUIDField(null=True, unique=True)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_because = models.ForeignKey(Words, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_point_of_the_briefing_has_a_source", condition=~Q(source="")),
            models.CheckConstraint(
                name="what_is_taken_back_from_a_briefing_says_why",
                condition=Q(taken_back_at__isnull=True, taken_back_because__isnull=True)
                | Q(taken_back_at__isnull=False, taken_back_because__isnull=False),
            ),
        ]

    @property
    def cost(self) -> Money | None:
        return None if self.cost_pence is None else Money(self.cost_pence)
