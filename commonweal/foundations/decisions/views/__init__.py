"""Pages of decisions: what was decided, what is owed an answer, the answers, and the desk where they are made."""

from .agreeing import asking, assent, assent_by_link, key_in_assent
from .chasing import chase_by_link
from .deciding import decide, decisions
from .desk import assign, clear, desk, extend, publish, publish_together, see_to, send_back, write
from .drafting import draft_by_link
from .public import answer, decision, owed, reply, say_whose

__all__ = [
    "answer",
    "asking",
    "assent",
    "assent_by_link",
    "assign",
    "chase_by_link",
    "clear",
    "decide",
    "decision",
    "decisions",
    "desk",
    "draft_by_link",
    "extend",
    "key_in_assent",
    "owed",
    "publish",
    "publish_together",
    "reply",
    "say_whose",
    "see_to",
    "send_back",
    "write",
]
