"""What people are told, how they wish to be told, and the keys we hand to those without an account."""

from .link import Link
from .outbox import Failure, Notice
from .receipt import Receipt, WrongGuess
from .wishes import Follow, Wishes

__all__ = ["Failure", "Follow", "Link", "Notice", "Receipt", "Wishes", "WrongGuess"]
