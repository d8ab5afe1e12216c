"""Pages of a conversation: load, ask or do, show."""

from .contributions import contribution, hold, key_in, line_of, release, suggest
from .conversations import close, conversation, conversations, open_conversation
from .desk import desk
from .themes import assign, clear, draft, extend, publish, theme

__all__ = [
    "assign",
    "clear",
    "close",
    "contribution",
    "conversation",
    "conversations",
    "desk",
    "draft",
    "extend",
    "hold",
    "key_in",
    "line_of",
    "open_conversation",
    "publish",
    "release",
    "suggest",
    "theme",
]
