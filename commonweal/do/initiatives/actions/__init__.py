"""Verbs of initiatives: begin, hand over, join, take up tasks, pool pounds and hours, pay."""

from commonweal.foundations.verbs.once import SentTwice

from .funds import AlreadyHasAPurse, OnlyPartnersPutIn, contribute, open_fund, propose_payment
from .hours import AlreadyConfirmed, NotGivenYet, SomebodyElseConfirms, WhoGaveIt, confirm_hours, give_hours
from .initiatives import (
    AlreadyAPartner,
    AlreadyLeads,
    AlreadyTakenUp,
    HasLeft,
    LeadHasChanged,
    NothingItGrowsFrom,
    adopt,
    begin,
    hand_over,
    join,
    leave,
)

__all__ = [
    "AlreadyAPartner",
    "AlreadyConfirmed",
    "AlreadyHasAPurse",
    "AlreadyLeads",
    "AlreadyTakenUp",
    "HasLeft",
    "LeadHasChanged",
    "NotGivenYet",
    "NothingItGrowsFrom",
    "OnlyPartnersPutIn",
    "SentTwice",
    "SomebodyElseConfirms",
    "WhoGaveIt",
    "adopt",
    "begin",
    "confirm_hours",
    "contribute",
    "give_hours",
    "hand_over",
    "join",
    "leave",
    "open_fund",
    "propose_payment",
]
