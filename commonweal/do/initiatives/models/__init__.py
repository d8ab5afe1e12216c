"""Doing something together: who leads, who takes part, what it costs in pounds and hours."""

from .funds import FundContribution, GivenHours, PooledFund
from .initiatives import IS_ASKED, TAKES_PART, Adopted, Initiative, Lead, Partner

__all__ = [
    "IS_ASKED",
    "TAKES_PART",
    "Adopted",
    "FundContribution",
    "GivenHours",
    "Initiative",
    "Lead",
    "Partner",
    "PooledFund",
]
