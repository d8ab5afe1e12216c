"""A consultation that the law asks for: what speaks for each of four principles, and who read what before deciding.

The principles are those of R v Brent London Borough Council, ex parte Gunning (1985) 84 LGR 168, approved by the
Supreme Court in R (Moseley) v Haringey London Borough Council [2014] UKSC 56.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit.models import Words
from commonweal.foundations.people.models import Person
from commonweal.foundations.publishing.models import Copy
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record

from .conversations import Conversation


class Principle(models.TextChoices):
    FORMATIVE = "formative", _("Asked while it could still change")
    INFORMATION = "information", _("Enough was told to answer well")
    TIME = "time", _("Enough time to answer")
    CONSIDERATION = "consideration", _("What people said was weighed before the decision")

    @property
    def asks(self) -> str:
        return str(_ASKS[self])


_ASKS = {
    Principle.FORMATIVE: _("What shows that nothing was settled, and which options were open, when people were asked?"),
    Principle.INFORMATION: _(
        "What could people read: the reasons, the options, their costs and effects, what was ruled out and why?"
    ),
    Principle.TIME: _("What shows that people had time to find out, to think and to answer, and that all could?"),
    Principle.CONSIDERATION: _("What shows that those who decided knew what people said, and weighed it?"),
}


class Duty(Record):
    """A conversation is also a consultation that some law or promise asks for, and which one."""

    conversation = models.OneToOneField(Conversation, on_delete=models.PROTECT, related_name="duty")
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sent_as = models.UUIDField(null=True, unique=True)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")


class Evidence(Record):
    """Something that speaks for one of the principles: words, and where it can be read. Taken back, it stays to be
    seen, with the reason."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="evidence")
    principle = models.CharField(max_length=15, choices=Principle)
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    link = models.URLField(max_length=500, blank=True)
    about = models.ForeignKey(Step, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sent_as = models.UUIDField(null=True, unique=True)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_because = models.ForeignKey(Words, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="evidence_that_is_taken_back_says_why",
                condition=Q(taken_back_at=None, taken_back_because=None)
                | Q(taken_back_at__isnull=False, taken_back_because__isnull=False),
            )
        ]


class Considered(Record):
    """Somebody who decides was recorded as having read one kept copy of the report, on a day."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="considerations")
    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    read_on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    #: Where somebody else wrote it down: how we know, as the minutes of a meeting.
    on_word_of = models.ForeignKey(Words, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_copy_is_read_by_a_person_once", fields=["copy", "person"]),
            models.CheckConstraint(
                name="who_did_not_say_so_themselves_is_named_by_a_source",
                condition=Q(by=models.F("person")) | Q(on_word_of__isnull=False),
            ),
        ]
