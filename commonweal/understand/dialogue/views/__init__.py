"""Pages of a conversation: load, ask or do, show."""

from .care import care, concern, numbers, settle
from .contributions import (
    contribution,
    flag,
    hold,
    keep_private,
    key_in,
    line_of,
    own,
    release,
    suggest,
    take_up,
)
from .conversations import close, conversation, conversations, open_conversation
from .desk import desk
from .moderation import change_moderation, log, moderation, policy, word_rules, write_policy
from .themes import theme, themes

__all__ = [
    "care",
    "change_moderation",
    "close",
    "concern",
    "contribution",
    "conversation",
    "conversations",
    "desk",
    "flag",
    "hold",
    "keep_private",
    "key_in",
    "line_of",
    "log",
    "moderation",
    "numbers",
    "open_conversation",
    "own",
    "policy",
    "release",
    "settle",
    "suggest",
    "take_up",
    "theme",
    "themes",
    "word_rules",
    "write_policy",
]
