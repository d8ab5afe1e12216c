"""Conversations, what people said in them, the votes on it, the themes it was gathered into, what was set aside,
what was moderated and what is held for care."""

from .aside import SetAside, SettingAside, TakingUp
from .care import CareAct, Concern
from .contributions import Contribution
from .conversations import Conversation
from .moderation import Flag, Moderated, Moderation, Policy
from .themes import Gathered, Gathering, Theme
from .votes import Cast, Choice, Participant, Statement, Vote

__all__ = [
    "CareAct",
    "Cast",
    "Choice",
    "Concern",
    "Contribution",
    "Conversation",
    "Flag",
    "Gathered",
    "Gathering",
    "Moderated",
    "Moderation",
    "Participant",
    "Policy",
    "SetAside",
    "SettingAside",
    "Statement",
    "TakingUp",
    "Theme",
    "Vote",
]
