"""What people and bodies learned, and what they will do themselves.

Two questions are asked of whoever votes, before and after. They hang on the participant's number, as votes do, and are
shown only as counts of many. What a body learned and what people pledge is said in public.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit.models import Words
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record

from .conversations import Conversation
from .votes import Participant

_IS_ONE_OF_FIVE = Q(understands=None) | Q(understands__range=(1, 5))
_TRUST_IS_ONE_OF_FIVE = Q(trusts=None) | Q(trusts__range=(1, 5))


class Inkling(models.Model):
    """How well somebody says they understand the matter, and how far they trust to be heard: before, or after."""

    class Moment(models.TextChoices):
        BEFORE = "before", _("Before")
        AFTER = "after", _("After")

    id = models.BigAutoField(primary_key=True)
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+", db_index=False)
    moment = models.CharField(max_length=6, choices=Moment)
    understands = models.PositiveSmallIntegerField(null=True)
    trusts = models.PositiveSmallIntegerField(null=True)
    #: The day since which the questions were worded as they were.
    wording = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="two_questions_are_answered_once", fields=["participant", "moment"]),
            models.CheckConstraint(name="an_answer_has_five_steps", condition=_IS_ONE_OF_FIVE & _TRUST_IS_ONE_OF_FIVE),
            models.CheckConstraint(
                name="an_empty_answer_is_none", condition=Q(understands__isnull=False) | Q(trusts__isnull=False)
            ),
        ]


class Insight(Record):
    """What a body says that it learned from a conversation; in public and for good."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="insights")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    #: Where a convenor keyed it in: how we know.
    on_word_of = models.ForeignKey(Words, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sent_as = models.UUIDField(null=True, unique=True)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")


class Pledge(Record):
    """What a person, or a body, says they will do themselves, by when; and what they say became of it."""

    class State(models.TextChoices):
        OPEN = "open", _("To do")
        DONE = "done", _("Done")
        NOT_DONE = "not_done", _("Not done")

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="pledges")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    #: In whose name, where it is not the person's own pledge.
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    #: The person's own choice: their name, or 'a resident'.
    shows_name = models.BooleanField(default=False)
    by_on = models.DateField()
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    state_at = models.DateTimeField(null=True)
    sent_as = models.UUIDField(null=True, unique=True)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="what_became_of_a_pledge_says_when",
                condition=Q(state="open", state_at=None) | (~Q(state="open") & Q(state_at__isnull=False)),
            )
        ]

    @property
    def who(self) -> str:
        """As everybody may read it."""
        if self.organisation is not None:
            return self.organisation.name
        return (self.person.public_name if self.shows_name else "") or str(_("A resident"))
