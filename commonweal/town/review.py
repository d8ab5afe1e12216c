"""The last storey: what changed, what we learned, and the conversation that the lesson opens."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from commonweal.do.initiatives import actions as initiatives
from commonweal.foundations.decisions.models import Owed
from commonweal.foundations.ledger.models import Payment
from commonweal.foundations.publishing import actions as publishing
from commonweal.foundations.publishing.models import Finding
from commonweal.methods.quantities import Money, Period
from commonweal.plan.outcomes import actions as outcomes
from commonweal.plan.outcomes.models import Reading
from commonweal.review.learning import actions as learning
from commonweal.review.learning.models import Lesson
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue.models import Contribution, Conversation, Theme

from . import voices
from .cast import Cast
from .do import Done
from .plan import Planned
from .story_year import StoryYear
from .understand import DESPITE_A_POLL

#: Invented for the demonstration, and said so in each reading's provenance: (day it ends, per cent, people asked).
SURVEYS = (
    (150, Decimal("68.9"), 61),
    (215, Decimal("70.6"), 68),
    (280, Decimal("72.1"), 73),
    (345, Decimal("73.0"), 74),
)
PROVENANCE = "Asked at the advice mornings. Invented for the demonstration; not a published figure."


@dataclass(frozen=True)
class Reviewed:
    readings: tuple[Reading, ...]
    lesson: Lesson
    next_conversation: Conversation
    fresh_contribution: Contribution
    open_theme: Theme
    open_owed: Owed
    open_payment: Payment


def tell(cast: Cast, year: StoryYear, planned: Planned, done: Done) -> Reviewed:
    readings = tuple(
        outcomes.record_reading(
            indicator=planned.indicator,
            value=value,
            period=Period(year.on(last - 64), year.on(last)),
            n=asked,
            provenance=PROVENANCE,
            by=cast.daniel,
            because=[planned.indicator.step, done.initiative.step],
            at=year.day(last, 16),
        )
        for last, value, asked in SURVEYS
    )
    lesson = learning.keep_lesson(
        what="People come when somebody they know brings them. The leaflets brought three people in four months.",
        why="Those who find help hard to find do not look for it in a place they have never been.",
        context="One library, a neighbourhood where many have lived for long. It may be otherwise where people move "
        "often.",
        by=cast.beth,
        because=[step for step in (readings[-1].step, done.initiative.step, done.given_hours.step) if step],
        at=year.day(346),
    )
    publishing.publish_finding(
        claim="People come to an advice morning when somebody they know brings them.",
        context="One library in one year, where many have lived for long. The leaflets brought only three people.",
        strength=Finding.Strength.EXPERIENCE,
        source="Told by those who came to the advice mornings. Invented for the demonstration.",
        n=SURVEYS[-1][2],
        subject=lesson,
        because=lesson.step,
        by=cast.beth,
        at=year.day(347),
    )
    return _go_on(cast, year, done, readings, lesson)


def _go_on(cast: Cast, year: StoryYear, done: Done, readings: tuple[Reading, ...], lesson: Lesson) -> Reviewed:
    """The lesson opens the next conversation. What stands open today is left for whoever signs in."""
    conversation = dialogue.open_conversation(
        question="Who else could bring people to the advice mornings, and where else should there be one?",
        why="We learned that people come when somebody they know brings them. So we ask you.",
        promise="Everybody gets an answer within 20 working days. The neighbourhood board decides in the spring.",
        answer_within=20,
        promised_by=cast.board,
        promised_until=year.on(365 + 75),
        despite_hold=DESPITE_A_POLL,
        by=cast.grace,
        because=lesson.step,
        at=year.day(348),
    )
    _brief(conversation, cast, year)
    voices.vote(conversation, cast, year)
    dialogue.make_map(conversation=conversation, at=year.at)
    early = dialogue.suggest(
        conversation=conversation,
        words="The women who wait at the school gate know every family in the street. Ask them.",
        shows_name=True,
        by=cast.amina,
        at=year.day(350),
    )
    theme = dialogue.gather(
        contributions=[early], title="Meet people where they already wait", by=cast.grace, at=year.day(352)
    )
    fresh = dialogue.suggest(
        conversation=conversation,
        words="Hold one in the north of the borough too. The bus from here takes an hour.",
        by=cast.tom,
        at=year.ago(2, 18),
    )
    payment = initiatives.propose_payment(
        fund=done.fund,
        payee=cast.charity,
        amount=Money(180_000),
        words="The coordinator and the room, second quarter",
        by=cast.beth,
        at=year.ago(3),
    )
    return Reviewed(
        readings=readings,
        lesson=lesson,
        next_conversation=conversation,
        fresh_contribution=fresh,
        open_theme=theme,
        open_owed=theme.owed,
        open_payment=payment,
    )


def _brief(conversation: Conversation, cast: Cast, year: StoryYear) -> None:
    """What speaks for it and against, with its cost: invented, as the town is."""
    given: dict[str, Any] = {"source": "Invented for this demonstration", "by": cast.grace, "at": year.day(348)}
    for kind, words, cost in (
        ("fixed", "The money that is left pays for helpers, not for buildings: that is what it was given for.", None),
        ("for", "A second morning would reach people in the north, who now travel for an hour.", Money(6_200_00)),
        (
            "against",
            "Two mornings with the same helpers would each be shorter, and some find nobody there.",
            None,
        ),
    ):
        dialogue.brief(conversation=conversation, kind=kind, words=words, cost=cost, **given)
