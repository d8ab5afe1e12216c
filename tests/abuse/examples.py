"""What the permission matrix needs beyond the town: one record of every kind that has an address, made by verbs.

Each is found by its name in a line of the matrix (`example = "letter"`), before the town is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from commonweal.do.initiatives import actions as initiatives
from commonweal.do.initiatives.models import GivenHours, Partner
from commonweal.foundations.audit import actions as audit
from commonweal.foundations.audit.models import Redaction, Words
from commonweal.foundations.decisions.models import Asking, Assent
from commonweal.foundations.ledger import actions as ledger
from commonweal.foundations.ledger.models import Account, Dispatch, Journal, Payment
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.notices import delivery
from commonweal.foundations.notices.models import Failure, Notice
from commonweal.foundations.organisations.models import Service
from commonweal.foundations.people import actions as people
from commonweal.foundations.people.models import Consent, Role
from commonweal.foundations.places.models import Area
from commonweal.foundations.publishing import actions as publishing
from commonweal.foundations.publishing.models import Copy, Finding, Measure
from commonweal.foundations.thread import queries as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.refs import SYSTEM
from commonweal.foundations.work import actions as progress
from commonweal.foundations.work.models import Job
from commonweal.methods.quantities import Minutes, Money, Period
from commonweal.plan.outcomes.models import Obligation, Reading
from commonweal.town.building import Town
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue import papers
from commonweal.understand.dialogue.models import (
    Concern,
    Contribution,
    Evidence,
    OpenSet,
    Participant,
    Pledge,
    Point,
    Principle,
    Statement,
    Vote,
)

LONG = timedelta(days=14)


@dataclass(frozen=True)
class Named:
    """A stand-in for a record that an address names by something else than its id."""

    pk: str


@dataclass(frozen=True)
class Examples:
    area: Area
    asking: Asking
    assent: Assent
    authorised_payment: Payment
    care_concern: Concern
    consent: Consent
    copy: Copy
    dispatch: Dispatch
    evidence: Evidence
    failure: Failure
    finding: Finding
    forged_token: Named
    held_for_care: Contribution
    job: Job
    letter: Notice
    measure: Measure
    nothing: Named
    obligation: Obligation
    open_link: Named
    open_set: OpenSet
    partner: Partner
    payment_step: Step
    pledge: Pledge
    point: Point
    poster: Named
    posting: Journal
    purse: Account
    reading: Reading
    redaction: Redaction
    role: Role
    seeded: Contribution
    service: Service
    sent_payment: Payment
    told_hours: GivenHours
    unpublished_words: Words
    words: Words


def make(town: Town, *, at: datetime) -> Examples:
    sent = _authorised(town, at)
    held = dialogue.suggest(
        conversation=town.next_conversation, words="My husband hits me when he is drunk", by=town.amina, at=at
    )
    return Examples(
        area=Area.objects.order_by("pk")[0],
        asking=Asking.objects.get(party=town.charity.ref),
        assent=Assent.objects.get(party=town.trust.ref),
        authorised_payment=_authorised(town, at),
        care_concern=Concern.objects.get(contribution=held),
        consent=people.consent(person=town.amina, purpose="tests.letters", wording_version="1", by=town.amina, at=at),
        copy=_copy(town, at),
        dispatch=ledger.send(payments=[sent], by=town.joan, at=at),
        evidence=_evidence(town, at),
        failure=_failure(town, at),
        finding=_finding(town, at),
        forged_token=Named("A" * 43),
        held_for_care=held,
        job=progress.begin(title="Bringing in 638 votes", owner=town.grace, total=638, at=at),
        letter=Notice.objects.filter(state=Notice.State.LETTER, to=town.doris)[0],
        measure=_measure(at),
        nothing=Named(str(UUID(int=0, version=4))),
        obligation=town.obligations[0],
        open_link=_link(town, at),
        open_set=_open_set(town, at),
        partner=Partner.objects.get(initiative=town.initiative, organisation=town.charity),
        payment_step=_step(town.payment),
        pledge=_pledge(town, at),
        point=Point.objects.order_by("pk")[0],
        poster=Named(town.next_conversation.code),
        posting=town.payment.journal,
        purse=town.fund.pounds,
        reading=town.readings[-1],
        redaction=_proposal(town, at),
        role=Role.objects.get(person=town.amina),
        seeded=Contribution.objects.filter(channel="seed").order_by("pk")[0],
        service=Service.objects.order_by("organisation__name", "name")[0],
        sent_payment=sent,
        told_hours=_hours(town, at),
        unpublished_words=town.on_paper.on_word_of,
        words=town.fresh_contribution.words,
    )


def _step(record: Any) -> Step:
    step = thread.step_of(record)
    assert step is not None, f"{record} is on the thread"
    return step


def _authorised(town: Town, at: datetime) -> Payment:
    """Two said yes, and the money is set aside."""
    payment = initiatives.propose_payment(
        fund=town.fund, payee=town.charity, amount=Money(12_00), words="Tea and milk", by=town.beth, at=at
    )
    for person in (town.joan, town.daniel):
        payment = ledger.authorise(payment=payment, by=person, at=at)
    return payment


def _failure(town: Town, at: datetime) -> Failure:
    """Daniel is told of something, and his mail server will not take it."""
    notice = notices.tell(town.daniel, about=town.lesson.step, at=at)
    delivery.fail(notice, why=Failure.Why.REFUSED, at=at)
    return Failure.objects.get(notice=notice)


def _finding(town: Town, at: datetime) -> Finding:
    return publishing.publish_finding(
        claim="People come when somebody they know brings them.",
        strength=Finding.Strength.EXPERIENCE,
        source="Invented for the tests",
        subject=town.lesson,
        by=town.beth,
        at=at,
    )


def _measure(at: datetime) -> Measure:
    return publishing.publish_measure(
        key="tests.lonely",
        title="Lonely",
        period=Period(date(2025, 1, 1), date(2026, 1, 1)),
        value=Decimal("12.3"),
        unit="%",
        source="Invented for the tests",
        rung="measured",
        by=SYSTEM,
        at=at,
    )


def _copy(town: Town, at: datetime) -> Copy:
    conversation = town.conversation
    return publishing.keep_copy(
        subject=conversation,
        document=papers.report(conversation, at=at),
        language="en-gb",
        by=town.grace,
        because=conversation.step,
        at=at,
    )


def _evidence(town: Town, at: datetime) -> Evidence:
    return dialogue.keep_evidence(
        conversation=town.conversation,
        principle=Principle.INFORMATION,
        words="The options and what they cost stood on the page.",
        by=town.grace,
        at=at,
    )


def _pledge(town: Town, at: datetime) -> Pledge:
    return dialogue.pledge(
        conversation=town.conversation,
        words="I will bring my neighbour to the next advice morning.",
        by_on=at.date() + LONG,
        by=town.amina,
        at=at,
    )


def _link(town: Town, at: datetime) -> Named:
    """What an officer without an account holds in their hand: whoever has it may open it."""
    offered = notices.offer_link(
        purpose="decisions.draft",
        subject=town.open_owed,
        name="Liam Doyle",
        email="liam.doyle@council.example",
        by=town.grace,
        because=town.open_owed.step,
        at=at,
        expires_at=at + LONG,
    )
    return Named(offered.token)


def _open_set(town: Town, at: datetime) -> OpenSet:
    """Fifty people agreed in a conversation that is over, and the votes are published."""
    over = dialogue.open_conversation(
        question="Which bench first?", why="There is one.", promise="We mend it.", by=town.grace, because=None, at=at
    )
    said = dialogue.suggest(conversation=over, words="The one by the lock", by=town.amina, at=at)
    statement = Statement.objects.create(conversation=over, contribution=said, number=0)
    for number in range(50):
        somebody = Participant.objects.create(conversation=over, number=number + 1)
        Vote.objects.create(participant=somebody, statement=statement, choice=1, at=at)
    dialogue.close(conversation=over, by=town.grace, at=at)
    return dialogue.publish_open_set(conversation=over, reason="To try it", by=town.grace, at=at)


def _proposal(town: Town, at: datetime) -> Redaction:
    return audit.propose_redaction(
        words=town.fresh_contribution.words, by=town.helen, because=audit.Because.PRIVATE, at=at
    )


def _hours(town: Town, at: datetime) -> GivenHours:
    """Amina told of time that she gave, and nobody has confirmed it yet."""
    return initiatives.give_hours(
        fund=town.fund,
        giver=town.amina,
        time=Minutes(60),
        given_on=at.date(),
        what="Made the tea",
        by=town.amina,
        at=at,
    )
