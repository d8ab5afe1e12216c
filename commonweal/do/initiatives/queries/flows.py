"""Where all pounds and hours came from and went, over all initiatives: for the public account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Sum
from django.utils.translation import gettext as _

from commonweal.foundations.ledger.models import Payment, Unit
from commonweal.foundations.thread.naming import known_names
from commonweal.foundations.verbs.refs import Ref
from commonweal.methods.quantities import Minutes, Money

from ..models import FundContribution, GivenHours, PooledFund
from .purses import Given, count


@dataclass(frozen=True)
class Flows:
    """Where all pounds and hours came from and went, over all initiatives: two lines, never added up."""

    pounds_from: Sequence[Given]
    pounds_to: Sequence[Given]
    hours_promised_by: Sequence[Given]
    hours_given_by: Sequence[Given]

    @property
    def pounds_in(self) -> Money:
        return Money(count(self.pounds_from))

    @property
    def pounds_paid(self) -> Money:
        return Money(count(self.pounds_to))

    @property
    def hours_promised(self) -> Minutes:
        return Minutes(count(self.hours_promised_by))

    @property
    def hours_given(self) -> Minutes:
        return Minutes(count(self.hours_given_by))


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
    names = known_names(bodies) if bodies else {}
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
