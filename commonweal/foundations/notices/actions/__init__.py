"""Verbs of notices: tell, follow, wish; offer a link and use it; give a receipt and open it; see to letters."""

from .followings import follow, unfollow, wish
from .letters import post_letter, see_to
from .offers import (
    LinkAlreadyUsed,
    LinkNotOpen,
    LinkRanOut,
    LinkWithdrawn,
    OfferedLink,
    offer_link,
    offered,
    remind,
    use,
    withdraw,
)
from .receipts import GivenReceipt, NoSuchReceipt, TooManyGuesses, open_receipt, receipt
from .telling import tell, tell_holder

__all__ = [
    "GivenReceipt",
    "LinkAlreadyUsed",
    "LinkNotOpen",
    "LinkRanOut",
    "LinkWithdrawn",
    "NoSuchReceipt",
    "OfferedLink",
    "TooManyGuesses",
    "follow",
    "offer_link",
    "offered",
    "open_receipt",
    "post_letter",
    "receipt",
    "remind",
    "see_to",
    "tell",
    "tell_holder",
    "unfollow",
    "use",
    "wish",
    "withdraw",
]
