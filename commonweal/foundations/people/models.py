"""Everybody: with a sign-in, on paper, as a guest, or erased."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import make_password
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import RefField

from . import purposes


class Person(Record):
    """Somebody. Paper people, guests and erased people have no sign-in.

    `name` is what we call them in letters; `shown_as`, where they chose one, is what everybody else reads.
    """

    class Reach(models.TextChoices):
        MAIL = "mail", _("Email")
        LETTER = "letter", _("Letter")
        NOTHING = "nothing", _("Nothing at all")

    name = models.CharField(max_length=120, blank=True)
    shown_as = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    postal_address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    language = models.CharField(max_length=10, default="en-gb")
    reach = models.CharField(max_length=10, choices=Reach, default=Reach.MAIL)
    contact_is_unsafe = models.BooleanField(default=False)
    is_invented = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(name="people_by_name", fields=["name", "id"])]
        constraints = [
            models.CheckConstraint(
                name="an_erased_person_leaves_only_an_id",
                condition=Q(erased_at=None)
                | Q(name="", shown_as="", email="", postal_address="", postcode="", reach="nothing"),
            )
        ]

    @property
    def public_name(self) -> str:
        """What everybody may read; nothing for a guest and for someone erased."""
        return self.shown_as or self.name

    def __str__(self) -> str:
        if self.erased_at is not None:
            return str(_("Someone who asked to be forgotten"))
        return self.public_name or str(_("Someone who gave no name"))


class SignIns(BaseUserManager["SignIn"]):
    def create_user(self, email: str, password: str | None = None) -> SignIn:
        sign_in = self.model(email=self.normalize_email(email).lower())
        sign_in.set_password(password)
        sign_in.save(using=self._db)
        return sign_in


class SignIn(AbstractBaseUser):
    """The key to the door: an address and perhaps a password, and the person they open it for.

    Without a person it is a key that somebody asked for and has not yet proven by the code in their mail.
    """

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    asked_at = models.DateTimeField(db_default=Now())
    person = models.OneToOneField(Person, null=True, on_delete=models.PROTECT, related_name="sign_in")

    objects = SignIns()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    @staticmethod
    def no_password() -> str:
        """What stands in the column of someone who signs in by code."""
        return make_password(None)

    def __str__(self) -> str:
        return self.email


class Role(Record):
    """What a person is entrusted with, from when until when, and over what."""

    class Kind(models.TextChoices):
        RESIDENT = "resident", _("Resident")
        CONVENOR = "convenor", _("Convenor")
        PRACTITIONER = "practitioner", _("Practitioner")
        COMMISSIONER = "commissioner", _("Commissioner")
        PARTNER = "partner", _("Partner's or provider's member")
        COUNCILLOR = "councillor", _("Councillor")
        SAFEGUARDING = "safeguarding", _("Safeguarding")
        STEWARD = "steward", _("Steward")
        AUDITOR = "auditor", _("Auditor")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=20, choices=Kind)
    scope = RefField(null=True, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_role_does_not_end_before_it_begins",
                condition=Q(until_on=None) | Q(until_on__gte=models.F("from_on")),
            ),
            models.UniqueConstraint(
                name="a_role_over_everything_is_held_once",
                fields=["person", "kind"],
                condition=Q(until_on=None, scope=None),
            ),
            models.UniqueConstraint(
                name="a_role_over_something_is_held_once",
                fields=["person", "kind", "scope"],
                condition=Q(until_on=None),
            ),
        ]

    def covers(self, record: object) -> bool:
        """A role over one thing counts for that thing alone; one over nothing in particular, for the whole place."""
        return self.scope is None or self.scope == getattr(record, "ref", None)

    def is_held_on(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


class Consent(Record):
    """A person's yes to one purpose, for one recipient, in one wording; and its withdrawal."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=60)
    recipient = RefField(null=True, blank=True)
    wording_version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_current_consent_for_each_purpose",
                fields=["person", "purpose"],
                condition=Q(withdrawn_at=None, recipient=None),
            ),
            models.UniqueConstraint(
                name="one_current_consent_for_each_purpose_and_recipient",
                fields=["person", "purpose", "recipient"],
                condition=Q(withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="a_consent_is_withdrawn_after_it_is_given",
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=models.F("given_at")),
            ),
        ]

    @property
    def in_words(self) -> str:
        return purposes.in_words(self.purpose)

    @property
    def is_current(self) -> bool:
        return self.withdrawn_at is None
