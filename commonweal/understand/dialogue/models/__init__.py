"""Conversations, what people said in them, the votes on it, the themes it was gathered into, and what was
set aside."""

from .aside import SetAside, SettingAside, TakingUp
from .contributions import Contribution
from .conversations import Conversation
from .proposing import Proposals
from .reshaping import Begun, Ended, Reshaping
from .themes import Gathered, Gathering, Theme
from .votes import Cast, Choice, Participant, Statement, Vote

__all__ = [
    "Begun",
    "Cast",
    "Choice",
    "Contribution",
    "Conversation",
    "Ended",
    "Gathered",
    "Gathering",
    "Participant",
    "Proposals",
    "Reshaping",
    "SetAside",
    "SettingAside",
    "Statement",
    "TakingUp",
    "Theme",
    "Vote",
]
