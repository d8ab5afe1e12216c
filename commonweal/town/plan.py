"""The second storey: the concern in residents' words, what good would look like, and how we would know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from commonweal.foundations.decisions.models import Stance
from commonweal.methods.quantities import Period
from commonweal.plan.outcomes import actions as outcomes
from commonweal.plan.outcomes.models import Concern, Indicator, Obligation, Outcome

from .cast import Cast
from .story_year import StoryYear
from .understand import Understood

#: A published figure, typed in as a fact. Barnet, 2019-20, per cent; the median of all councils was 69.0.
EASE_OF_FINDING_INFORMATION = Decimal("68.3")
PUBLISHED_BY = (
    "Office for Local Government, adult social care measures: ease of finding information about services, "
    "people who use services, London Borough of Barnet, 2019-20 (Open Government Licence v3.0)"
)


@dataclass(frozen=True)
class Planned:
    concern: Concern
    outcome: Outcome
    indicator: Indicator
    obligations: tuple[Obligation, Obligation]


def tell(cast: Cast, year: StoryYear, understood: Understood) -> Planned:
    concern = outcomes.raise_concern(
        words="Families find help late, or by chance, because nobody they know can tell them what there is.",
        by=cast.grace,
        because=[understood.theme.step, understood.decision.step],
        at=year.day(35),
    )
    outcome = _agree(cast, year, concern)
    indicator = outcomes.define_indicator(
        outcome=outcome,
        name="People who find it easy to find out about support",
        definition="Of the people who use care services and looked for information, the share who say that it was very "
        "easy or fairly easy to find.",
        numerator="People who say that it was very easy or fairly easy",
        denominator="People who looked for information and answered",
        unit="%",
        direction=Indicator.Direction.UP,
        kind=Indicator.Kind.EXPERIENCE,
        owner=cast.council,
        baseline=EASE_OF_FINDING_INFORMATION,
        baseline_period=Period(date(2019, 4, 1), date(2020, 4, 1)),
        baseline_source=PUBLISHED_BY,
        target=Decimal("74"),
        target_on=year.on(365),
        by=cast.daniel,
        at=year.day(46),
    )
    train = outcomes.oblige(
        outcome=outcome,
        organisation=cast.council,
        what="Train and insure the neighbours who give their time",
        due_on=year.on(75),
        by=cast.daniel,
        at=year.day(47),
    )
    sit = outcomes.oblige(
        outcome=outcome,
        organisation=cast.charity,
        what="Hold an advice morning every Tuesday in the library",
        due_on=year.on(395),
        depends_on=train,
        by=cast.beth,
        at=year.day(47, 14),
    )
    return Planned(concern=concern, outcome=outcome, indicator=indicator, obligations=(train, sit))


def _agree(cast: Cast, year: StoryYear, concern: Concern) -> Outcome:
    """Those who would do the work are asked first. Three organisations answer, one with a reservation."""
    outcome = outcomes.propose_outcome(
        concern=concern,
        statement="Whoever needs care, or cares for somebody, finds out early and easily what help there is.",
        implementers=[cast.charity, cast.council],
        others=[cast.trust],
        by=cast.grace,
        at=year.day(36),
    )
    outcomes.answer(
        outcome=outcome, organisation=cast.charity, stance=Stance.ASSENT, words="", by=cast.beth, at=year.day(38)
    )
    outcomes.answer(
        outcome=outcome, organisation=cast.council, stance=Stance.ASSENT, words="", by=cast.daniel, at=year.day(39)
    )
    outcomes.answer(
        outcome=outcome,
        organisation=cast.trust,
        stance=Stance.RESERVATION,
        words="We agree with the aim. We cannot promise staff time on the wards before the spring.",
        by=cast.kwame,
        at=year.day(42),
    )
    return outcomes.agree(outcome=outcome, by=cast.grace, at=year.day(44))
