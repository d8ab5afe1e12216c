"""Conversations, what people said in them, the votes on it, the themes it was gathered into, the
opinion map, and what was set aside."""

from .aside import SetAside, SettingAside, TakingUp
from .contributions import Contribution
from .conversations import Conversation
from .maps import OpinionMap
from .themes import Gathered, Gathering, Theme
from .votes import AgeBand, Cast, Choice, Participant, Statement, Vote

__all__ = [
    "AgeBand",
    "Cast",
    "Choice",
    "Contribution",
    "Conversation",
    "Gathered",
    "Gathering",
    "OpinionMap",
    "Participant",
    "SetAside",
    "SettingAside",
    "Statement",
    "TakingUp",
    "Theme",
    "Vote",
]
