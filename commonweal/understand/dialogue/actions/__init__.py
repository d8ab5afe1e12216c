"""Verbs of a conversation: open, suggest, key in, hold back, set aside, gather, split, merge, bring in, close."""

from .aside import DoesNotWait, IsHeldBack, NothingToSetAside, NotSetAside, set_aside, take_up
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
from .proposing import propose
from .reshaping import NothingLeft, NotInTheTheme, OneThemeAlone, ReshapedAlready, merge, split
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
    "CannotBeInTheFuture",
    "ClosedAlready",
    "ClosesBeforeItOpens",
    "ConversationIsNotOpen",
    "DoesNotWait",
    "GatheredAlready",
    "HeldAlready",
    "IsHeldBack",
    "KeyedIn",
    "LongerThanPromised",
    "NotHeld",
    "NotInTheTheme",
    "NotSetAside",
    "NothingLeft",
    "NothingToGather",
    "NothingToSetAside",
    "OneThemeAlone",
    "PromiseComesTooLate",
    "ReshapedAlready",
    "SentBefore",
    "close",
    "gather",
    "gather_more",
    "hold",
    "import_conversation",
    "key_in",
    "merge",
    "open_conversation",
    "propose",
    "release",
    "set_aside",
    "split",
    "suggest",
    "take_up",
]
