"""Acts of moderation, what readers flagged, and the place's own words about how it moderates."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit.models import Words
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs.records import Record

from .contributions import Contribution


class Moderation(Record):
    """One act for one suggestion or many: by whom (nobody: by the word rules), when, what was done and why.

    What is held for care is none of it: that a person wrote of harm on some day is nobody's to read.
    """

    class What(models.TextChoices):
        HELD = "held", _("Held back")
        SHOWN = "shown", _("Looked at and shown")
        AGAIN = "again", _("Shown again after it was held back")

    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    #: The day in the place's own time, for the public log.
    on = models.DateField()
    what = models.CharField(max_length=10, choices=What)
    reason = models.CharField(max_length=10, choices=Contribution.HeldBecause, blank=True)
    sent_as = models.UUIDField(null=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="an_act_that_holds_back_says_why", condition=~Q(what="held") | ~Q(reason="")),
            models.CheckConstraint(name="moderation_says_nothing_of_care", condition=~Q(reason="care")),
        ]


class Moderated(models.Model):
    """A suggestion was in an act of moderation."""

    id = models.BigAutoField(primary_key=True)
    act = models.ForeignKey(Moderation, on_delete=models.PROTECT, related_name="moderated", db_index=False)
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="moderated")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="an_act_moderates_a_suggestion_once", fields=["act", "contribution"])
        ]


class Flag(models.Model):
    """A reader says that something is wrong with a suggestion. It hides nothing by itself: a convenor looks."""

    class Because(models.TextChoices):
        WORRIED = "worried", _("I am worried about somebody")
        PERSONAL = "personal", _("It tells private things about somebody")
        UNKIND = "unkind", _("It insults or threatens somebody")
        OFF_TOPIC = "off_topic", _("It is not about this question")
        ADVERT = "advert", _("It advertises something")

    id = models.BigAutoField(primary_key=True)
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="flags", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=10, choices=Because)
    at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_person_flags_a_suggestion_once", fields=["contribution", "person"])
        ]
        indexes = [models.Index(name="flags_to_look_at", fields=["contribution"], condition=Q(looked_at=None))]


class Policy(Record):
    """The place's own words about how it moderates. The latest in each language stands; earlier ones stay."""

    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sent_as = models.UUIDField(null=True, unique=True)
