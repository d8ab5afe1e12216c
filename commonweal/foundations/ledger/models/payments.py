"""Money on its way out: asked for, authorised or declined, sent to the paying system, confirmed paid or failed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit.models import Words
from commonweal.foundations.intake.models import Intake
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import RefField
from commonweal.methods.quantities import Money

from .accounts import Account
from .holds import Hold
from .journals import Journal


class Dispatch(Record):
    """One file of payments for the paying system of one body."""

    keeper = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    by: RefField = RefField(db_index=False)
    made_at = models.DateTimeField()


class Payment(Record):
    """A payment and how far it has come. Nothing says 'paid' before the paying system has."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Asked for")
        AUTHORISED = "authorised", _("Authorised")
        SENT = "sent", _("Sent to the paying system")
        CONFIRMED = "confirmed", _("Paid")
        FAILED = "failed", _("Failed")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        DECLINED = "declined", _("Not agreed")

    class Failure(models.TextChoices):
        REFUSED = "refused", _("the bank refused it")
        DETAILS = "details", _("the bank details were wrong")
        CLOSED = "closed", _("the payee's account is closed")
        RETURNED = "returned", _("the payee sent it back")
        OTHER = "other", _("the paying system gave another reason")

    from_account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="payments")
    to_account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="payments_in")
    pence = models.BigIntegerField()
    beneficiary: RefField = RefField()
    #: What it is for, in the words of whoever asked.
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    #: By which the paying system and the general ledger know it.
    reference = models.CharField(max_length=18, unique=True)
    reason = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
    proposed_by: RefField = RefField()
    proposed_at = models.DateTimeField()
    #: The form's own number: the same form sent again asks for nothing new.
    sent_as = models.UUIDField(null=True, unique=True)
    #: How many different people beside whoever asked must authorise it, as the limit stood when it was asked for.
    eyes = models.SmallIntegerField()
    #: Anybody may look at it. Payments to a person are not public unless whoever asks says so.
    is_public = models.BooleanField()
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED, db_index=True)
    hold = models.OneToOneField(Hold, null=True, on_delete=models.PROTECT, related_name="+")
    dispatch = models.ForeignKey(Dispatch, null=True, on_delete=models.PROTECT, related_name="payments")
    journal = models.OneToOneField(Journal, null=True, on_delete=models.PROTECT, related_name="+")
    paid_on = models.DateField(null=True)
    failure = models.CharField(max_length=10, choices=Failure, blank=True)
    settled_at = models.DateTimeField(null=True)
    #: Who told us what the paying system said, the file in which it said it, or else its number for the payment.
    heard_from: RefField = RefField(null=True, db_index=False)
    heard_in = models.ForeignKey(Intake, null=True, on_delete=models.PROTECT, related_name="+")
    heard_as = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_payment_is_of_something", condition=Q(pence__gt=0)),
            models.CheckConstraint(name="a_payment_goes_somewhere_else", condition=~Q(from_account=F("to_account"))),
            models.CheckConstraint(name="a_payment_needs_one_or_two_people", condition=Q(eyes__in=[1, 2])),
            models.CheckConstraint(
                name="an_authorised_payment_has_money_set_aside",
                condition=~Q(state__in=["authorised", "sent", "confirmed"]) | Q(hold__isnull=False),
            ),
            models.CheckConstraint(
                name="a_sent_payment_stands_in_a_file",
                condition=~Q(state__in=["sent", "confirmed", "failed"]) | Q(dispatch__isnull=False),
            ),
            models.CheckConstraint(
                name="a_confirmed_payment_is_posted",
                condition=Q(state="confirmed", journal__isnull=False, paid_on__isnull=False)
                | (~Q(state="confirmed") & Q(journal=None, paid_on=None)),
            ),
            models.CheckConstraint(
                name="a_settled_payment_says_who_told_us",
                condition=Q(state__in=["confirmed", "failed"], heard_from__isnull=False)
                | (~Q(state__in=["confirmed", "failed"]) & Q(heard_from=None)),
            ),
            models.CheckConstraint(
                name="a_failed_payment_says_why",
                condition=Q(state="failed") & ~Q(failure="") | ~Q(state="failed") & Q(failure=""),
            ),
        ]

    @property
    def amount(self) -> Money:
        return Money(self.pence)


class Authorisation(Record):
    """One person's yes to a payment."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="authorisations")
    by: RefField = RefField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_person_authorises_a_payment_once", fields=["payment", "by"]),
        ]


class Objection(Record):
    """One person's no to a payment, and why. One is enough: the payment ends."""

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="objection")
    by: RefField = RefField()
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
