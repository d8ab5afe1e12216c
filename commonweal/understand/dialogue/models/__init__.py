"""Conversations, what people said in them, the votes on it, the themes it was gathered into, the
opinion map, and what was set aside."""

from .aside import SetAside, SettingAside, TakingUp
from .briefing import Point
from .contributions import Contribution
from .conversations import Conversation
from .heard import Heard
from .maps import OpinionMap
from .open_sets import OpenSet
from .proposing import Proposals
from .reshaping import Begun, Ended, Reshaping
from .themes import Gathered, Gathering, Theme
from .votes import AgeBand, Cast, Choice, Participant, Statement, Vote

__all__ = [
    "AgeBand",
    "Begun",
    "Cast",
    "Choice",
    "Contribution",
    "Conversation",
    "Ended",
    "Gathered",
    "Gathering",
    "OpinionMap",
    "Heard",
    "OpenSet",
    "Participant",
    "Point",
    "Proposals",
    "Reshaping",
    "SetAside",
    "SettingAside",
    "Statement",
    "TakingUp",
    "Theme",
    "Vote",
]
