"""Pages of a conversation: load, ask or do, show."""

from .comments import bring_in
from .contributions import contribution, hold, key_in, line_of, own, release, suggest, take_up
from .conversations import close, conversation, conversations, open_conversation
from .desk import desk
from .open_sets import open_set, open_set_file, open_set_json, publish_open_set, take_away, take_back_open_set
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
    "open_set",
    "open_set_file",
    "open_set_json",
    "own",
    "publish_open_set",
    "release",
    "suggest",
    "take_away",
    "take_back_open_set",
    "take_up",
    "theme",
    "themes",
]
