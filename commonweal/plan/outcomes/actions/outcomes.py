"""Verbs about outcomes: propose what good looks like, ask, answer, agree."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.decisions import actions as decisions
from commonweal.foundations.decisions.models import Asking, Assent, Stance
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.once import SentTwice, once
from commonweal.foundations.verbs.refusals import Refusal

from .. import queries
from ..models import Concern, Outcome


class ImplementersNotAsked(Refusal):
    plainly = _("Those who would do the work were not asked. Nothing is agreed without them.")


class SomeHaveNotAnswered(Refusal):
    plainly = _("Not everybody who was asked has answered yet.")


class ImplementersDisagree(Refusal):
    plainly = _("Somebody who would do the work does not agree. Talk with them first, and change the proposal.")


class AlreadyAgreed(Refusal):
    plainly = _("This was already agreed.")


class AlreadyAsked(Refusal):
    plainly = _("This organisation was already asked.")


class NotAParty(Refusal):
    plainly = _("This organisation was not asked, so it cannot answer.")


@transaction.atomic
def propose_outcome(
    *,
    concern: Concern,
    statement: str,
    by: Person,
    at: datetime,
    because: Step | None = None,
    implementers: Iterable[Organisation] = (),
    others: Iterable[Organisation] = (),
    language: str = "",
    sent_as: UUID | None = None,
) -> Outcome:
    """Propose what good would look like, and ask those who would do the work, and others.

    Args:
        sent_as: the form's own number: the same form sent again proposes nothing new.
    """
    doers, advisers = list(implementers), list(others)

    def make() -> Outcome:
        outcome = _propose(concern, statement, language, by, because or concern.step, at, sent_as)
        for organisation in doers:
            ask_party(outcome=outcome, organisation=organisation, implements=True, by=by, at=at)
        for organisation in advisers:
            if organisation not in doers:
                ask_party(outcome=outcome, organisation=organisation, implements=False, by=by, at=at)
        return outcome

    said = (concern.pk, by.pk, statement)
    return once(
        make,
        before=Outcome.objects.select_related("statement", "proposal"),
        sent_as=sent_as,
        is_it=lambda before: (before.concern_id, before.proposed_by_id, before.statement.text) == said,
    )


def _propose(
    concern: Concern, statement: str, language: str, by: Person, because: Step, at: datetime, sent_as: UUID | None
) -> Outcome:
    words = audit.keep_words(statement, language=language)
    outcome = Outcome(concern=concern, statement=words, proposed_by=by, proposed_at=at, sent_as=sent_as)
    outcome.proposal = thread.record(kind="outcomes.proposal", subject=outcome, because=because, at=at)
    outcome.save()
    audit.enter(by=by, verb="outcomes.propose_outcome", subject=outcome, at=at, words=[words])
    return outcome


@transaction.atomic
def ask_party(*, outcome: Outcome, organisation: Organisation, implements: bool, by: Person, at: datetime) -> Asking:
    """Ask an organisation what it says. Those who would do the work are asked as such."""
    outcome = held(outcome)
    if organisation.ref in queries.parties_of(outcome):
        raise AlreadyAsked(organisation)
    asked = decisions.ask_assent(
        subject=outcome, party=organisation, asks_implementer=implements, by=by, because=outcome.proposal, at=at
    )
    return asked.asking


@transaction.atomic
def answer(
    *,
    outcome: Outcome,
    organisation: Organisation,
    stance: str,
    words: str,
    by: Person,
    at: datetime,
    sent_as: UUID | None = None,
) -> Assent:
    """Say what an organisation says. It may say something else later; what it said before stays visible."""
    outcome = held(outcome)
    if organisation.ref not in queries.parties_of(outcome):
        raise NotAParty(organisation)

    def is_it(assent: Assent) -> bool:
        told = assent.words.text if assent.words else ""
        said = (assent.subject, assent.party, assent.person_id, assent.stance, told)
        return said == (outcome.ref, organisation.ref, by.pk, stance, words)

    def make() -> Assent:
        return decisions.give_assent(
            subject=outcome,
            party=organisation,
            stance=stance,
            words=words,
            by=by,
            because=outcome.step,
            at=at,
            sent_as=sent_as,
        )

    said = once(make, before=Assent.objects.select_related("words"), sent_as=sent_as, is_it=is_it)
    if sent_as and not is_it(said):
        raise SentTwice(said)
    return said


@transaction.atomic
def agree(*, outcome: Outcome, by: Person, at: datetime) -> Outcome:
    """Write down that it is agreed: everybody asked has answered, and those who do the work were asked.

    A reservation does not stop it and stays visible with its words; so does a dissent of somebody who does not do the
    work. It cannot be agreed over the heads of those who do.
    """
    outcome = held(outcome)
    positions = queries.positions(outcome)
    _refuse_unless_agreed(outcome, positions)
    outcome.agreed_at = at
    outcome.agreement = thread.record(
        kind="outcomes.outcome",
        subject=outcome,
        because=[outcome.proposal, *(position.assent.step for position in positions if position.assent)],
        at=at,
        params=_how_many(positions),
    )
    outcome.save(update_fields=["agreed_at", "agreement"])
    audit.enter(
        by=by,
        verb="outcomes.agree",
        subject=outcome,
        at=at,
        facts={str(position.organisation.ref): position.assent.stance for position in positions if position.assent},
    )
    return outcome


def _how_many(positions: list[queries.Position]) -> dict[str, int]:
    """How many say what, so that the title of the step never makes it look like all."""
    said = [position.assent.stance for position in positions if position.assent]
    return {
        "agree": said.count(Stance.ASSENT),
        "reserved": said.count(Stance.RESERVATION),
        "disagree": said.count(Stance.DISSENT),
    }


def _refuse_unless_agreed(outcome: Outcome, positions: list[queries.Position]) -> None:
    if outcome.is_agreed:
        raise AlreadyAgreed(outcome)
    if not any(position.implements for position in positions):
        raise ImplementersNotAsked(outcome)
    if any(position.assent is None for position in positions):
        raise SomeHaveNotAnswered(outcome)
    if any(
        position.implements and position.assent and position.assent.stance == Stance.DISSENT for position in positions
    ):
        raise ImplementersDisagree(outcome)


def held(outcome: Outcome) -> Outcome:
    """The outcome, held until this transaction ends, so that nobody asks or answers while it is being agreed."""
    found = (
        Outcome.objects.select_for_update(of=["self"])
        .select_related("proposal", "agreement", "statement")
        .get(pk=outcome.pk)
    )
    decisions.hold_askings(found)
    return found
