"""What people think of what others said.

Votes are political opinions: a participant has a fresh number in each conversation, and only their own page knows
the person. `Cast` keeps every vote that was ever cast; `Vote` is the one that counts now.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.people.models import Person
from commonweal.foundations.places.models import Area
from commonweal.foundations.verbs.refs import Ref

from .contributions import Contribution
from .conversations import Conversation


class Choice(models.IntegerChoices):
    DISAGREE = -1, _("Disagree")
    PASS = 0, _("Pass")
    AGREE = 1, _("Agree")


class AgeBand(models.TextChoices):
    """Told by whoever wants to, after a few votes: to see whose voice is missing."""

    UNDER_18 = "0-17", _("Under 18")
    TO_24 = "18-24", _("18 to 24")
    TO_34 = "25-34", _("25 to 34")
    TO_49 = "35-49", _("35 to 49")
    TO_64 = "50-64", _("50 to 64")
    TO_79 = "65-79", _("65 to 79")
    OLDER = "80+", _("80 or older")

    @property
    def ages(self) -> tuple[int, int | None]:
        """First and last age, both counted in; no last age for 'and over'."""
        first, _, last = str(self.value).rstrip("+").partition("-")
        return int(first), int(last) if last else None


class Participant(models.Model):
    """Somebody who votes in a conversation. The number says nothing: neither who, nor in which order they came."""

    id = models.BigAutoField(primary_key=True)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="participants", db_index=False
    )
    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    number = models.PositiveIntegerField()
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    #: Unknown where they came from another place's file.
    began_on = models.DateField(null=True)
    #: A keyed digest of where they came from, to see many from one place. Emptied when the conversation is over.
    network = models.CharField(max_length=32, blank=True)
    #: What they told of themselves, if they did. A postcode becomes an area and is dropped.
    age_band = models.CharField(max_length=5, choices=AgeBand, blank=True)
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_participant_has_their_own_number", fields=["conversation", "number"]),
            models.UniqueConstraint(
                name="a_person_takes_part_in_a_conversation_once", fields=["conversation", "person"]
            ),
        ]

    kind_name: ClassVar[str] = "participant"

    @property
    def ref(self) -> Ref:
        return Ref("dialogue", self.kind_name, self.uuid)


class Statement(models.Model):
    """A contribution that is put to the vote."""

    id = models.BigAutoField(primary_key=True)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="statements", db_index=False)
    contribution = models.OneToOneField(Contribution, on_delete=models.PROTECT, related_name="statement")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(Participant, null=True, on_delete=models.PROTECT, related_name="+")
    #: Takes no more votes since; those it has stay.
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_statement_has_its_own_number", fields=["conversation", "number"])
        ]


_IS_A_CHOICE = models.Q(choice__in=[-1, 0, 1])


class Cast(models.Model):
    """A vote as it was cast; never changed. `at` is unknown where a file tells only how people voted in the end."""

    id = models.BigAutoField(primary_key=True)
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+", db_index=False)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    choice = models.SmallIntegerField(choices=Choice)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="a_cast_is_agree_pass_or_disagree", condition=_IS_A_CHOICE)]


class Vote(models.Model):
    """A participant's vote on a statement as it stands: the last one they cast."""

    id = models.BigAutoField(primary_key=True)
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+", db_index=False)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="votes", db_index=False)
    choice = models.SmallIntegerField(choices=Choice)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_participant_has_one_vote_on_a_statement", fields=["participant", "statement"]
            ),
            models.CheckConstraint(name="a_vote_is_agree_pass_or_disagree", condition=_IS_A_CHOICE),
        ]
        indexes = [models.Index(name="votes_on_a_statement", fields=["statement", "choice"])]
