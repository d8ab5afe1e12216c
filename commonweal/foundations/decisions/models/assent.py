"""Who was asked to agree to a thing, and what they said: yes, yes with a reservation, or no."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit.models import Words
from commonweal.foundations.notices.models import Link
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import RefField


class Stance(models.TextChoices):
    ASSENT = "assent", _("Agrees")
    RESERVATION = "reservation", _("Agrees, with a reservation")
    DISSENT = "dissent", _("Does not agree")


class Asking(Record):
    """A party was asked whether it agrees to a record of any room. Those who must carry it out are asked as such."""

    subject = RefField()
    party = RefField()
    asks_implementer = models.BooleanField(default=False)
    asked_by = RefField()
    asked_at = models.DateTimeField()
    link = models.ForeignKey(Link, null=True, on_delete=models.PROTECT, related_name="+")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")


class Assent(Record):
    """What a party said to a subject. The one with the highest number counts; earlier ones stay visible."""

    subject = RefField()
    party = RefField()
    number = models.PositiveSmallIntegerField()
    stance = models.CharField(max_length=12, choices=Stance)
    words = models.ForeignKey(Words, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    link = models.ForeignKey(Link, null=True, on_delete=models.PROTECT, related_name="+")
    #: Who keyed in what the party said on paper or by phone, and how they know.
    keyed_in_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    on_word_of = models.ForeignKey(Words, null=True, on_delete=models.PROTECT, related_name="+")
    #: The day they said it; it may be kept later.
    given_on = models.DateField()
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sent_as = models.UUIDField(null=True, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_party_says_one_thing_after_another", fields=["subject", "party", "number"]),
            models.CheckConstraint(
                name="an_assent_is_given_by_a_person_with_a_link_or_keyed_in",
                condition=(Q(person=None) & ~Q(link=None) & Q(keyed_in_by=None))
                | (~Q(person=None) & Q(link=None) & Q(keyed_in_by=None))
                | (Q(person=None) & Q(link=None) & ~Q(keyed_in_by=None)),
            ),
            models.CheckConstraint(
                name="what_is_keyed_in_says_how_we_know",
                condition=(Q(keyed_in_by=None) & Q(on_word_of=None)) | (~Q(keyed_in_by=None) & ~Q(on_word_of=None)),
            ),
            models.CheckConstraint(
                name="who_does_not_simply_agree_says_why", condition=Q(stance="assent") | ~Q(words=None)
            ),
        ]
