"""Opinion maps: from sparse votes to groups, what unites them and what divides them.

    votes = gather(people, statements, choices, at=moments)     1 agree, 0 pass, -1 disagree; the last of repeated votes
    made = map_votes(votes, moderated=ids, seed=0)              the map, with every step kept
    stand(made, person)                                         where I stand beside the groups
    route(made, voted).draw(rng)                                which statement to show next
    state = begin(votes); state = update(state, Vote(…))        one more vote, from where the last map settled
    find_scripted(…)                                            who looks scripted, for a result with and without them
    telling.as_data(made), telling.in_words(made)               for machines, for people

The steps are those of Polis (filter, imputation, two components, k-means by silhouette, representative statements),
and a question that it does not ask: would these groups come out again? What is not covered: weights of people, more
than two directions, and any statement about those who did not vote.
"""

from . import telling
from .incremental import State, Vote, begin, update
from .mapping import FEWEST_PEOPLE, FEWEST_VOTES, Group, OpinionMap, map_votes
from .routing import Known, Route, route
from .scripted import Scripted, find_scripted
from .standing import Beside, Standing, stand, stand_among
from .statements import Telling
from .telling import VERSION
from .votes import AGREE, DISAGREE, PASS, UnusableVotes, Votes, gather

__all__ = [
    "AGREE",
    "DISAGREE",
    "FEWEST_PEOPLE",
    "FEWEST_VOTES",
    "PASS",
    "VERSION",
    "Beside",
    "Group",
    "Known",
    "OpinionMap",
    "Route",
    "Scripted",
    "Standing",
    "State",
    "Telling",
    "UnusableVotes",
    "Vote",
    "Votes",
    "begin",
    "find_scripted",
    "gather",
    "map_votes",
    "route",
    "stand",
    "stand_among",
    "telling",
    "update",
]
