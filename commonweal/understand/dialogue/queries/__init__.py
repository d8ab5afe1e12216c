"""Questions about conversations. Read only.

conversations.py   what was asked, and what was brought in from elsewhere
contributions.py   what people said, and what a person said themselves
themes.py          what was gathered, and its answers
taking_part.py     where somebody is who votes, and what they are asked next
maps.py            what the opinion map says, and what it is made from
missing.py         who takes part beside who lives here
votes.py           how statements were voted on
waiting.py         what waits for a convenor
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
from .maps import OwnPlace, awaiting_a_map, ballots_of, is_final, map_of, own_place, shown_in
from .missing import Missing, Voice, Voices, band_named, who_is_missing, who_of_age
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
    "Missing",
    "OwnPlace",
    "Place",
    "SaidLine",
    "Tally",
    "Voice",
    "Voices",
    "answers_of",
    "aside_sent_as",
    "awaiting_a_map",
    "ballots_of",
    "band_named",
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
    "is_final",
    "late",
    "like",
    "lines_of",
    "map_of",
    "not_promised",
    "on_the_vote",
    "open_conversations",
    "own_in",
    "own_place",
    "participant_by",
    "place_of",
    "said_before",
    "said_by",
    "set_aside_by",
    "shown_contributions",
    "shown_in",
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
    "waiting_contributions",
    "waiting_for",
    "who_is_missing",
    "who_of_age",
]
