"""Conversations, what people said in them, the votes on it, the themes it was gathered into, and what was
set aside."""

from .aside import SetAside, SettingAside, TakingUp
from .briefing import Point
from .contributions import Contribution
from .conversations import Conversation
from .heard import Heard
from .open_sets import OpenSet
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
    "Heard",
    "OpenSet",
    "Participant",
    "Point",
    "SetAside",
    "SettingAside",
    "Statement",
    "TakingUp",
    "Theme",
    "Vote",
]
