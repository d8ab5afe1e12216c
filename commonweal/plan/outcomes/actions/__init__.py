"""Verbs of outcomes: what is wrong, what good looks like, how we would know, who does what."""

from commonweal.foundations.verbs.once import SentTwice

from ..measured import Measured
from .concerns import raise_concern, reword
from .indicators import AlreadyCounted, BaselineMustBeOver, define_indicator
from .obligations import (
    AlreadyDone,
    NotAgreedYet,
    NotAskedFirst,
    TheyDisagree,
    WaitsForAnotherOutcome,
    fulfil,
    oblige,
)
from .outcomes import (
    AlreadyAgreed,
    AlreadyAsked,
    ImplementersDisagree,
    ImplementersNotAsked,
    NotAParty,
    SomeHaveNotAnswered,
    agree,
    answer,
    ask_party,
    propose_outcome,
)
from .readings import (
    CorrectionIsForAnotherTime,
    PeriodAlreadyRead,
    PeriodNotOver,
    ReadingAlreadyRevised,
    record_reading,
    record_readings,
    take_in_readings,
)

__all__ = [
    "AlreadyAgreed",
    "AlreadyAsked",
    "AlreadyCounted",
    "AlreadyDone",
    "BaselineMustBeOver",
    "CorrectionIsForAnotherTime",
    "ImplementersDisagree",
    "ImplementersNotAsked",
    "Measured",
    "NotAParty",
    "NotAgreedYet",
    "NotAskedFirst",
    "PeriodAlreadyRead",
    "PeriodNotOver",
    "ReadingAlreadyRevised",
    "SentTwice",
    "SomeHaveNotAnswered",
    "TheyDisagree",
    "WaitsForAnotherOutcome",
    "agree",
    "answer",
    "ask_party",
    "define_indicator",
    "fulfil",
    "oblige",
    "propose_outcome",
    "raise_concern",
    "record_reading",
    "record_readings",
    "reword",
    "take_in_readings",
]
