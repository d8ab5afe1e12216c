"""Pages of a conversation: load, ask or do, show."""

from .briefing import briefing, take_back_point
from .comments import bring_in
from .contributions import contribution, hold, key_in, line_of, own, release, suggest, take_up
from .conversations import close, conversation, conversations, open_conversation
from .desk import desk
from .maps import opinion_map
from .open_sets import open_set, open_set_file, open_set_json, publish_open_set, take_away, take_back_open_set
from .posters import invite, poster
from .reshaping import merge, split
from .statements import close_statement, put_to_the_vote, statements
from .themes import theme, themes

__all__ = [
    "briefing",
    "bring_in",
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
    "merge",
    "open_conversation",
    "opinion_map",
    "own",
    "poster",
    "open_set",
    "open_set_file",
    "open_set_json",
    "own",
    "publish_open_set",
    "put_to_the_vote",
    "release",
    "split",
    "statements",
    "suggest",
    "take_away",
    "take_back_open_set",
    "take_back_point",
    "take_up",
    "theme",
    "themes",
]
