"""Pages of notices: links for one purpose, receipts, wishes, and the post that staff see to."""

from .links import by_link, saved
from .post import failure, failures, letter, letters, posted, seen_to
from .receipts import line, receipt
from .wishes import follow, stop, unfollow, wishes

__all__ = [
    "by_link",
    "failure",
    "failures",
    "follow",
    "letter",
    "letters",
    "line",
    "posted",
    "receipt",
    "saved",
    "seen_to",
    "stop",
    "unfollow",
    "wishes",
]
