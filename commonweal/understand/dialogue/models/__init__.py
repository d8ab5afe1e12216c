"""Conversations, what people said in them, the votes on it and the map they make, the themes it was gathered into, what
was set aside, what was moderated and what is held for care."""

from .aside import SetAside, SettingAside, TakingUp
from .briefing import Point
from .care import CareAct, Concern
from .contributions import Contribution
from .conversations import Conversation
from .heard import Heard
from .learning import Inkling, Insight, Pledge
from .maps import OpinionMap
from .moderation import Flag, Moderated, Moderation, Policy
from .monitoring import Tick, Ticked
from .open_sets import OpenSet
from .proposing import Proposals
from .reshaping import Begun, Ended, Reshaping
from .statutory import Considered, Duty, Evidence, Principle
from .themes import Gathered, Gathering, Theme
from .votes import AgeBand, Cast, Choice, Participant, Statement, Vote

__all__ = [
    "AgeBand",
    "Begun",
    "CareAct",
    "Cast",
    "Choice",
    "Concern",
    "Contribution",
    "Conversation",
    "Ended",
    "Flag",
    "Gathered",
    "Gathering",
    "Heard",
    "Moderated",
    "Moderation",
    "OpenSet",
    "OpinionMap",
    "Participant",
    "Point",
    "Policy",
    "Proposals",
    "Reshaping",
    "SetAside",
    "SettingAside",
    "Statement",
    "TakingUp",
    "Theme",
    "Considered",
    "Duty",
    "Evidence",
    "Inkling",
    "Insight",
    "Pledge",
    "Principle",
    "Tick",
    "Ticked",
    "Vote",
]
