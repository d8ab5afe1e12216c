"""The third storey: one named lead, partners, a shared purse in pounds and hours, and what was done with it."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.do.initiatives import actions as initiatives
from commonweal.do.initiatives.models import GivenHours, Initiative, Partner, PooledFund
from commonweal.foundations.ledger import actions as ledger
from commonweal.foundations.ledger.models import Payment
from commonweal.methods.quantities import Minutes, Money
from commonweal.plan.outcomes import actions as outcomes

from .cast import Cast
from .plan import Planned
from .story_year import StoryYear
from .understand import Understood

Role = Partner.Role


@dataclass(frozen=True)
class Done:
    initiative: Initiative
    fund: PooledFund
    payment: Payment
    given_hours: GivenHours


def tell(cast: Cast, year: StoryYear, understood: Understood, planned: Planned) -> Done:
    initiative = initiatives.begin(
        title="Tuesday advice mornings",
        story="Every Tuesday morning neighbours who know the place sit in the library with tea and a list, and help "
        "people to find the help that there is. Open Door Advice leads, the council and the NHS trust pay, Watling "
        "Neighbours give their time.",
        lead=cast.beth,
        by=cast.grace,
        because=[understood.decision.step, planned.outcome.step],
        at=year.day(50),
    )
    for organisation, speaker, role in (
        (cast.charity, cast.beth, Role.LEADS),
        (cast.council, cast.daniel, Role.FUNDS),
        (cast.trust, cast.kwame, Role.FUNDS),
        (cast.neighbours, cast.tom, Role.DELIVERS),
    ):
        initiatives.join(initiative=initiative, organisation=organisation, role=role, by=speaker, at=year.day(52))
    for obligation in planned.obligations:
        initiatives.adopt(initiative=initiative, obligation=obligation, by=cast.beth, at=year.day(53))
    train, _ = planned.obligations
    outcomes.fulfil(
        obligation=train,
        by=cast.daniel,
        because=initiative.step,
        at=year.day(72),
        words="Fourteen neighbours were trained on two evenings, and all of them are insured.",
    )
    fund = _pool(initiative, cast, year)
    payment = _pay(fund, cast, year)
    given = _give_hours(fund, cast, year)
    return Done(initiative=initiative, fund=fund, payment=payment, given_hours=given)


def _pool(initiative: Initiative, cast: Cast, year: StoryYear) -> PooledFund:
    fund = initiatives.open_fund(
        initiative=initiative,
        host=cast.council,
        purpose="A year of advice mornings in one library",
        by=cast.beth,
        at=year.day(55),
    )
    initiatives.contribute(fund=fund, organisation=cast.council, amount=Money(600_000), by=cast.joan, at=year.day(57))
    initiatives.contribute(fund=fund, organisation=cast.trust, amount=Money(400_000), by=cast.kwame, at=year.day(59))
    initiatives.contribute(
        fund=fund, organisation=cast.neighbours, amount=Minutes(300 * 60), by=cast.tom, at=year.day(60)
    )
    return fund


def _pay(fund: PooledFund, cast: Cast, year: StoryYear) -> Payment:
    """Authorised by two people, sent, confirmed."""
    payment = initiatives.propose_payment(
        fund=fund,
        payee=cast.charity,
        amount=Money(245_000),
        words="The coordinator and the room, first quarter",
        by=cast.beth,
        at=year.day(90),
    )
    payment = ledger.authorise(payment=payment, by=cast.joan, at=year.day(91))
    payment = ledger.authorise(payment=payment, by=cast.daniel, at=year.day(92))
    ledger.send(payments=[payment], by=cast.daniel, at=year.day(94))
    return ledger.confirm(payment=payment, paid_on=year.on(97), heard_as="BACS 004512", by=cast.joan, at=year.day(98))


def _give_hours(fund: PooledFund, cast: Cast, year: StoryYear) -> GivenHours:
    given = [
        initiatives.give_hours(
            fund=fund,
            giver=cast.neighbours,
            time=Minutes(180),
            given_on=year.on(day),
            what=what,
            by=cast.tom,
            at=year.day(day, 15),
        )
        for day, what in (
            (85, "Sat at the first morning and helped seven people"),
            (92, "Helped two families to fill in a form for a carer's assessment"),
            (99, "Went with Mrs Kemp to the lunch club and introduced her"),
        )
    ]
    confirmed = [initiatives.confirm_hours(given=each, by=cast.beth, at=year.day(100)) for each in given]
    return confirmed[0]
