"""Conversations, what people said in them, the votes on it, and the themes it was gathered into."""

from .contributions import Contribution
from .conversations import Conversation
from .themes import Gathered, Gathering, Theme
from .votes import Cast, Choice, Participant, Statement, Vote

__all__ = [
    "Cast",
    "Choice",
    "Contribution",
    "Conversation",
    "Gathered",
    "Gathering",
    "Participant",
    "Statement",
    "Theme",
    "Vote",
]
