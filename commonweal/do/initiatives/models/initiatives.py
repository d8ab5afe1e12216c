"""An initiative, its one lead, its partners, and the tasks it took up."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit.models import Words
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record
from commonweal.plan.outcomes.models import Obligation


class Initiative(Record):
    """Something people and organisations do together about a problem. It always grows from a step."""

    title = models.CharField(max_length=160)
    story = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    #: The form's own number: the same form sent again begins nothing new.
    sent_as = models.UUIDField(null=True, unique=True)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.title


class Lead(Record):
    """The one person who answers for an initiative, from when until when."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="leads")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    #: The form's own number: the same form sent again hands nothing over.
    sent_as = models.UUIDField(null=True, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="an_initiative_has_one_lead_at_a_time", fields=["initiative"], condition=Q(until_at=None)
            ),
            models.CheckConstraint(
                name="a_lead_ends_after_it_begins", condition=Q(until_at=None) | Q(until_at__gte=F("from_at"))
            ),
        ]


class Partner(Record):
    """An organisation takes part, in one role, from when until when. It may hold several roles at once.

    Whom somebody else put in is only asked: it takes part when whoever speaks for it has said yes (`TAKES_PART`).
    """

    class Role(models.TextChoices):
        LEADS = "leads", _("leads the work")
        DELIVERS = "delivers", _("does the work")
        FUNDS = "funds", _("pays for the work")
        ADVISES = "advises", _("gives advice")
        REGULATES = "regulates", _("checks the rules")
        BACKS = "backs", _("backs it in public")

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=Role)
    #: When it was put in: by its own people, who join at once, or by somebody else, who asks it.
    asked_at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True, blank=True)
    said_no_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    #: The form's own number: sent again, also after it left, it lets nobody in.
    sent_as = models.UUIDField(null=True, unique=True)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_partner_holds_a_role_once",
                fields=["initiative", "organisation", "role"],
                condition=Q(left_at=None, said_no_at=None),
            ),
            models.CheckConstraint(
                name="a_partner_leaves_after_it_joins",
                condition=Q(left_at=None) | Q(joined_at__isnull=False, left_at__gte=F("joined_at")),
            ),
            models.CheckConstraint(name="a_partner_says_yes_or_no", condition=Q(joined_at=None) | Q(said_no_at=None)),
        ]


#: Only those who said yes take part, until they leave.
TAKES_PART = Q(joined_at__isnull=False, left_at=None)
#: They were asked, and have said neither yes nor no.
IS_ASKED = Q(joined_at=None, said_no_at=None)


class Adopted(Record):
    """A task of an outcome that an initiative took up. One task has one home, so that nobody can point elsewhere."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="adopted")
    obligation = models.OneToOneField(Obligation, on_delete=models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField()
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
