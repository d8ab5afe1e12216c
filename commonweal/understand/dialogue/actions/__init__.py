"""Verbs of a conversation: open, suggest, key in, hold back, set aside, gather, bring in, close."""

from .aside import DoesNotWait, IsHeldBack, NothingToSetAside, NotSetAside, set_aside, take_up
from .comments import BroughtIn, NothingNew, import_comments
from .contributions import (
    CannotBeInTheFuture,
    ConversationIsNotOpen,
    KeyedIn,
    SentBefore,
    key_in,
    suggest,
)
from .conversations import ClosedAlready, ClosesBeforeItOpens, close, open_conversation
from .holding import HeldAlready, NotHeld, hold, release
from .imports import PromiseComesTooLate, import_conversation
from .moving import TakenAway, take_away
from .open_sets import (
    EasyToSingleOut,
    PublishedAlready,
    StillOpen,
    TakenBackAlready,
    TooFewPeople,
    publish_open_set,
    take_back_open_set,
)
from .themes import (
    WORKING_DAYS,
    AnsweredAlready,
    GatheredAlready,
    LongerThanPromised,
    NothingToGather,
    gather,
    gather_more,
)

__all__ = [
    "WORKING_DAYS",
    "AnsweredAlready",
    "BroughtIn",
    "CannotBeInTheFuture",
    "ClosedAlready",
    "ClosesBeforeItOpens",
    "ConversationIsNotOpen",
    "DoesNotWait",
    "EasyToSingleOut",
    "GatheredAlready",
    "HeldAlready",
    "IsHeldBack",
    "KeyedIn",
    "LongerThanPromised",
    "NotHeld",
    "NotSetAside",
    "NothingNew",
    "NothingToGather",
    "NothingToSetAside",
    "PromiseComesTooLate",
    "PublishedAlready",
    "SentBefore",
    "StillOpen",
    "TakenAway",
    "TakenBackAlready",
    "TooFewPeople",
    "close",
    "gather",
    "gather_more",
    "hold",
    "import_comments",
    "import_conversation",
    "key_in",
    "open_conversation",
    "publish_open_set",
    "release",
    "set_aside",
    "suggest",
    "take_away",
    "take_back_open_set",
    "take_up",
]
