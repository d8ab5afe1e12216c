"""Verbs of decisions: decide, say whose words they are; ask for assent, give it; owe an answer, extend, assign, draft,
send back, clear, publish; reply.
"""

from .answering import (
    AlreadyAnswered,
    HowMuch,
    NoDraft,
    NotCleared,
    NotTheDrafter,
    SayToWhom,
    clear,
    draft,
    publish,
)
from .asking import AskedBefore, SayWhatToChange, SentBackBefore, WriterLeft, WriterUnknown, assign, send_back
from .assenting import (
    AskedAssent,
    NotSaidYet,
    NotTheirsToGive,
    SaidAtOnce,
    SaidBefore,
    SaidSomethingSince,
    SayWhy,
    ask_assent,
    give_assent,
    hold_askings,
)
from .deciding import ExemptBecauseWhat, OutcomeNotAnOption, RecordedBefore, decide
from .naming import NotYourWords, SaidWhoseAlready, say_whose
from .owing import AnsweredAlready, CoveredAlready, DateNotLater, NoDateGiven, extend, owe, owe_more
from .replying import RepliedAlready, ReplyTooLate, reply

__all__ = [
    "AlreadyAnswered",
    "AnsweredAlready",
    "AskedAssent",
    "AskedBefore",
    "CoveredAlready",
    "DateNotLater",
    "ExemptBecauseWhat",
    "HowMuch",
    "NoDateGiven",
    "NoDraft",
    "NotCleared",
    "NotSaidYet",
    "NotTheDrafter",
    "NotTheirsToGive",
    "NotYourWords",
    "OutcomeNotAnOption",
    "RecordedBefore",
    "RepliedAlready",
    "ReplyTooLate",
    "SaidAtOnce",
    "SaidBefore",
    "SaidSomethingSince",
    "SaidWhoseAlready",
    "SayToWhom",
    "SayWhatToChange",
    "SayWhy",
    "SentBackBefore",
    "WriterLeft",
    "WriterUnknown",
    "ask_assent",
    "assign",
    "clear",
    "decide",
    "draft",
    "extend",
    "give_assent",
    "hold_askings",
    "owe",
    "owe_more",
    "publish",
    "reply",
    "say_whose",
    "send_back",
]
