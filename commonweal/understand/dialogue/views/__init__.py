"""Pages of a conversation: load, ask or do, show."""

from .briefing import briefing, take_back_point
from .contributions import contribution, hold, key_in, line_of, own, release, suggest, take_up
from .conversations import close, conversation, conversations, open_conversation
from .desk import desk
from .statements import close_statement, put_to_the_vote, statements
from .themes import theme, themes

__all__ = [
    "briefing",
    "take_back_point",
    "close",
    "close_statement",
    "contribution",
    "conversation",
    "conversations",
    "desk",
    "hold",
    "key_in",
    "line_of",
    "open_conversation",
    "own",
    "put_to_the_vote",
    "release",
    "statements",
    "suggest",
    "take_up",
    "theme",
    "themes",
]
