"""Pages of a conversation: load, ask or do, show."""

from .comments import bring_in
from .contributions import contribution, hold, key_in, line_of, own, release, suggest, take_up
from .conversations import close, conversation, conversations, open_conversation
from .desk import desk
from .themes import theme, themes

__all__ = [
    "bring_in",
    "close",
    "contribution",
    "conversation",
    "conversations",
    "desk",
    "hold",
    "key_in",
    "line_of",
    "open_conversation",
    "own",
    "release",
    "suggest",
    "take_up",
    "theme",
    "themes",
]
