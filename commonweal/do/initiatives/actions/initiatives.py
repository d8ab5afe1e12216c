"""Verbs about an initiative: begin it, hand it over, take up a task."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.audit import queries as trail
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.once import once
from commonweal.foundations.verbs.refusals import Refusal
from commonweal.plan.outcomes.models import Obligation

from ..models import Adopted, Initiative, Lead


class NothingItGrowsFrom(Refusal):
    plainly = _("Say what this grows from: an idea, a decision, a problem or a lesson.")


class LeadHasChanged(Refusal):
    plainly = _("Somebody else leads this now. Look at the page again before you change it.")


class AlreadyLeads(Refusal):
    plainly = _("This person already leads it.")


class AlreadyTakenUp(Refusal):
    plainly = _("This task was already taken up.")


@transaction.atomic
def begin(
    *,
    title: str,
    story: str,
    lead: Person,
    by: Person,
    because: Step | Iterable[Step],
    at: datetime,
    language: str = "",
    sent_as: UUID | None = None,
) -> Initiative:
    """Begin something together. It has one lead from its first moment, and it says what it grows from.

    Args:
        sent_as: the form's own number: the same form sent again begins nothing new.
    """
    causes = [because] if isinstance(because, Step) else list(because)
    if not causes:
        raise NothingItGrowsFrom(title)
    said = (by.pk, title, story, lead.pk, {step.pk for step in causes})
    return once(
        lambda: _begin(title, story, lead, by, causes, at, language, sent_as),
        before=Initiative.objects.select_related("story", "step"),
        sent_as=sent_as,
        is_it=lambda before: _said(before) == said,
    )


def _said(begun: Initiative) -> tuple[object, ...]:
    """What the form said with which it was begun; another may lead it now."""
    first = begun.leads.order_by("from_at")[0]
    causes = set(begun.step.causes.values_list("pk", flat=True))
    return begun.begun_by_id, begun.title, begun.story.text, first.person_id, causes


def _begin(
    title: str,
    story: str,
    lead: Person,
    by: Person,
    causes: list[Step],
    at: datetime,
    language: str,
    sent_as: UUID | None,
) -> Initiative:
    words = audit.keep_words(story, language=language)
    initiative = Initiative(title=title, story=words, begun_by=by, begun_at=at, sent_as=sent_as)
    initiative.step = thread.record(
        kind="initiatives.initiative",
        subject=initiative,
        because=causes,
        at=at,
        params={"initiative": initiative, "person": lead},
    )
    initiative.save()
    Lead.objects.create(initiative=initiative, person=lead, from_at=at)
    audit.enter(
        by=by, verb="initiatives.begin", subject=initiative, at=at, facts={"lead": str(lead.ref)}, words=[words]
    )
    return initiative


@transaction.atomic
def hand_over(
    *, lead: Lead, to: Person, by: Person, because: Step | None, at: datetime, sent_as: UUID | None = None
) -> Lead:
    """Give the lead to somebody else. `lead` is the one being ended: when it has ended already, nothing changes.

    Args:
        sent_as: the form's own number: the same form sent again hands nothing over.
    """
    initiative = held(lead.initiative_id)

    def is_it(before: Lead) -> bool:
        told = (before.initiative_id, before.person_id) == (initiative.pk, to.pk)
        return told and trail.did(by, "initiatives.hand_over", initiative, at=before.from_at)

    return once(
        lambda: _hand_over(initiative, lead, to, by, because or initiative.step, at, sent_as),
        before=Lead.objects.all(),
        sent_as=sent_as,
        is_it=is_it,
    )


def _hand_over(
    initiative: Initiative, lead: Lead, to: Person, by: Person, because: Step, at: datetime, sent_as: UUID | None
) -> Lead:
    current = Lead.objects.select_for_update().get(pk=lead.pk)
    if current.until_at is not None:
        raise LeadHasChanged(lead)
    if current.person_id == to.pk:
        raise AlreadyLeads(to)
    current.until_at = at
    current.save(update_fields=["until_at"])
    new = Lead.objects.create(initiative=initiative, person=to, from_at=at, sent_as=sent_as)
    step = thread.record(
        kind="initiatives.hand_over",
        subject=initiative,
        because=because,
        at=at,
        params={"initiative": initiative, "person": to},
    )
    audit.enter(
        by=by,
        verb="initiatives.hand_over",
        subject=initiative,
        at=at,
        facts={"from": str(Person(pk=current.person_id).ref), "to": str(to.ref)},
    )
    notices.tell(to, about=step, at=at)
    return new


@transaction.atomic
def adopt(*, initiative: Initiative, obligation: Obligation, by: Person, at: datetime) -> Adopted:
    """Take up a task of an outcome as part of this initiative. It comes from both."""
    obligation = Obligation.objects.select_for_update(of=["self"]).select_related("step").get(pk=obligation.pk)
    if Adopted.objects.filter(obligation=obligation).exists():
        raise AlreadyTakenUp(obligation)
    adopted = Adopted(initiative=initiative, obligation=obligation, adopted_at=at)
    adopted.step = thread.record(
        kind="initiatives.adopted",
        subject=obligation,
        because=[initiative.step, obligation.step],
        at=at,
        params={"initiative": initiative, "organisation": Organisation(pk=obligation.organisation_id)},
    )
    adopted.save()
    audit.enter(by=by, verb="initiatives.adopt", subject=adopted, at=at, facts={"obligation": str(obligation.ref)})
    return adopted


def held(initiative: UUID) -> Initiative:
    """The initiative, held until this transaction ends: whoever changes who takes part in it waits in line."""
    return Initiative.objects.select_for_update(of=["self"]).select_related("step").get(pk=initiative)
