"""Verbs of the ledger."""

from commonweal.foundations.verbs.once import SentTwice

from .accounts import close_account, move_limits, open_account
from .consent import authorise, decline, is_beneficiary, withdraw
from .holds import hold, release
from .incoming import Heard, TakenIn, look_at, take_in
from .journals import correct, post
from .payments import propose_payment
from .periods import close_period, close_year
from .refusals import (
    AccountAlreadyOpen,
    AccountClosed,
    AccountNotEmpty,
    AlreadyAuthorised,
    AlreadyCorrected,
    AlreadyReleased,
    IdempotencyConflict,
    MadeTheFile,
    NoRoom,
    NotEnough,
    NothingMoves,
    NotThere,
    OwnPayment,
    PeriodClosed,
    SayWhyNot,
    SeveralKeepers,
    TakeItBack,
    TooFewEyes,
    TwoPeopleNeeded,
    WrongUnit,
)
from .settling import confirm, fail, send

__all__ = [
    "AccountAlreadyOpen",
    "AccountClosed",
    "AccountNotEmpty",
    "AlreadyAuthorised",
    "AlreadyCorrected",
    "AlreadyReleased",
    "Heard",
    "IdempotencyConflict",
    "MadeTheFile",
    "NoRoom",
    "NotEnough",
    "NotThere",
    "NothingMoves",
    "OwnPayment",
    "PeriodClosed",
    "SayWhyNot",
    "SentTwice",
    "SeveralKeepers",
    "TakeItBack",
    "TakenIn",
    "TooFewEyes",
    "TwoPeopleNeeded",
    "WrongUnit",
    "authorise",
    "close_account",
    "close_period",
    "close_year",
    "confirm",
    "correct",
    "decline",
    "fail",
    "hold",
    "is_beneficiary",
    "look_at",
    "move_limits",
    "open_account",
    "post",
    "propose_payment",
    "release",
    "send",
    "take_in",
    "withdraw",
]
