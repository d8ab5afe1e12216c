"""What is sent to us: answers, agreement, decisions."""

from .answering import (
    AssentForm,
    AssignForm,
    DraftForm,
    ExtendForm,
    KeyInAssentForm,
    PassOnForm,
    PublishForm,
    ReplyForm,
    SendBackForm,
)
from .deciding import DecideForm

__all__ = [
    "AssentForm",
    "AssignForm",
    "DecideForm",
    "DraftForm",
    "ExtendForm",
    "PassOnForm",
    "PublishForm",
    "KeyInAssentForm",
    "ReplyForm",
    "SendBackForm",
]
