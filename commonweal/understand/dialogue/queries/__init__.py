"""Questions about conversations. Read only.

conversations.py   what was asked, and what was brought in from elsewhere
contributions.py   what people said, and what a person said themselves
themes.py          what was gathered, and its answers
votes.py           how statements were voted on
waiting.py         what waits for a convenor
proposing.py       what the machine proposes to put together
becoming.py        what became of what a person said, in few words
"""

from .becoming import SaidLine, lines_of, said_by
from .contributions import (
    contribution_for,
    contribution_of,
    contributions_of,
    has_spoken,
    own_in,
    said_before,
    shown_contributions,
    suggestions_made,
)
from .conversations import conversation_for, conversations, in_and_back_of, open_conversations
from .proposing import Proposal, first_of, members_of, newest_step, proposal_named, proposals, to_look_through
from .themes import (
    answering_services,
    answers_of,
    became_of,
    contributions_in,
    held_in,
    live,
    merged_as,
    theme_for,
    theme_sent_as,
    themes,
    themes_of,
    themes_with,
    themes_without_answer,
)
from .votes import Tally, statements_of, tallies, votes_of
from .waiting import aside_sent_as, late, not_promised, set_aside_by, ungathered, waiting_contributions, waiting_for

__all__ = [
    "Proposal",
    "SaidLine",
    "Tally",
    "answering_services",
    "answers_of",
    "aside_sent_as",
    "became_of",
    "contribution_for",
    "contribution_of",
    "contributions_in",
    "contributions_of",
    "conversation_for",
    "conversations",
    "first_of",
    "has_spoken",
    "held_in",
    "in_and_back_of",
    "late",
    "live",
    "lines_of",
    "members_of",
    "merged_as",
    "newest_step",
    "not_promised",
    "open_conversations",
    "own_in",
    "proposal_named",
    "proposals",
    "said_before",
    "said_by",
    "set_aside_by",
    "shown_contributions",
    "statements_of",
    "suggestions_made",
    "tallies",
    "theme_for",
    "theme_sent_as",
    "themes",
    "themes_of",
    "themes_with",
    "themes_without_answer",
    "to_look_through",
    "ungathered",
    "votes_of",
    "waiting_contributions",
    "waiting_for",
]
