"""Invented people vote in the open conversation, so that its map has something to show.

Two camps that differ about where and by whom, and agree about more than they think: as towns do.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import numpy as np

from commonweal.foundations.places.models import Area
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue.actions import Taking
from commonweal.understand.dialogue.models import AgeBand, Choice, Conversation, Statement

from .cast import Cast
from .story_year import StoryYear

#: What the convenors put up, and how likely each of the two camps agrees with it.
STATEMENTS: tuple[tuple[str, tuple[float, float]], ...] = (
    ("People come when somebody they know brings them.", (0.95, 0.9)),
    ("Advice mornings should be held where people already are: school gates, surgeries, mosques.", (0.9, 0.85)),
    ("Neighbours who help at the mornings should be thanked and have their bus fare paid.", (0.95, 0.95)),
    ("One good advice morning is better than four thin ones.", (0.85, 0.1)),
    ("The north of the borough should have a morning of its own before anything else is added.", (0.1, 0.9)),
    ("Those who work in the daytime need a morning on Saturday.", (0.5, 0.6)),
    ("I would rather ask a neighbour than somebody from the council.", (0.8, 0.25)),
    ("Advisers should be trained people, not neighbours.", (0.1, 0.75)),
    ("The mornings should be spoken of in the languages of our streets.", (0.85, 0.85)),
    ("If money is short, keep the mornings and print fewer leaflets.", (0.8, 0.7)),
    ("I know somebody who needs help and does not ask for it.", (0.75, 0.7)),
    ("A minibus would bring more people than another library.", (0.3, 0.8)),
)
#: Of the invented voters, the first camp and the second.
CAMPS = (34, 22)
#: They leave out some statements, as people do.
VOTES_ON = 0.85
PASSES, TELL_OF_THEMSELVES = 0.1, 0.7


BANDS = (AgeBand.TO_34, AgeBand.TO_49, AgeBand.TO_49, AgeBand.TO_64, AgeBand.TO_64, AgeBand.TO_79)


def vote(conversation: Conversation, cast: Cast, year: StoryYear) -> None:
    words = [statement for statement, _ in STATEMENTS]
    statements = dialogue.seed(conversation=conversation, statements=words, by=cast.grace, at=year.day(348, 11))
    rng, areas = np.random.default_rng(26), list(Area.objects.order_by("name")[:6])
    for camp, people in enumerate(CAMPS):
        for _ in range(people):
            _one(conversation, statements, camp, areas, year, rng)


def _one(
    conversation: Conversation,
    statements: list[Statement],
    camp: int,
    areas: list[Area],
    year: StoryYear,
    rng: np.random.Generator,
) -> None:
    by = Taking(UUID(bytes=rng.bytes(16), version=4))
    at = year.day(int(rng.integers(349, 363)), int(rng.integers(8, 22)))
    for number, statement in enumerate(statements):
        if rng.random() < VOTES_ON:
            choice = _choice(STATEMENTS[number][1][camp], rng)
            dialogue.cast(statement=statement, choice=choice, by=by, at=at + timedelta(seconds=11 * number))
    if rng.random() < TELL_OF_THEMSELVES:
        dialogue.tell_of_oneself(
            conversation=conversation,
            by=by,
            at=at + timedelta(minutes=4),
            age_band=BANDS[rng.integers(len(BANDS))],
            area=areas[rng.integers(len(areas))],
        )


def _choice(agrees: float, rng: np.random.Generator) -> int:
    if rng.random() < PASSES:
        return Choice.PASS
    return Choice.AGREE if rng.random() < agrees else Choice.DISAGREE
