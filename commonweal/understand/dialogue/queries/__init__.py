"""Questions about conversations. Read only.

conversations.py   what was asked, and what was brought in from elsewhere
contributions.py   what people said, and what a person said themselves
themes.py          what was gathered, and its answers
votes.py           how statements were voted on
waiting.py         what waits for a convenor
moderation.py      what waits for a moderator, the public log, the policy
care.py            what is held for care
becoming.py        what became of what a person said, in few words
"""

from .becoming import SaidLine, lines_of, said_by
from .care import (
    concern_for,
    held_for_care,
    help_lines,
    hours_on,
    local_help,
    open_concerns,
    stays_private,
    told_of_a_year,
    words_in_care,
)
from .contributions import (
    contribution_for,
    contribution_of,
    contributions_of,
    has_spoken,
    own_in,
    own_to_say_again,
    said_before,
    shown_contributions,
    suggestions_made,
)
from .conversations import conversation_for, conversations, in_and_back_of, open_conversations
from .moderation import LogLine, details_in, flags_of, lines_of_log, log_of, policy, to_look_at
from .themes import (
    answers_of,
    contributions_in,
    held_in,
    theme_for,
    theme_sent_as,
    themes,
    themes_of,
    themes_without_answer,
)
from .votes import Tally, statements_of, tallies, votes_of
from .waiting import (
    aside_sent_as,
    late,
    not_promised,
    set_aside_by,
    themes_wait_for,
    ungathered,
    waiting_contributions,
    waiting_for,
)

__all__ = [
    "LogLine",
    "SaidLine",
    "Tally",
    "answers_of",
    "aside_sent_as",
    "concern_for",
    "contribution_for",
    "contribution_of",
    "contributions_in",
    "contributions_of",
    "conversation_for",
    "conversations",
    "details_in",
    "flags_of",
    "has_spoken",
    "held_for_care",
    "held_in",
    "help_lines",
    "hours_on",
    "in_and_back_of",
    "late",
    "lines_of",
    "lines_of_log",
    "local_help",
    "log_of",
    "not_promised",
    "open_concerns",
    "open_conversations",
    "own_in",
    "own_to_say_again",
    "policy",
    "said_before",
    "said_by",
    "set_aside_by",
    "shown_contributions",
    "statements_of",
    "stays_private",
    "suggestions_made",
    "tallies",
    "theme_for",
    "theme_sent_as",
    "themes",
    "themes_of",
    "themes_wait_for",
    "themes_without_answer",
    "to_look_at",
    "told_of_a_year",
    "ungathered",
    "votes_of",
    "waiting_contributions",
    "waiting_for",
    "words_in_care",
]
