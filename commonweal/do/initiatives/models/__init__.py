"""Doing something together: who leads, who takes part, what it costs in pounds and hours."""

from .doubts import Doubt
from .funds import FundContribution, GivenHours, PooledFund
from .initiatives import IS_ASKED, TAKES_PART, Adopted, Initiative, Lead, Partner

__all__ = [
    "IS_ASKED",
    "TAKES_PART",
    "Adopted",
    "Doubt",
    "FundContribution",
    "GivenHours",
    "Initiative",
    "Lead",
    "Partner",
    "PooledFund",
]
