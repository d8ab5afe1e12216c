"""Questions about conversations. Read only.

conversations.py   what was asked, and what was brought in from elsewhere
contributions.py   what people said, and what a person said themselves
themes.py          what was gathered, and its answers
taking_part.py     where somebody is who votes, and what they are asked next
votes.py           how statements were voted on
waiting.py         what waits for a convenor
learning.py        what was learned, before and after; what people pledge
monitoring.py      equality monitoring, as far as it may be told
report.py          the numbers of a conversation, for its report
statutory.py       what speaks for a consultation, and who read what
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
from .learning import (
    AFTERWARDS,
    FEWEST_BOTH,
    Change,
    changes,
    inkling_of,
    insights_by,
    insights_of,
    moment_of,
    pledge_for,
    pledges_by,
    pledges_of,
)
from .monitoring import (
    FEWEST_ANSWERS,
    Ticks,
    ticks_of,
)
from .report import (
    Answered,
    Said,
    Voted,
    answered_in,
    came_of,
    median_days,
    opinion_of,
    said_in,
    voted_in,
    words_of_statements,
)
from .statutory import (
    Weighed,
    considerations_of,
    decisions_from,
    duty_of,
    evidence_for,
    evidence_of,
    weeks_open,
    weighed,
)
from .taking_part import (
    Place,
    conversation_by_code,
    like,
    on_the_vote,
    participant_by,
    place_of,
    voted_on,
    votes_by,
)
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
from .votes import Tally, statement_on, statements_of, tallies, votes_of
from .waiting import aside_sent_as, late, not_promised, set_aside_by, ungathered, waiting_contributions, waiting_for

__all__ = [
    "Place",
    "SaidLine",
    "Tally",
    "answers_of",
    "aside_sent_as",
    "contribution_for",
    "contribution_of",
    "contributions_in",
    "contributions_of",
    "conversation_by_code",
    "conversation_for",
    "conversations",
    "has_spoken",
    "held_in",
    "in_and_back_of",
    "late",
    "like",
    "lines_of",
    "not_promised",
    "on_the_vote",
    "open_conversations",
    "own_in",
    "participant_by",
    "place_of",
    "said_before",
    "said_by",
    "set_aside_by",
    "shown_contributions",
    "statement_on",
    "statements_of",
    "suggestions_made",
    "tallies",
    "theme_for",
    "theme_sent_as",
    "themes",
    "themes_of",
    "themes_without_answer",
    "ungathered",
    "voted_on",
    "votes_by",
    "votes_of",
    "Answered",
    "Said",
    "Voted",
    "answered_in",
    "came_of",
    "median_days",
    "opinion_of",
    "said_in",
    "voted_in",
    "words_of_statements",
    "Weighed",
    "considerations_of",
    "decisions_from",
    "duty_of",
    "evidence_for",
    "evidence_of",
    "weeks_open",
    "weighed",
    "AFTERWARDS",
    "FEWEST_BOTH",
    "Change",
    "changes",
    "inkling_of",
    "insights_by",
    "insights_of",
    "moment_of",
    "pledge_for",
    "pledges_by",
    "pledges_of",
    "FEWEST_ANSWERS",
    "Ticks",
    "ticks_of",
    "waiting_contributions",
    "waiting_for",
]
