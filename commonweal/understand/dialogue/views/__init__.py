"""Pages of a conversation: load, ask or do, show."""

from .briefing import briefing, take_back_point
from .care import care, concern, numbers, settle
from .comments import bring_in
from .contributions import contribution, flag, hold, keep_private, key_in, line_of, own, release, suggest, take_up
from .conversations import close, conversation, conversations, open_conversation
from .desk import desk
from .maps import opinion_map
from .moderation import change_moderation, log, moderation, policy, word_rules, write_policy
from .open_sets import open_set, open_set_file, open_set_json, publish_open_set, take_away, take_back_open_set
from .posters import invite, poster
from .reshaping import merge, split
from .statements import close_statement, put_to_the_vote, statements
from .themes import theme, themes

__all__ = [
    "briefing",
    "bring_in",
    "care",
    "change_moderation",
    "close",
    "close_statement",
    "concern",
    "contribution",
    "conversation",
    "conversations",
    "desk",
    "flag",
    "hold",
    "invite",
    "keep_private",
    "key_in",
    "line_of",
    "log",
    "merge",
    "moderation",
    "numbers",
    "open_conversation",
    "open_set",
    "open_set_file",
    "open_set_json",
    "opinion_map",
    "own",
    "policy",
    "poster",
    "publish_open_set",
    "put_to_the_vote",
    "release",
    "settle",
    "split",
    "statements",
    "suggest",
    "take_away",
    "take_back_open_set",
    "take_back_point",
    "take_up",
    "theme",
    "themes",
    "word_rules",
    "write_policy",
]
