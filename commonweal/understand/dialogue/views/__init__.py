"""Pages of a conversation: load, ask or do, show."""

from .contributions import contribution, hold, key_in, line_of, own, release, suggest, take_up
from .conversations import close, conversation, conversations, open_conversation
from .desk import desk
from .reshaping import merge, split
from .themes import theme, themes

__all__ = [
    "close",
    "contribution",
    "conversation",
    "conversations",
    "desk",
    "hold",
    "key_in",
    "line_of",
    "merge",
    "open_conversation",
    "own",
    "release",
    "split",
    "suggest",
    "take_up",
    "theme",
    "themes",
]
