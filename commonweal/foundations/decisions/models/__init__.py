"""What was decided, who agreed, what is owed an answer, and the answers."""

from .answer import Answer, Draft, ReasonCode, Reply, SentBack
from .assent import Asking, Assent, Stance
from .decision import Decision, Dissent, Interest, Option, OwnWord, Whose
from .owed import Assignment, Extension, Owed, OwedLine
from .reminding import Reminder
from .reopening import Reopening
from .replacing import Succession

__all__ = [
    "Answer",
    "Asking",
    "Assent",
    "Assignment",
    "Decision",
    "Dissent",
    "Draft",
    "Extension",
    "Interest",
    "Option",
    "Owed",
    "OwedLine",
    "OwnWord",
    "ReasonCode",
    "Reminder",
    "Reopening",
    "Reply",
    "SentBack",
    "Stance",
    "Succession",
    "Whose",
]
