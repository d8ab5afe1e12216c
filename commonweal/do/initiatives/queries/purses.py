"""Questions about a shared purse: where its pounds and hours came from, and where they went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet, Sum

from commonweal.foundations.ledger.models import Unit
from commonweal.foundations.people.models import Person
from commonweal.methods.quantities import Minutes, Money

from ..models import FundContribution, PooledFund


def fund_for(person: Person | None, uuid: UUID) -> PooledFund:
    return PooledFund.objects.select_related("initiative__step", "host", "pounds", "hours", "hours_worked", "step").get(
        pk=uuid
    )


@dataclass(frozen=True)
class Given:
    """What one organisation put in, in one unit."""

    name: str
    amount: Money | Minutes


def count(given: Sequence[Given]) -> int:
    """The sum, in the unit that they share."""
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
    pounds_in = Money(count(pounds))
    return Purse(
        pounds_from=pounds,
        hours_from=hours,
        pounds_in=pounds_in,
        pounds_out=pounds_in - fund.pounds.holds,
        pounds_set_aside=fund.pounds.set_aside,
        pounds_free=fund.pounds.free,
        hours_promised=Minutes(count(hours)),
        hours_given=fund.hours_worked.holds,
        hours_still_promised=fund.hours.holds,
    )


def contributions_to(fund: PooledFund) -> QuerySet[FundContribution]:
    return fund.contributions.select_related("organisation", "step").order_by("-contributed_at", "-id")
