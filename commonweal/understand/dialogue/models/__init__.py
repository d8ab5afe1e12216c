"""Conversations, what people said in them, the votes on it, the themes it was gathered into, and what was
set aside."""

from .aside import SetAside, SettingAside, TakingUp
from .contributions import Contribution
from .conversations import Conversation
from .learning import Inkling, Insight, Pledge
from .monitoring import Tick, Ticked
from .statutory import Considered, Duty, Evidence, Principle
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
    "Participant",
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
