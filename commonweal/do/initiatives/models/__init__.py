"""Doing something together: who leads, who takes part, what it costs in pounds and hours."""

from .funds import FundContribution, GivenHours, PooledFund
from .initiatives import Adopted, Initiative, Lead, Partner

__all__ = ["Adopted", "FundContribution", "GivenHours", "Initiative", "Lead", "Partner", "PooledFund"]
