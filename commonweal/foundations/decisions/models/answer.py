"""Drafts of an answer, the published answer, and the reply to it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit.models import Words
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import RefField
from commonweal.methods.quantities import Money

from .owed import Owed, OwedLine


class ReasonCode(models.TextChoices):
    """Reasons that can be counted and challenged."""

    ADOPTED = "adopted", _("Yes: we will do this")
    ADAPTED = "adapted", _("Yes, in part: we will do something like this")
    ALREADY_SO = "already_so", _("This is done already")
    NOT_OUR_POWER = "not_our_power", _("No: it is not ours to decide")
    TOO_COSTLY = "too_costly", _("No: it costs too much")
    EVIDENCE_AGAINST = "evidence_against", _("No: what we know speaks against it")
    OUTVOTED = "outvoted", _("No: more people chose something else")
    UNLAWFUL = "unlawful", _("No: the law does not allow it")
    REFERRED = "referred", _("We have passed this on")


def the_code_says_what_it_must(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=(~Q(reason_code="too_costly") | Q(cost_pence__gt=0))
        & (~Q(reason_code="referred") | ~Q(referred_to="")),
    )


class Saying(Record):
    """What a draft and an answer have in common: a countable reason and words."""

    reason_code = models.CharField(max_length=20, choices=ReasonCode)
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    cost_pence = models.BigIntegerField(null=True)
    referred_to = models.CharField(max_length=160, blank=True)
    drafted_by = RefField()
    cleared_by = RefField(null=True)

    class Meta:
        abstract = True

    @property
    def cost(self) -> Money | None:
        return None if self.cost_pence is None else Money(self.cost_pence)


class Draft(Saying):
    """An answer in the making. One is current; earlier ones are kept."""

    owed = models.ForeignKey(Owed, on_delete=models.PROTECT, related_name="drafts")
    is_current = models.BooleanField(default=True)
    corrects = models.ForeignKey("Answer", null=True, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_draft_is_current", fields=["owed"], condition=Q(is_current=True)),
            models.CheckConstraint(
                name="nobody_clears_their_own_draft", condition=Q(cleared_by=None) | ~Q(cleared_by=F("drafted_by"))
            ),
            models.CheckConstraint(
                name="what_is_cleared_says_when_and_by_whom",
                condition=Q(cleared_by=None, cleared_at=None) | (~Q(cleared_by=None) & ~Q(cleared_at=None)),
            ),
            the_code_says_what_it_must("a_draft_says_how_much_and_to_whom"),
        ]


class Answer(Saying):
    """A published answer. It never changes: a correction is a new answer that names the one it corrects."""

    owed = models.ForeignKey(Owed, on_delete=models.PROTECT, related_name="answers")
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    published_by = RefField()
    published_at = models.DateTimeField()
    reply_until = models.DateField()
    is_public = models.BooleanField(default=True)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="what_is_owed_is_answered_once", fields=["owed"], condition=Q(corrects=None)),
            models.CheckConstraint(
                name="a_published_answer_was_cleared_by_somebody_else",
                condition=~Q(cleared_by=None) & ~Q(cleared_by=F("drafted_by")),
            ),
            the_code_says_what_it_must("an_answer_says_how_much_and_to_whom"),
        ]


class Reply(Record):
    """What a person says to the answer they got: once, and within the time."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="replies")
    line = models.ForeignKey(OwedLine, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    keyed_in_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="an_answer_is_replied_to_once", fields=["answer", "line"])]
