"""Drafts of an answer, sent back or published, and the reply to what was published."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit.models import Words
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref, RefField
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


_BY_THE_WRITER = Q(writer__isnull=False, cleared_by=F("writer"))


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
    #: The act: a person, or the link it was written with.
    drafted_by = RefField()
    #: The person behind the link, where its address was that of somebody known here when they wrote.
    writer = RefField(null=True)
    cleared_by = RefField(null=True)

    class Meta:
        abstract = True

    @property
    def cost(self) -> Money | None:
        return None if self.cost_pence is None else Money(self.cost_pence)


class Draft(Saying):
    """An answer in the making. One is current; earlier ones are kept.

    Two people, or it is no check. Who wrote it is therefore known until the answer is out: as a person, and by a keyed
    digest of the address that they wrote from (`writers.py`), which outlasts the link's own name and address. When the
    answer is published there is nothing left to check, and the digest is emptied.
    """

    owed = models.ForeignKey(Owed, on_delete=models.PROTECT, related_name="drafts")
    is_current = models.BooleanField(default=True)
    corrects = models.ForeignKey("Answer", null=True, on_delete=models.PROTECT, related_name="+")
    writer_digest = models.CharField(max_length=64, blank=True)
    drafted_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_draft_is_current", fields=["owed"], condition=Q(is_current=True)),
            models.CheckConstraint(
                name="nobody_clears_their_own_draft",
                condition=Q(cleared_by=None) | (~Q(cleared_by=F("drafted_by")) & ~_BY_THE_WRITER),
            ),
            models.CheckConstraint(
                name="what_is_cleared_says_when_and_by_whom",
                condition=Q(cleared_by=None, cleared_at=None) | (~Q(cleared_by=None) & ~Q(cleared_at=None)),
            ),
            the_code_says_what_it_must("a_draft_says_how_much_and_to_whom"),
        ]


class SentBack(Record):
    """A draft went back to whoever wrote it, with a note that says what should change."""

    owed = models.ForeignKey(Owed, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="+")
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
    by = RefField()
    at = models.DateTimeField()
    #: The form's own number: a double click is kept once.
    sent_as = models.UUIDField(null=True, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_sending_back_follows_another", fields=["owed", "number"]),
        ]

    @property
    def to(self) -> Ref:
        return self.draft.drafted_by


class Answer(Saying):
    """A published answer. It never changes: a correction is a new answer that names the one it corrects."""

    owed = models.ForeignKey(Owed, on_delete=models.PROTECT, related_name="answers")
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    #: The service or body that answers, where it is known. It is published; who wrote it there is not.
    answers_for = RefField(null=True)
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
                condition=~Q(cleared_by=None) & ~Q(cleared_by=F("drafted_by")) & ~_BY_THE_WRITER,
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
    #: 'That is not what I meant.'
    meant_otherwise = models.BooleanField(default=False)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="an_answer_is_replied_to_once", fields=["answer", "line"])]
