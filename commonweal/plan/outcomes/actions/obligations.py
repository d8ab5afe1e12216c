"""Verbs about obligations: take one on, say that it is done."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.audit import queries as trail
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.organisations import queries as organisations
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.once import once
from commonweal.foundations.verbs.refusals import Refusal

from .. import queries
from ..models import Obligation, Outcome
from .outcomes import held


class NotAskedFirst(Refusal):
    plainly = _("Those who do the work are asked first. Ask this organisation about the outcome, as one that does it.")


class NotAgreedYet(Refusal):
    plainly = _("Tasks can be taken on when it is agreed what good looks like.")


class TheyDisagree(Refusal):
    plainly = _("This organisation does not agree, so it cannot be given a task.")


class WaitsForAnotherOutcome(Refusal):
    plainly = _("A task can only wait for another task of the same outcome.")


class AlreadyDone(Refusal):
    plainly = _("This task is already marked as done.")


@transaction.atomic
def oblige(
    *,
    outcome: Outcome,
    organisation: Organisation,
    what: str,
    due_on: date,
    by: Person,
    at: datetime,
    because: Step | None = None,
    depends_on: Obligation | None = None,
    sent_as: UUID | None = None,
) -> Obligation:
    """Write down what an organisation will do for an outcome that is agreed, and by when.

    Args:
        sent_as: the form's own number: the same form sent again adds no task.
    """
    outcome = held(outcome)
    task = Obligation(
        outcome=outcome,
        organisation=organisation,
        what=what,
        due_on=due_on,
        depends_on=depends_on,
        taken_on_at=at,
        sent_as=sent_as,
    )

    def make() -> Obligation:
        _refuse_what_nobody_agreed_to(task)
        return _take_on(task, by, because or outcome.step, at)

    return once(
        make,
        before=Obligation.objects.all(),
        sent_as=sent_as,
        is_it=lambda before: _told(before) == _told(task) and trail.did(by, "outcomes.oblige", before),
    )


def _refuse_what_nobody_agreed_to(task: Obligation) -> None:
    outcome, party = task.outcome, task.organisation.ref
    if not outcome.is_agreed:
        raise NotAgreedYet(outcome)
    if party not in queries.implementers_of(outcome):
        raise NotAskedFirst(party)
    if party in queries.dissenters_of(outcome):
        raise TheyDisagree(party)
    if task.depends_on is not None and task.depends_on.outcome_id != outcome.pk:
        raise WaitsForAnotherOutcome(task.depends_on)


def _take_on(task: Obligation, by: Person, because: Step, at: datetime) -> Obligation:
    doer = task.organisation
    speaks = organisations.acts_for(by, doer, on=timezone.localdate(at))
    kind = "outcomes.obligation" if speaks else "outcomes.obligation_asked"
    task.step = thread.record(kind=kind, subject=task, because=because, at=at, params={"organisation": doer})
    task.save()
    if not speaks:
        _tell_whom_it_asks(task, at)
    facts = {
        "organisation": str(doer.ref),
        "due_on": task.due_on.isoformat(),
        "text": audit.fingerprint(task.what),
    }
    audit.enter(by=by, verb="outcomes.oblige", subject=task, at=at, facts=facts)
    return task


def _tell_whom_it_asks(task: Obligation, at: datetime) -> None:
    """Nobody takes a task on for somebody else: those who speak for the organisation hear of it."""
    speaking = organisations.acting_for(task.organisation, on=timezone.localdate(at))
    for person in {part.person for part in speaking}:
        notices.tell(person, about=task.step, at=at)


def _told(task: Obligation) -> tuple[object, ...]:
    return task.outcome_id, task.organisation_id, task.what, task.due_on, task.depends_on_id


@transaction.atomic
def fulfil(
    *, obligation: Obligation, by: Person, because: Step | None, at: datetime, words: str = "", language: str = ""
) -> Obligation:
    """Say that an organisation has done what it took on.

    Args:
        words: what came of it, where there is something to say. Everybody reads it with the task.
    """
    obligation = Obligation.objects.select_for_update(of=["self"]).select_related("step").get(pk=obligation.pk)
    if obligation.is_done:
        raise AlreadyDone(obligation)
    obligation.done_at, obligation.done_by = at, by
    obligation.done_step = thread.record(
        kind="outcomes.obligation_done",
        subject=obligation,
        because=because or obligation.step,
        at=at,
        params={"organisation": Organisation(pk=obligation.organisation_id)},
    )
    said = [audit.keep_words(words, language=language)] if words else []
    obligation.came_of_it = said[0] if said else None
    obligation.save(update_fields=["done_at", "done_by", "done_step", "came_of_it"])
    audit.enter(by=by, verb="outcomes.fulfil", subject=obligation, at=at, words=said)
    return obligation
