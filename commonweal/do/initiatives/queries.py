"""Questions about initiatives. They are public; time that nobody has confirmed yet is for those who take part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from commonweal.foundations.decisions.queries import Waiting
from commonweal.foundations.ledger import queries as ledger
from commonweal.foundations.ledger.models import Payment, Unit
from commonweal.foundations.organisations import queries as organisations
from commonweal.foundations.organisations.models import Membership
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs.refs import Ref
from commonweal.methods.quantities import Minutes, Money
from commonweal.plan.outcomes.models import Obligation

from . import rules
from .models import Adopted, FundContribution, GivenHours, Initiative, Lead, Partner, PooledFund


def initiative_for(person: Person | None, uuid: UUID) -> Initiative:
    return Initiative.objects.select_related(
        "story", "step", "fund__host", "fund__pounds", "fund__hours", "fund__hours_worked", "fund__step"
    ).get(pk=uuid)


def fund_for(person: Person | None, uuid: UUID) -> PooledFund:
    return PooledFund.objects.select_related("initiative__step", "host", "pounds", "hours", "hours_worked", "step").get(
        pk=uuid
    )


def partner_for(person: Person | None, uuid: UUID) -> Partner:
    return Partner.objects.select_related("initiative", "organisation").get(pk=uuid, left_at=None)


def payment_for(person: Person | None, uuid: UUID) -> Payment:
    """A payment out of a shared purse, if this person may look at it."""
    payment = ledger.payment_for(person, uuid)
    if not PooledFund.objects.filter(pounds=payment.from_account_id).exists():
        raise Payment.DoesNotExist
    return payment


def hours_for(person: Person | None, uuid: UUID) -> GivenHours:
    """Time that was given: for everybody once it is confirmed, before that for those it concerns."""
    given = GivenHours.objects.select_related("fund__initiative", "group", "giver", "told_by", "what", "step").get(
        pk=uuid
    )
    if given.is_confirmed or concerns(person, given):
        return given
    raise GivenHours.DoesNotExist


def concerns(person: Person | None, given: GivenHours) -> bool:
    if person is None:
        return False
    return person.pk in {given.told_by_id, given.giver_id} or rules.takes_part(person, given.fund)


def initiatives() -> QuerySet[Initiative]:
    """Every initiative with who leads it now, newest first."""
    leads = Lead.objects.filter(until_at=None).select_related("person")
    return (
        Initiative.objects.select_related("story", "fund__pounds", "fund__hours_worked")
        .prefetch_related(Prefetch("leads", leads))
        .order_by("-begun_at", "-id")
    )


def leads_of(initiative: Initiative) -> QuerySet[Lead]:
    """Who leads, first, and who led before, newest first."""
    return initiative.leads.select_related("person").order_by(F("until_at").desc(nulls_first=True), "-from_at")


def partners_of(initiative: Initiative) -> QuerySet[Partner]:
    return (
        initiative.partners.filter(left_at=None).select_related("organisation").order_by("organisation__name", "role")
    )


def tasks_of(initiative: Initiative) -> list[Obligation]:
    """What it took up, by the day on which it is due."""
    taken = initiative.adopted.select_related("obligation__organisation", "obligation__depends_on")
    return [adopted.obligation for adopted in taken.order_by("obligation__due_on", "id")]


def tasks_to_take_up() -> QuerySet[Obligation]:
    """Tasks that nobody has taken up yet."""
    taken = Adopted.objects.values("obligation")
    return Obligation.objects.exclude(pk__in=taken).select_related("organisation").order_by("due_on", "id")


def groups_of(person: Person, at: datetime) -> QuerySet[organisations.Organisation]:
    return organisations.organisations_of(person, on=timezone.localdate(at)).order_by("name")


@dataclass(frozen=True)
class Given:
    """What one organisation put in, in one unit."""

    name: str
    amount: Money | Minutes


def _count(given: Sequence[Given]) -> int:
    return sum(each.amount.count for each in given)


@dataclass(frozen=True)
class Purse:
    """Where it came from and where it went: two lines, pounds and hours, never added up."""

    pounds_from: Sequence[Given]
    hours_from: Sequence[Given]
    pounds_in: Money
    pounds_out: Money
    pounds_set_aside: Money
    pounds_free: Money
    hours_promised: Minutes
    hours_given: Minutes
    hours_still_promised: Minutes


def purse_of(fund: PooledFund) -> Purse:
    """One question; the balances came with the fund."""
    sums = (
        fund.contributions.values("unit", "organisation__name")
        .annotate(sum=Sum("count"))
        .order_by("-sum", "organisation__name")
    )
    given = [(row["unit"], Given(row["organisation__name"], Unit(row["unit"]).amount.of(row["sum"]))) for row in sums]
    pounds = [each for unit, each in given if unit == Unit.GBP]
    hours = [each for unit, each in given if unit == Unit.MINUTES]
    pounds_in = Money(_count(pounds))
    return Purse(
        pounds_from=pounds,
        hours_from=hours,
        pounds_in=pounds_in,
        pounds_out=pounds_in - fund.pounds.holds,
        pounds_set_aside=fund.pounds.set_aside,
        pounds_free=fund.pounds.free,
        hours_promised=Minutes(_count(hours)),
        hours_given=fund.hours_worked.holds,
        hours_still_promised=fund.hours.holds,
    )


def contributions_to(fund: PooledFund) -> QuerySet[FundContribution]:
    return fund.contributions.select_related("organisation", "step").order_by("-contributed_at", "-id")


def payments_from(fund: PooledFund, *, for_its_keepers: bool = False) -> QuerySet[Payment]:
    """Payments out of the purse, newest first: the public ones, or for the host's officers and treasurers all."""
    payments = Payment.objects.filter(from_account=fund.pounds_id).select_related("words")
    if not for_its_keepers:
        payments = payments.filter(is_public=True)
    return payments.order_by("-proposed_at", "-id")


def payments_to_see_through(fund: PooledFund) -> QuerySet[Payment]:
    """Those that wait for the host's people, oldest first."""
    waiting = [Payment.State.PROPOSED, Payment.State.AUTHORISED, Payment.State.SENT]
    payments = Payment.objects.filter(from_account=fund.pounds_id, state__in=waiting).select_related("words")
    return payments.order_by("proposed_at", "id")[:50]


def payee_names(payments: Sequence[Payment]) -> dict[Ref, str]:
    return ledger.names_of([payment.beneficiary for payment in payments]) if payments else {}


def confirmed_hours(fund: PooledFund) -> QuerySet[GivenHours]:
    return (
        fund.given_hours.filter(confirmed_at__isnull=False)
        .select_related("group", "what", "step")
        .order_by("-given_on", "-id")
    )


def hours_to_confirm(fund: PooledFund) -> QuerySet[GivenHours]:
    return (
        fund.given_hours.filter(confirmed_at=None)
        .select_related("group", "giver", "told_by", "what")
        .order_by("told_at", "id")
    )


@dataclass(frozen=True)
class Flows:
    """Where all pounds and hours came from and went, over all initiatives: two lines, never added up."""

    pounds_from: Sequence[Given]
    pounds_to: Sequence[Given]
    hours_promised_by: Sequence[Given]
    hours_given_by: Sequence[Given]

    @property
    def pounds_in(self) -> Money:
        return Money(_count(self.pounds_from))

    @property
    def pounds_paid(self) -> Money:
        return Money(_count(self.pounds_to))

    @property
    def hours_promised(self) -> Minutes:
        return Minutes(_count(self.hours_promised_by))

    @property
    def hours_given(self) -> Minutes:
        return Minutes(_count(self.hours_given_by))


def flows() -> Flows:
    """For the public account, the largest first. Four questions, however many initiatives there are."""
    put_in = FundContribution.objects.values("unit", "organisation__name").annotate(sum=Sum("count"))
    given = [
        (row["unit"], Given(row["organisation__name"], Unit(row["unit"]).amount.of(row["sum"])))
        for row in put_in.order_by("-sum", "organisation__name")
    ]
    return Flows(
        pounds_from=[each for unit, each in given if unit == Unit.GBP],
        pounds_to=_paid_to(),
        hours_promised_by=[each for unit, each in given if unit == Unit.MINUTES],
        hours_given_by=_hours_given_by(),
    )


def _paid_to() -> list[Given]:
    """Payments to people are counted together and not named."""
    purses = PooledFund.objects.values("pounds")
    paid = Payment.objects.filter(from_account__in=purses, state=Payment.State.CONFIRMED).order_by()
    sums: dict[Ref, int] = dict(paid.values_list("beneficiary").annotate(sum=Sum("pence")))
    bodies = [ref for ref in sums if ref.room == "organisations"]
    names = ledger.names_of(bodies) if bodies else {}
    found = [Given(names.get(ref, _("An organisation")), Money(sums[ref])) for ref in bodies]
    people = sum(pence for ref, pence in sums.items() if ref.room != "organisations")
    if people:
        found.append(Given(_("Residents"), Money(people)))
    return sorted(found, key=lambda each: (-each.amount.count, each.name))


def _hours_given_by() -> list[Given]:
    """Groups by name, neighbours together."""
    confirmed = GivenHours.objects.filter(confirmed_at__isnull=False).values("group__name")
    return [
        Given(row["group__name"] or _("Neighbours"), Minutes(row["sum"]))
        for row in confirmed.annotate(sum=Sum("minutes")).order_by("-sum", "group__name")
    ]


# -- what waits for a person


def waiting_for(person: Person, at: datetime) -> list[Waiting]:
    """Payments to see through, and time to confirm."""
    return [*_payments_waiting(person, at), *_hours_waiting(person, at)]


def _payments_waiting(person: Person, at: datetime) -> list[Waiting]:
    on = timezone.localdate(at)
    kept = Membership.objects.filter(
        Q(until_on=None) | Q(until_on__gt=on),
        person=person,
        from_on__lte=on,
        part__in=[Membership.Part.OFFICER, Membership.Part.TREASURER],
    )
    to_see_through = Payment.objects.filter(
        from_account__keeper__in=kept.values("organisation"),
        state__in=[Payment.State.AUTHORISED, Payment.State.SENT],
    )
    words = {
        Payment.State.PROPOSED: _("Look at a payment, and say yes or no"),
        Payment.State.AUTHORISED: _("Send a payment to the paying system"),
        Payment.State.SENT: _("Say whether a payment was paid"),
    }
    payments = [*ledger.waiting_for(person, on=on)[:50], *to_see_through.order_by("proposed_at")[:50]]
    return [
        Waiting(str(words[Payment.State(payment.state)]), "ledger:payment", (payment.pk,), None) for payment in payments
    ]


def _hours_waiting(person: Person, at: datetime) -> list[Waiting]:
    theirs = organisations.organisations_of(person, on=timezone.localdate(at))
    waiting = (
        GivenHours.objects.filter(confirmed_at=None)
        .filter(
            Q(fund__initiative__leads__person=person, fund__initiative__leads__until_at=None)
            | Q(fund__initiative__partners__organisation__in=theirs, fund__initiative__partners__left_at=None)
        )
        .exclude(told_by=person)
        .exclude(giver=person)
        .exclude(group__in=theirs)
        .select_related("because")
        .order_by("told_at", "id")
        .distinct()
    )
    return [
        Waiting(_("Confirm time that was given"), "initiatives:hours", (given.pk,), None, given.because)
        for given in waiting[:50]
    ]
