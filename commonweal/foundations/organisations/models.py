"""Bodies of every kind, formal or not, their services and officers, and who belongs to them."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs.records import Record


class Organisation(Record):
    """A council, a charity, a firm, a residents' group: all of equal standing."""

    class Kind(models.TextChoices):
        COUNCIL = "council", _("Council")
        NHS = "nhs", _("NHS body")
        POLICE = "police", _("Police")
        HOUSING = "housing", _("Housing association")
        CHARITY = "charity", _("Charity")
        FIRM = "firm", _("Firm")
        REGULATOR = "regulator", _("Regulator")
        GROUP = "group", _("Residents' group")
        GOVERNMENT = "government", _("Government department")

    name = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    identifier = models.CharField(max_length=60, blank=True)
    is_invented = models.BooleanField(default=False)
    began_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="an_identifier_names_one_organisation",
                fields=["identifier"],
                condition=~Q(identifier=""),
            ),
            models.CheckConstraint(
                name="an_organisation_ends_after_it_began",
                condition=Q(began_on=None) | Q(ended_on=None) | Q(ended_on__gte=models.F("began_on")),
            ),
        ]

    def is_active_on(self, day: date) -> bool:
        return (self.began_on is None or self.began_on <= day) and (self.ended_on is None or day < self.ended_on)

    def __str__(self) -> str:
        return self.name


class Service(Record):
    """Something an organisation does for people, and the officer who answers for it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="services")
    name = models.CharField(max_length=160)
    ended_on = models.DateField(null=True, blank=True)
    officer = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: Who is told when the service is late, and needs no account. Their office, so both stand in plain text.
    head_name = models.CharField(max_length=120, blank=True)
    head_email = models.EmailField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_service_has_its_own_name", fields=["organisation", "name"]),
            models.CheckConstraint(
                name="the_head_of_a_service_has_a_name_and_an_address",
                condition=Q(head_name="", head_email="") | (~Q(head_name="") & ~Q(head_email="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(Record):
    """A person speaks or works for an organisation, from when until when."""

    class Part(models.TextChoices):
        MEMBER = "member", _("Member")
        OFFICER = "officer", _("Officer")
        TREASURER = "treasurer", _("Treasurer")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=20, choices=Part, default=Part.MEMBER)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_part_in_an_organisation_is_held_once",
                fields=["organisation", "person", "part"],
                condition=Q(until_on=None),
            ),
            models.CheckConstraint(
                name="a_membership_does_not_end_before_it_begins",
                condition=Q(until_on=None) | Q(until_on__gte=models.F("from_on")),
            ),
        ]

    def is_held_on(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day < self.until_on)
