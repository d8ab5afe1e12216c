"""Verbs of initiatives: begin, hand over, join, take up tasks, pool pounds and hours, pay."""

from commonweal.foundations.verbs.once import SentTwice

from .doubts import NotYourTime, SayWhyNot, decline_hours, take_back_hours
from .funds import (
    AlreadyHasAPurse,
    MoreThanIsFree,
    OnlyPartnersKeepIt,
    OnlyPartnersPutIn,
    contribute,
    open_fund,
    propose_payment,
)
from .hours import (
    AlreadyConfirmed,
    MoreThanADay,
    NoLongerWaits,
    NotGivenYet,
    SomebodyElseConfirms,
    TooLongAgo,
    WhoGaveIt,
    confirm_hours,
    give_hours,
)
from .initiatives import (
    AlreadyLeads,
    AlreadyTakenUp,
    LeadHasChanged,
    NothingItGrowsFrom,
    adopt,
    begin,
    hand_over,
)
from .partners import AlreadyAnswered, AlreadyAPartner, AlreadyAsked, HasLeft, join, leave, say_no, say_yes

__all__ = [
    "AlreadyAPartner",
    "AlreadyAnswered",
    "AlreadyAsked",
    "AlreadyConfirmed",
    "AlreadyHasAPurse",
    "AlreadyLeads",
    "AlreadyTakenUp",
    "HasLeft",
    "LeadHasChanged",
    "MoreThanIsFree",
    "MoreThanADay",
    "NoLongerWaits",
    "NotGivenYet",
    "NotYourTime",
    "NothingItGrowsFrom",
    "OnlyPartnersKeepIt",
    "OnlyPartnersPutIn",
    "SayWhyNot",
    "SentTwice",
    "SomebodyElseConfirms",
    "TooLongAgo",
    "WhoGaveIt",
    "adopt",
    "begin",
    "confirm_hours",
    "contribute",
    "decline_hours",
    "give_hours",
    "hand_over",
    "join",
    "leave",
    "open_fund",
    "propose_payment",
    "say_no",
    "say_yes",
    "take_back_hours",
]
