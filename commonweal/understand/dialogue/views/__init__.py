"""Pages of a conversation: load, ask or do, show."""

from .contributions import contribution, hold, key_in, line_of, release, suggest
from .conversations import close, conversation, conversations, open_conversation
from .desk import desk
from .themes import theme

__all__ = [
    "close",
    "contribution",
    "conversation",
    "conversations",
    "desk",
    "hold",
    "key_in",
    "line_of",
    "open_conversation",
    "release",
    "suggest",
    "theme",
]
