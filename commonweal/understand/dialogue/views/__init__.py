"""Pages of a conversation: load, ask or do, show."""

from .contributions import contribution, hold, key_in, line_of, own, release, suggest, take_up
from .conversations import close, conversation, conversations, open_conversation
from .desk import desk
from .maps import opinion_map
from .posters import invite, poster
from .statements import close_statement, put_to_the_vote, statements
from .themes import theme, themes

__all__ = [
    "close",
    "close_statement",
    "contribution",
    "conversation",
    "conversations",
    "desk",
    "hold",
    "invite",
    "key_in",
    "line_of",
    "open_conversation",
    "opinion_map",
    "own",
    "poster",
    "put_to_the_vote",
    "release",
    "statements",
    "suggest",
    "take_up",
    "theme",
    "themes",
]
