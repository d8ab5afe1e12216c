"""Verbs of a conversation: open, suggest, key in, hold back, gather, bring in, close."""

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
from .imports import import_conversation
from .themes import WORKING_DAYS, AnsweredAlready, GatheredAlready, NothingToGather, gather, gather_more

__all__ = [
    "WORKING_DAYS",
    "AnsweredAlready",
    "CannotBeInTheFuture",
    "ClosedAlready",
    "ClosesBeforeItOpens",
    "ConversationIsNotOpen",
    "GatheredAlready",
    "HeldAlready",
    "KeyedIn",
    "NotHeld",
    "NothingToGather",
    "SentBefore",
    "close",
    "gather",
    "gather_more",
    "hold",
    "import_conversation",
    "key_in",
    "open_conversation",
    "release",
    "suggest",
]
