"""What somebody said, on a page, on paper, by phone or in a file that was brought in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit.models import Words
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record

from .conversations import Conversation


class Contribution(Record):
    """One suggestion. It is answered with its theme, and keeps its own line whatever becomes of it."""

    class Channel(models.TextChoices):
        PAGE = "page", _("On this site")
        PAPER = "paper", _("On paper")
        PHONE = "phone", _("By phone or in person")
        FILE = "file", _("From another conversation")
        SEED = "seed", _("Put up for the vote by the convenors")
        FORM = "form", _("In a form or a survey")

    class HeldBecause(models.TextChoices):
        PERSONAL = "personal", _("It tells private things about somebody")
        UNKIND = "unkind", _("It insults or threatens somebody")
        OFF_TOPIC = "off_topic", _("It is not about this question")
        ADVERT = "advert", _("It advertises something")
        EMPTY = "empty", _("It has no words in it")
        ELSEWHERE = "elsewhere", _("It was held back where the conversation took place")
        WAITING = "waiting", _("We look at it before others can see it")
        DETAILS = "details", _("There seem to be private details in it")
        AGAIN = "again", _("It was said again in other words")
        #: It may tell of harm. The label gives nothing away to whoever looks over a shoulder.
        CARE = "care", _("We keep it private")

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="contributions")
    channel = models.CharField(max_length=10, choices=Channel)
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    #: The person's own choice: their name, or 'a resident'.
    shows_name = models.BooleanField(default=False)
    #: The day it was really said, which for paper is before the day it was keyed in.
    given_on = models.DateField()
    kept_at = models.DateTimeField()
    keyed_in_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    on_word_of = models.ForeignKey(Words, null=True, on_delete=models.PROTECT, related_name="+")
    #: The form that it came by, so that a form sent twice is kept once.
    sent_as = models.UUIDField(null=True, unique=True)
    held_at = models.DateTimeField(null=True)
    held_because = models.CharField(max_length=10, choices=HeldBecause, blank=True)
    #: The act that set it aside, while it needs no answer.
    aside = models.ForeignKey("dialogue.SettingAside", null=True, on_delete=models.PROTECT, related_name="+")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="what_is_keyed_in_says_by_whom_and_on_whose_word",
                condition=Q(channel__in=["page", "file", "seed"])
                | Q(keyed_in_by__isnull=False, on_word_of__isnull=False),
            ),
            models.CheckConstraint(
                name="what_is_held_back_says_why",
                condition=Q(held_at__isnull=True, held_because="") | (Q(held_at__isnull=False) & ~Q(held_because="")),
            ),
            models.CheckConstraint(
                name="a_name_is_shown_only_where_there_is_a_person",
                condition=Q(shows_name=False) | Q(person__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="shown_contributions_newest",
                fields=["conversation", "-given_on", "-kept_at"],
                condition=Q(held_at=None),
            ),
            models.Index(
                name="contributions_to_look_at",
                fields=["kept_at"],
                condition=Q(held_because__in=["waiting", "details"]),
            ),
        ]

    @property
    def is_held(self) -> bool:
        return self.held_at is not None

    @property
    def is_in_care(self) -> bool:
        """Its words are for its author and the safeguarding role alone."""
        return self.held_because == self.HeldBecause.CARE

    @property
    def waits_to_be_looked_at(self) -> bool:
        """Held back before anybody has looked at it."""
        return self.held_because in (self.HeldBecause.WAITING, self.HeldBecause.DETAILS)

    @property
    def came_in_a_file(self) -> bool:
        """It was said in another conversation. Nobody here promised it an answer unless the conversation says so."""
        return self.channel == self.Channel.FILE

    @property
    def who(self) -> str:
        """By whom it was said, as everybody may read it."""
        if self.came_in_a_file:
            return str(_("Somebody in another conversation"))
        if self.channel == self.Channel.SEED:
            return str(_("The convenors"))
        name = self.person.public_name if self.shows_name and self.person else ""
        return name or str(_("A resident"))
