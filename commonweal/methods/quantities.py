"""Amounts that know their unit: pence, minutes, shares, periods, estimates.

    Money     whole pence        Money(123456)   £1,234.56
    Minutes   whole minutes      Minutes(150)    2 h 30 min
    Share     an exact fraction  Share(1, 8)     12.5%
    Period    days, half open    from 1 April 2026 to 31 March 2027
    Estimate  a value, its interval and how many it rests on

Money and Minutes are integers underneath. They add only to their own kind, multiply only by whole numbers, and refuse
floats, so a penny is never lost to rounding and an hour is never turned into pounds by accident.

    UnusableQuantity      what was given cannot be such an amount
    └── NotAnAmount       what somebody typed cannot be read; its message says what to type instead
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import ClassVar, Self

#: The largest count that every store and reader of our files keeps exactly (2**53 - 1).
LARGEST = 9_007_199_254_740_991


class UnusableQuantity(ValueError):
    """What was given cannot be such an amount."""


class NotAnAmount(UnusableQuantity):
    """What somebody typed cannot be read as an amount.

    Attributes:
        typed: the text, as it came.
        expected: what to type instead, in words.
    """

    def __init__(self, typed: str, expected: str) -> None:
        super().__init__(f"{typed.strip()[:40]!r} is not an amount we can read: {expected}")
        self.typed = typed
        self.expected = expected


class Amount:
    """What Money and Minutes share: a whole number of one unit, and arithmetic that stays in it.

    >>> Money(250) + Money(50), 3 * Money(250), -Money(1)
    (Money(pence=300), Money(pence=750), Money(pence=-1))
    >>> Money(250) + Minutes(3)
    Traceback (most recent call last):
    TypeError: unsupported operand type(s) for +: 'Money' and 'Minutes'
    >>> Money(250) * 1.5
    Traceback (most recent call last):
    TypeError: unsupported operand type(s) for *: 'Money' and 'float'
    """

    __slots__ = ()

    #: The ledger's word for the unit.
    unit: ClassVar[str]

    @classmethod
    def of(cls, count: int) -> Self:
        """So many of the unit: pence for Money, minutes for Minutes."""
        return cls(count)  # type: ignore[call-arg]

    @property
    def count(self) -> int:
        """The whole number underneath."""
        raise NotImplementedError

    def __add__(self, other: Self) -> Self:
        if type(other) is not type(self):
            return NotImplemented
        return self.of(self.count + other.count)

    def __sub__(self, other: Self) -> Self:
        if type(other) is not type(self):
            return NotImplemented
        return self.of(self.count - other.count)

    def __mul__(self, times: int) -> Self:
        if type(times) is not int:
            return NotImplemented
        return self.of(self.count * times)

    __rmul__ = __mul__

    def __truediv__(self, other: Self) -> Share:
        """How large a part this is of another amount of the same unit, exactly."""
        if type(other) is not type(self):
            return NotImplemented
        if other.count == 0:
            raise UnusableQuantity("nothing is no part of nothing: the whole is zero")
        return Share(self.count, other.count)

    def __neg__(self) -> Self:
        return self.of(-self.count)

    def __abs__(self) -> Self:
        return self.of(abs(self.count))

    def __bool__(self) -> bool:
        return self.count != 0


@dataclass(frozen=True, slots=True, order=True)
class Money(Amount):
    """An amount of sterling in whole pence.

    Raises:
        UnusableQuantity: pence is not a whole number (a float, a bool and a Decimal are not).

    >>> str(Money(123456)), str(Money(-5)), Money(100) < Money(101)
    ('£1,234.56', '-£0.05', True)
    >>> Money(1.5)
    Traceback (most recent call last):
    commonweal.methods.quantities.UnusableQuantity: Money takes whole pence, not 1.5
    """

    pence: int
    unit: ClassVar[str] = "gbp"

    def __post_init__(self) -> None:
        _whole("Money takes whole pence", self.pence)

    @property
    def count(self) -> int:
        return self.pence

    @classmethod
    def pounds(cls, pounds: int, pence: int = 0) -> Money:
        """So many pounds and pence.

        >>> Money.pounds(12, 5)
        Money(pence=1205)
        """
        return cls(pounds * 100 + pence)

    @classmethod
    def parse(cls, typed: str) -> Money:
        """Read what people type.

        Raises:
            NotAnAmount: it cannot be read without guessing; the message says what to type.

        >>> [Money.parse(typed).pence for typed in ("£1,234.56", "1234.5", "50p", "-£3", " 7 ")]
        [123456, 123450, 50, -300, 700]
        >>> Money.parse("12,5")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        commonweal...NotAnAmount: '12,5' is not an amount we can read: write it like 1,234.56 or 1234.56
        >>> Money.parse("about 5")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        commonweal...NotAnAmount: 'about 5' is not an amount we can read: write it like 1,234.56 or 1234.56
        """
        text = _minus(typed)
        if in_pence := _PENCE.fullmatch(text):
            return cls(_not_too_large(typed, int(in_pence[1] + in_pence[2])))
        match = _POUNDS.fullmatch(text)
        if match is None:
            if _TOO_FINE.fullmatch(text):
                raise NotAnAmount(typed, "there is nothing smaller than a penny, so use two figures after the point")
            raise NotAnAmount(typed, "write it like 1,234.56 or 1234.56")
        pence = int(match["pounds"].replace(",", "")) * 100 + int((match["pence"] or "0").ljust(2, "0"))
        return cls(_not_too_large(typed, -pence if "-" in (match["sign"] or "") else pence))

    def __str__(self) -> str:
        pounds, pence = divmod(abs(self.pence), 100)
        return f"{'-' if self.pence < 0 else ''}£{pounds:,}.{pence:02}"


@dataclass(frozen=True, slots=True, order=True)
class Minutes(Amount):
    """A length of time that somebody gave or may use, in whole minutes. It has no price.

    Raises:
        UnusableQuantity: minutes is not a whole number.

    >>> str(Minutes(150)), str(Minutes(45)), str(Minutes(120)), str(Minutes(0)), str(Minutes(-61))
    ('2 h 30 min', '45 min', '2 h', '0 min', '-1 h 1 min')
    """

    minutes: int
    unit: ClassVar[str] = "minutes"

    def __post_init__(self) -> None:
        _whole("Minutes takes whole minutes", self.minutes)

    @property
    def count(self) -> int:
        return self.minutes

    @classmethod
    def hours(cls, hours: int, minutes: int = 0) -> Minutes:
        """So many hours and minutes.

        >>> Minutes.hours(2, 30)
        Minutes(minutes=150)
        """
        return cls(hours * 60 + minutes)

    @classmethod
    def parse(cls, typed: str) -> Minutes:
        """Read what people type, in English or Welsh.

        Raises:
            NotAnAmount: it cannot be read without guessing; a bare number does not say whether it means hours.

        >>> [Minutes.parse(typed).minutes for typed in ("2 h 30 min", "2:30", "2.5 hours", "90 min", "1 awr", "1h5")]
        [150, 150, 150, 90, 60, 65]
        >>> Minutes.parse("90")  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        commonweal...NotAnAmount: '90' is not an amount we can read: is it hours or minutes? Write 90 min or 90 h
        """
        text = _minus(typed).lower()
        if _BARE_NUMBER.fullmatch(text):
            raise NotAnAmount(typed, f"is it hours or minutes? Write {text} min or {text} h")
        for shape in (_CLOCK, _TIME):
            match = shape.fullmatch(text)
            if match and (match["hours"] or match["minutes"]):
                minutes = Fraction(match["hours"] or 0) * 60 + int(match["minutes"] or 0)
                if minutes.denominator != 1:
                    raise NotAnAmount(typed, "use whole minutes")
                sign = -1 if match["before"] else 1
                return cls(_not_too_large(typed, sign * int(minutes)))
        raise NotAnAmount(typed, "write it like 2 h 30 min, 2:30 or 45 min")

    def __str__(self) -> str:
        hours, minutes = divmod(abs(self.minutes), 60)
        parts = [f"{hours} h"] if hours else []
        if minutes or not hours:
            parts.append(f"{minutes} min")
        return ("-" if self.minutes < 0 else "") + " ".join(parts)


@dataclass(frozen=True, slots=True, init=False)
class Share:
    """An exact part of a whole: two whole numbers, in lowest terms.

    Raises:
        UnusableQuantity: the numbers are not whole, or the denominator is zero.

    >>> Share(2, 16), str(Share(1, 8)), str(Share(1, 3)), Share(1, 2) + Share(1, 3)
    (Share(numerator=1, denominator=8), '12.5%', '33.33%', Share(numerator=5, denominator=6))
    >>> sorted([Share(1, 2), Share(1, 3)])[0]
    Share(numerator=1, denominator=3)
    """

    numerator: int
    denominator: int

    def __init__(self, numerator: int, denominator: int = 1) -> None:
        _whole("a Share takes whole numbers", numerator)
        _whole("a Share takes whole numbers", denominator)
        if denominator == 0:
            raise UnusableQuantity("a Share of nothing: the denominator is zero")
        lowest = Fraction(numerator, denominator)
        object.__setattr__(self, "numerator", lowest.numerator)
        object.__setattr__(self, "denominator", lowest.denominator)

    @classmethod
    def parse(cls, typed: str) -> Share:
        """Read '12.5%' or '1/8'.

        >>> Share.parse("12.5%") == Share.parse("1/8")
        True
        >>> Share.parse("0.125")
        Traceback (most recent call last):
        commonweal.methods.quantities.NotAnAmount: '0.125' is not an amount we can read: write it like 12.5% or 1/8
        """
        text = _minus(typed)
        percent, ratio = _PERCENT.fullmatch(text), _RATIO.fullmatch(text)
        if percent:
            return cls._exactly(Fraction(percent[1]) / 100)
        if ratio and int(ratio[2]):
            return cls(int(ratio[1]), int(ratio[2]))
        raise NotAnAmount(typed, "write it like 12.5% or 1/8")

    def of(self, whole: Money | Minutes) -> Money | Minutes:
        """This part of an amount, to the nearest unit; a half goes to the even neighbour.

        Parts reckoned one by one need not sum to the whole: to divide something up use `bookkeeping.split`.

        >>> Share(1, 3).of(Money(100)), Share(1, 2).of(Minutes(5))
        (Money(pence=33), Minutes(minutes=2))
        """
        return whole.of(round(self.fraction * whole.count))

    @property
    def fraction(self) -> Fraction:
        return Fraction(self.numerator, self.denominator)

    @classmethod
    def _exactly(cls, fraction: Fraction) -> Share:
        return cls(fraction.numerator, fraction.denominator)

    def __add__(self, other: Share) -> Share:
        return self._exactly(self.fraction + other.fraction) if isinstance(other, Share) else NotImplemented

    def __sub__(self, other: Share) -> Share:
        return self._exactly(self.fraction - other.fraction) if isinstance(other, Share) else NotImplemented

    def __mul__(self, other: Share | int) -> Share:
        if isinstance(other, Share):
            return self._exactly(self.fraction * other.fraction)
        return self._exactly(self.fraction * other) if type(other) is int else NotImplemented

    __rmul__ = __mul__

    def __neg__(self) -> Share:
        return self._exactly(-self.fraction)

    def __lt__(self, other: Share) -> bool:
        return self.fraction < other.fraction if isinstance(other, Share) else NotImplemented

    def __le__(self, other: Share) -> bool:
        return self.fraction <= other.fraction if isinstance(other, Share) else NotImplemented

    def __str__(self) -> str:
        """In percent, to two figures after the point at most."""
        hundredths = round(self.fraction * 10_000)
        whole, rest = divmod(abs(hundredths), 100)
        return f"{'-' if hundredths < 0 else ''}{whole}" + (f".{rest:02}".rstrip("0") if rest else "") + "%"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `from_on` up to, but without, `until_on`.

    Raises:
        UnusableQuantity: it ends before it has begun, or is empty.

    >>> year = Period(date(2026, 4, 1), date(2027, 4, 1))
    >>> year.days, str(year), date(2027, 3, 31) in year, date(2027, 4, 1) in year
    (365, '1 April 2026 to 31 March 2027', True, False)
    >>> year.overlaps(Period(date(2027, 4, 1), date(2028, 4, 1)))
    False
    """

    from_on: date
    until_on: date

    def __post_init__(self) -> None:
        for day in (self.from_on, self.until_on):
            if type(day) is not date:
                raise UnusableQuantity(f"a Period takes days, not {day!r}")
        if self.until_on <= self.from_on:
            raise UnusableQuantity(f"a Period ends after it begins: {self.from_on} to {self.until_on}")

    def __contains__(self, day: date) -> bool:
        return self.from_on <= day < self.until_on

    def overlaps(self, other: Period) -> bool:
        return self.from_on < other.until_on and other.from_on < self.until_on

    @property
    def days(self) -> int:
        return (self.until_on - self.from_on).days

    @property
    def last_on(self) -> date:
        return self.until_on - timedelta(days=1)

    def __str__(self) -> str:
        return f"{_day(self.from_on)} to {_day(self.last_on)}"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measured or modelled value, the interval it may lie in, and how many observations it rests on.

    Args:
        value: the estimate, in whatever unit its owner states.
        low: lower end of the interval.
        high: upper end of the interval.
        n: number of observations, 0 where it rests on none (a model).
        confidence: the share of such intervals that hold the truth (0.95 is 95%).

    Raises:
        UnusableQuantity: a number is not finite, the value lies outside its interval, n is negative or
            confidence is not between 0 and 1.

    >>> rate = Estimate(0.42, 0.38, 0.46, n=612)
    >>> str(rate), rate.excludes(0.5)
    ('0.42 (0.38 to 0.46, n = 612)', True)
    """

    value: float
    low: float
    high: float
    n: int
    confidence: float = 0.95

    def __post_init__(self) -> None:
        _whole("n is a whole number", self.n)
        if not all(math.isfinite(each) for each in (self.value, self.low, self.high)):
            raise UnusableQuantity("an Estimate takes finite numbers")
        if not self.low <= self.value <= self.high:
            raise UnusableQuantity(f"{self.value} lies outside its own interval, {self.low} to {self.high}")
        if self.n < 0 or not 0 < self.confidence < 1:
            raise UnusableQuantity("an Estimate rests on n >= 0 observations, with a confidence between 0 and 1")

    def excludes(self, value: float) -> bool:
        """Whether the interval rules this value out."""
        return not self.low <= value <= self.high

    def __str__(self) -> str:
        return f"{self.value:g} ({self.low:g} to {self.high:g}, n = {self.n})"


_GROUPED = r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+"
_POUNDS = re.compile(rf"(?P<sign>-\s*£?|£\s*-?)?\s*(?P<pounds>{_GROUPED})(?:\.(?P<pence>[0-9]{{1,2}}))?")
_TOO_FINE = re.compile(rf"-?£?\s*-?(?:{_GROUPED})\.[0-9]{{3,}}")
_PENCE = re.compile(r"(-?)([0-9]+)\s*p")
_BARE_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_CLOCK = re.compile(r"(?P<before>-)?(?P<hours>[0-9]+):(?P<minutes>[0-5][0-9])")
_TIME = re.compile(
    r"(?P<before>-)?(?:(?P<hours>[0-9]+(?:\.[0-9]+)?)\s*(?:h|hrs?|hours?|awr|oriau))?"
    r"(?:\s*(?:and|a|,)?\s*(?P<minutes>[0-9]+)\s*(?:m|mins?|minutes?|munud|funud|munudau|(?<=h[0-9])|(?<=h[0-9][0-9])))?"
)
_PERCENT = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)\s*%")
_RATIO = re.compile(r"(-?[0-9]+)\s*/\s*([0-9]+)")


def _whole(claim: str, number: object) -> None:
    if type(number) is not int:
        raise UnusableQuantity(f"{claim}, not {number!r}")


def _minus(typed: str) -> str:
    """The text without surrounding space, a typographer's minus made plain."""
    return typed.strip().replace("\N{MINUS SIGN}", "-").replace("\N{NO-BREAK SPACE}", " ")


def _not_too_large(typed: str, count: int) -> int:
    if abs(count) > LARGEST:
        raise NotAnAmount(typed, "it is larger than any amount we keep")
    return count


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
