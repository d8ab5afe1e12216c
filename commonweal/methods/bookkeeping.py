"""Double entry: what comes from one account goes to another, unit by unit, to the penny and the minute.

    check        a journal sums to nought in every unit
    balances     what each account holds, now or as of a moment
    split        divide an amount by weights; the parts always sum to it
    risk_share   who bears how much of an overspend, or keeps how much of what is left
    variance     how far the outturn lies from the budget

    UnusableLines          the lines cannot be a journal at all
    └── DoesNotBalance     some unit does not sum to nought; says which, and by how much
    UnusableWeights        nothing can be divided by such weights
    NotCovered             the agreed limits leave part of a difference with nobody

Whole numbers throughout: a float is refused, never rounded.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import TypeVar

from .quantities import Amount, Minutes, Money, Share

AmountT = TypeVar("AmountT", bound=Amount)
WholeT = TypeVar("WholeT", int, Money, Minutes)
Party = TypeVar("Party", bound=Hashable)


class UnusableLines(ValueError):
    """The lines cannot be a journal."""


class DoesNotBalance(UnusableLines):
    """What goes out is not what comes in.

    Attributes:
        by_unit: for each unit that does not balance, by how much (positive: more comes in than goes out).
    """

    def __init__(self, by_unit: Mapping[str, int]) -> None:
        self.by_unit = dict(by_unit)
        told = ", ".join(f"{unit} by {difference:+d}" for unit, difference in sorted(self.by_unit.items()))
        super().__init__(f"the entries do not balance: {told}")


class UnusableWeights(ValueError):
    """Nothing can be divided by such weights."""


class NotCovered(ValueError):
    """The agreed limits leave part of the difference with nobody.

    Attributes:
        left: the part that nobody has agreed to bear.
    """

    def __init__(self, left: Amount) -> None:
        super().__init__(f"nobody has agreed to bear {left} of it")
        self.left = left


@dataclass(frozen=True, slots=True)
class Line:
    """One account's part of a journal.

    Args:
        account: any name of the account that can be a dictionary's key.
        unit: `gbp` (pence) or `minutes`; any word will do, since units are only compared.
        amount: whole number; positive comes in, negative goes out; never nought.
        at: when it happened, for balances as of a moment.

    Raises:
        UnusableLines: the amount is not a whole number, or is nought.
    """

    account: Hashable
    unit: str
    amount: int
    at: datetime | None = None

    def __post_init__(self) -> None:
        if type(self.amount) is not int:
            raise UnusableLines(f"a line takes a whole number, not {self.amount!r}")
        if self.amount == 0:
            raise UnusableLines(f"a line of nought says nothing about {self.account}")

    @classmethod
    def of(cls, account: Hashable, amount: Amount, at: datetime | None = None) -> Line:
        """A line from an amount that knows its unit.

        >>> Line.of("pot", Money(-500))
        Line(account='pot', unit='gbp', amount=-500, at=None)
        """
        return cls(account, amount.unit, amount.count, at)


def check(lines: Iterable[Line]) -> None:
    """Refuse lines that are not a whole journal.

    Raises:
        UnusableLines: there are fewer than two lines, or an account is named twice or in two units.
        DoesNotBalance: some unit does not sum to nought.

    >>> check([Line("pot", "gbp", -500), Line("hall", "gbp", 500)])
    >>> check([Line("pot", "gbp", -500), Line("hall", "minutes", 500)])
    Traceback (most recent call last):
    commonweal.methods.bookkeeping.DoesNotBalance: the entries do not balance: gbp by -500, minutes by +500

    Not covered:
        Whether the accounts hold enough: that is the store's lock and its floor.
    """
    journal = list(lines)
    if len(journal) < 2:
        raise UnusableLines("a journal has two lines or more: where it comes from and where it goes to")
    if len({line.account for line in journal}) < len(journal):
        raise UnusableLines("an account stands once in a journal")
    by_unit: dict[str, int] = {}
    for line in journal:
        by_unit[line.unit] = by_unit.get(line.unit, 0) + line.amount
    if any(by_unit.values()):
        raise DoesNotBalance({unit: total for unit, total in by_unit.items() if total})


def balances(lines: Iterable[Line], *, as_of: datetime | None = None) -> dict[Hashable, int]:
    """What each account holds: the sum of its lines, up to and including a moment.

    Args:
        lines: of any number of journals, in any order.
        as_of: only lines that happened at or before it; None for all.

    Returns:
        For each account that has a line, its sum in the account's unit.

    Raises:
        UnusableLines: an account has lines in two units, or a line lacks its time and `as_of` is asked for.

    >>> balances([Line("pot", "gbp", -500), Line("hall", "gbp", 500), Line("pot", "gbp", 20)])
    {'pot': -480, 'hall': 500}
    """
    held: dict[Hashable, int] = {}
    units: dict[Hashable, str] = {}
    for line in lines:
        if units.setdefault(line.account, line.unit) != line.unit:
            raise UnusableLines(f"{line.account} has lines in {units[line.account]} and in {line.unit}")
        if as_of is not None:
            if line.at is None:
                raise UnusableLines(f"a line of {line.account} does not say when it happened")
            if line.at > as_of:
                continue
        held[line.account] = held.get(line.account, 0) + line.amount
    return held


def split(amount: WholeT, weights: Sequence[int | Fraction | Share]) -> tuple[WholeT, ...]:
    """Divide an amount by weights so that the parts sum to it exactly (largest remainder, or Hamilton's method).

    Each part is its exact share rounded down; the units left over go, one each, to the largest remainders,
    equal remainders to the earlier place. A negative amount is divided like its opposite.

    Args:
        amount: whole number, Money or Minutes.
        weights: whole numbers, fractions or Shares, none negative, not all nought. They need not sum to one.

    Returns:
        One part for each weight, in their order.

    Raises:
        UnusableWeights: there is no weight, one is negative or a float, or all are nought.

    Source:
        M. Balinski and H. P. Young, Fair Representation (2001), chapter 2.

    >>> split(Money(100), [1, 1, 1])
    (Money(pence=34), Money(pence=33), Money(pence=33))
    >>> split(10, [6, 3, 2])
    (5, 3, 2)

    Not covered:
        Steadiness as the amount grows: a larger amount can give one part less (the Alabama paradox).
    """
    exact = [_weight(weight) for weight in weights]
    total = sum(exact, Fraction(0))
    if not exact or total == 0:
        raise UnusableWeights("weights need at least one that is more than nought")
    if isinstance(amount, Amount):
        whole = amount.count
    else:
        if type(amount) is not int:
            raise UnusableWeights(f"only whole amounts are divided, not {amount!r}")
        whole = amount
    sign = -1 if whole < 0 else 1
    shares = [abs(whole) * weight / total for weight in exact]
    parts = [share.numerator // share.denominator for share in shares]
    by_remainder = sorted(range(len(parts)), key=lambda place: (parts[place] - shares[place], place))
    for place in by_remainder[: abs(whole) - sum(parts)]:
        parts[place] += 1
    return tuple(amount.of(sign * part) if isinstance(amount, Amount) else sign * part for part in parts)


@dataclass(frozen=True)
class Round:
    """One round of a risk share: what was divided, between whom, and who reached their limit."""

    divided: Amount
    offered: Mapping[Hashable, Amount]
    at_limit: tuple[Hashable, ...]


@dataclass(frozen=True)
class RiskShare:
    """Who bears what, and the rounds that led there, so that a page can say why.

    Attributes:
        difference: what was divided; positive is an overspend to bear, negative is money left to keep.
        parts: for each party its part, of the same sign; they sum to the difference.
        rounds: in order; more than one where somebody reached a limit.
        backstop: the part that fell to the backstop because all others were at their limits.
    """

    difference: Amount
    parts: Mapping[Hashable, Amount]
    rounds: tuple[Round, ...]
    backstop: Amount


def risk_share(
    difference: Amount,
    weights: Mapping[Party, int | Fraction | Share],
    *,
    limits: Mapping[Party, Amount] | None = None,
    backstop: Party | None = None,
) -> RiskShare:
    """Divide what a pooled fund has overspent, or has left, as its parties agreed beforehand.

    All share by weight. Whoever would bear more than their limit bears the limit, and what they do not bear is
    divided again among the others. What is left when everybody is at their limit falls to the backstop.

    Args:
        difference: outturn less budget: positive is an overspend, negative is money left.
        weights: each party's agreed weight, in the order that settles ties.
        limits: the most that a party bears or keeps, never negative; a party without one has no limit.
        backstop: who bears the rest, usually the fund's host; it may be one of the parties.

    Raises:
        UnusableWeights: as `split`; or a limit is negative or is of another unit, or is for no party.
        NotCovered: everybody is at their limit and there is no backstop.

    Source:
        The shape of risk shares in pooled budgets under section 75 of the National Health Service Act 2006.

    >>> shared = risk_share(Money(900), {"council": 2, "nhs": 1}, limits={"council": Money(500)})
    >>> {party: str(part) for party, part in shared.parts.items()}
    {'council': '£5.00', 'nhs': '£4.00'}

    Not covered:
        Limits on several years together, and bands with weights of their own: share each band by itself.
    """
    ceilings = _ceilings(difference, weights, limits or {})
    if backstop is not None and backstop not in weights:
        weights = {**weights, backstop: 0}
    sign = -1 if difference.count < 0 else 1
    borne: dict[Hashable, int] = dict.fromkeys(weights, 0)
    sharing = {party: _weight(weight) for party, weight in weights.items() if _weight(weight)}
    left = abs(difference.count)
    rounds = []
    while left and sharing:
        offers = dict(zip(sharing, split(left, list(sharing.values())), strict=True))
        at_limit = tuple(party for party, offer in offers.items() if offer > ceilings.get(party, offer))
        rounds.append(
            Round(
                difference.of(sign * left),
                {party: difference.of(sign * offer) for party, offer in offers.items()},
                at_limit,
            )
        )
        for party in at_limit or tuple(sharing):
            borne[party] = ceilings[party] if at_limit else offers[party]
            left -= borne[party]
            del sharing[party]
    if left and backstop is None:
        raise NotCovered(difference.of(sign * left))
    if left:
        borne[backstop] += left
    return RiskShare(
        difference,
        {party: difference.of(sign * count) for party, count in borne.items()},
        tuple(rounds),
        difference.of(sign * left),
    )


@dataclass(frozen=True)
class Variance:
    """How far what was spent lies from what was planned.

    Attributes:
        difference: spent less planned: positive is an overspend.
        of_budget: the difference as a part of the plan; None where nothing was planned.
    """

    budget: Amount
    outturn: Amount
    difference: Amount
    of_budget: Share | None


def variance(budget: AmountT, outturn: AmountT) -> Variance:
    """Outturn less budget.

    Raises:
        TypeError: the two are of different units.

    >>> found = variance(Money(1000), Money(1125))
    >>> str(found.difference), str(found.of_budget)
    ('£1.25', '12.5%')
    """
    difference = outturn - budget
    return Variance(budget, outturn, difference, difference / budget if budget else None)


def _weight(weight: int | Fraction | Share) -> Fraction:
    if isinstance(weight, Share):
        weight = weight.fraction
    if isinstance(weight, bool) or not isinstance(weight, int | Fraction):
        raise UnusableWeights(f"a weight is a whole number, a fraction or a Share, not {weight!r}")
    if weight < 0:
        raise UnusableWeights(f"a weight is never negative, as {weight} is")
    return Fraction(weight)


def _ceilings(
    difference: Amount, weights: Mapping[Party, int | Fraction | Share], limits: Mapping[Party, Amount]
) -> dict[Hashable, int]:
    for party, limit in limits.items():
        if party not in weights:
            raise UnusableWeights(f"{party} has a limit and no weight")
        if type(limit) is not type(difference) or limit.count < 0:
            raise UnusableWeights(f"the limit of {party} is nought or more of the unit that is divided")
    if not any(_weight(weight) for weight in weights.values()):
        raise UnusableWeights("weights need at least one that is more than nought")
    return {party: limit.count for party, limit in limits.items()}
