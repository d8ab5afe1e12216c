"""Questions about conversations. Read only.

briefing.py        what people should know first
conversations.py   what was asked, and what was brought in from elsewhere
contributions.py   what people said, and what a person said themselves
promises.py        what became of what a conversation promised
themes.py          what was gathered, and its answers
taking_part.py     where somebody is who votes, and what they are asked next
maps.py            what the opinion map says, and what it is made from
missing.py         who takes part beside who lives here
votes.py           how statements were voted on
waiting.py         what waits for a convenor
learning.py        what was learned, before and after; what people pledge
monitoring.py      equality monitoring, as far as it may be told
report.py          the numbers of a conversation, for its report
statutory.py       what speaks for a consultation, and who read what
moving.py          a whole conversation, as it would be moved to another house
open_sets.py       votes that were published without names
proposing.py       what the machine proposes to put together
moderation.py      what waits for a moderator, the public log, the policy
care.py            what is held for care
becoming.py        what became of what a person said, in few words
"""

from .becoming import SaidLine, lines_of, said_by
from .briefing import point_for, points_of
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
from .maps import OwnPlace, awaiting_a_map, ballots_of, is_final, map_of, own_place, shown_in
from .missing import Missing, Voice, Voices, band_named, who_is_missing, who_of_age
from .moderation import LogLine, details_in, flags_of, lines_of_log, log_of, policy, to_look_at
from .monitoring import (
    FEWEST_ANSWERS,
    Ticks,
    ticks_of,
)
from .moving import export_of, suggestions_beside
from .open_sets import open_set_for, open_set_of, package_of, votes_for_an_open_set
from .promises import Promise, promise_of
from .proposing import Proposal, first_of, members_of, newest_step, proposal_named, proposals, to_look_through
from .report import (
    Answered,
    Said,
    Voted,
    answered_in,
    came_of,
    median_days,
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
from .votes import Tally, statement_on, statements_of, tallies, votes_of
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
    "Missing",
    "OwnPlace",
    "Place",
    "Promise",
    "Proposal",
    "SaidLine",
    "Tally",
    "Voice",
    "Voices",
    "answering_services",
    "answers_of",
    "aside_sent_as",
    "awaiting_a_map",
    "ballots_of",
    "band_named",
    "became_of",
    "concern_for",
    "contribution_for",
    "contribution_of",
    "contributions_in",
    "contributions_of",
    "conversation_by_code",
    "conversation_for",
    "conversations",
    "details_in",
    "export_of",
    "first_of",
    "flags_of",
    "has_spoken",
    "held_for_care",
    "held_in",
    "help_lines",
    "hours_on",
    "in_and_back_of",
    "is_final",
    "late",
    "like",
    "lines_of",
    "lines_of_log",
    "live",
    "local_help",
    "log_of",
    "map_of",
    "members_of",
    "merged_as",
    "newest_step",
    "not_promised",
    "on_the_vote",
    "open_concerns",
    "open_conversations",
    "open_set_for",
    "open_set_of",
    "own_in",
    "own_place",
    "own_to_say_again",
    "package_of",
    "participant_by",
    "place_of",
    "point_for",
    "points_of",
    "policy",
    "promise_of",
    "proposal_named",
    "proposals",
    "said_before",
    "said_by",
    "set_aside_by",
    "shown_contributions",
    "shown_in",
    "statement_on",
    "statements_of",
    "stays_private",
    "suggestions_beside",
    "suggestions_made",
    "tallies",
    "theme_for",
    "theme_sent_as",
    "themes",
    "themes_of",
    "themes_wait_for",
    "themes_with",
    "themes_without_answer",
    "to_look_at",
    "to_look_through",
    "told_of_a_year",
    "ungathered",
    "voted_on",
    "votes_by",
    "votes_for_an_open_set",
    "votes_of",
    "Answered",
    "Said",
    "Voted",
    "answered_in",
    "came_of",
    "median_days",
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
    "who_is_missing",
    "who_of_age",
    "words_in_care",
]
