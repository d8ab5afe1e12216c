"""A number with its unit, as people read it: 73%, £40, 1,200 benches. No line ends between the two."""

from __future__ import annotations

from decimal import Decimal

from . import tables

#: However somebody wrote it, it is read as a sign close to the number.
PER_CENT = ("%", "per cent", "percent", "y cant")
#: Units that stand close to the number and need no words.
SIGNS = ("%", "£")
#: Between a number and a unit in words.
NO_BREAK = "\N{NO-BREAK SPACE}"


def with_unit(value: Decimal, unit: str) -> str:
    r"""
    >>> with_unit(Decimal("73.000000"), "per cent"), with_unit(Decimal("1200"), "benches"), with_unit(Decimal(40), "£")
    ('73%', '1,200\xa0benches', '£40')
    >>> with_unit(Decimal("73"), "of 100 people"), with_unit(Decimal(-40), " £")
    ('73\xa0of 100 people', '-£40')
    """
    number, unit = tables.digits(value, grouped=True), as_written(unit)
    if unit == "%":
        return f"{number}%"
    if unit == "£":
        return f"£{number}".replace("£-", "-£")
    return f"{number}{NO_BREAK}{unit}".strip()


def as_written(unit: str) -> str:
    """The unit alone, as it stands beside a number and under a chart.

    >>> as_written("Per cent"), as_written(" benches")
    ('%', 'benches')
    """
    return "%" if unit.strip().lower() in PER_CENT else unit.strip()
