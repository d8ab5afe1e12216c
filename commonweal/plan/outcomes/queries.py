"""Questions about problems, outcomes, numbers and tasks. All of it is public: the accessors only find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from commonweal.foundations.decisions import queries as decisions
from commonweal.foundations.decisions.models import Asking, Assent, Stance
from commonweal.foundations.decisions.queries import Waiting
from commonweal.foundations.organisations import queries as organisations
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs.refs import Ref

from .models import Concern, ConcernVersion, Indicator, Obligation, Outcome, Reading


def concern_for(person: Person | None, uuid: UUID) -> Concern:
    return concerns().select_related("step", "raised_by").get(pk=uuid)


def outcome_for(person: Person | None, uuid: UUID) -> Outcome:
    return Outcome.objects.select_related("statement", "agreement", "proposal", "concern__step", "proposed_by").get(
        pk=uuid
    )


def asking_for(person: Person | None, uuid: UUID) -> Asking:
    """A question that was put to an organisation about an outcome."""
    return Asking.objects.get(pk=uuid, subject__startswith="outcomes:outcome:")


def indicator_for(person: Person | None, uuid: UUID) -> Indicator:
    return Indicator.objects.select_related("owner", "step", "outcome__statement").get(pk=uuid)


def reading_for(person: Person | None, uuid: UUID) -> Reading:
    return Reading.objects.select_related("indicator__owner", "step", "recorded_by", "revises", "revised_by").get(
        pk=uuid
    )


def obligation_for(person: Person | None, uuid: UUID) -> Obligation:
    return Obligation.objects.select_related(
        "organisation", "step", "depends_on__organisation", "outcome__statement", "came_of_it"
    ).get(pk=uuid)


def concerns() -> QuerySet[Concern]:
    """Every problem with its wordings and outcomes, newest first."""
    return Concern.objects.order_by("-raised_at", "-id").prefetch_related(
        Prefetch("versions", ConcernVersion.objects.select_related("words", "worded_by").order_by("-number")),
        Prefetch("outcomes", Outcome.objects.select_related("statement").order_by("proposed_at", "id")),
    )


@dataclass(frozen=True)
class Position:
    """Where one party stands: what it says now, and what it said before, newest first."""

    organisation: Organisation
    asking: Asking
    assent: Assent | None
    earlier: Sequence[Assent] = ()

    @property
    def implements(self) -> bool:
        return self.asking.asks_implementer


def parties_of(outcome: Outcome) -> set[Ref]:
    """Every organisation that was asked."""
    return {asking.party for asking in decisions.askings_of(outcome)}


def implementers_of(outcome: Outcome) -> set[Ref]:
    """Those who were asked as the ones that do the work."""
    return {asking.party for asking in decisions.askings_of(outcome) if asking.asks_implementer}


def dissenters_of(outcome: Outcome) -> set[Ref]:
    """Those who, by what they said last, do not agree."""
    return {said.party for said in decisions.current_assents(outcome) if said.stance == Stance.DISSENT}


def positions(outcome: Outcome) -> list[Position]:
    """Every party that was asked, those who do the work first, each with its own words. Three questions."""
    askings = {asking.party: asking for asking in decisions.askings_of(outcome)}
    organisations_asked = Organisation.objects.in_bulk([party.uuid for party in askings])
    said: dict[Ref, list[Assent]] = {}
    for assent in decisions.assents_of(outcome).order_by("-number"):
        said.setdefault(assent.party, []).append(assent)
    found = [
        _position(organisations_asked[party.uuid], asking, said.get(party, [])) for party, asking in askings.items()
    ]
    return sorted(found, key=lambda position: (not position.implements, position.organisation.name))


def _position(organisation: Organisation, asking: Asking, said: Sequence[Assent]) -> Position:
    return Position(organisation, asking, said[0] if said else None, tuple(said[1:]))


def current_readings() -> QuerySet[Reading]:
    """Readings that nothing has corrected, oldest period first."""
    return Reading.objects.filter(revised_by__isnull=True).order_by("from_on", "until_on")


def indicators_of(outcome: Outcome) -> list[Indicator]:
    return list(
        outcome.indicators.select_related("owner")
        .prefetch_related(Prefetch("readings", current_readings()))
        .order_by("defined_at", "id")
    )


def series(indicator: Indicator) -> list[Reading]:
    """The current reading of each period, in order, each with what it corrected."""
    return list(indicator.readings.filter(revised_by__isnull=True).select_related("revises").order_by("from_on"))


def readings_of(indicator: Indicator) -> QuerySet[Reading]:
    """All of them, corrected ones too, newest period first."""
    return indicator.readings.select_related("revised_by").order_by("-from_on", "-until_on", "-recorded_at")


def obligations_of(outcome: Outcome) -> QuerySet[Obligation]:
    return outcome.obligations.select_related("organisation", "depends_on", "came_of_it").order_by("due_on", "id")


def has_experience(indicators: Sequence[Indicator]) -> bool:
    """Does anything among these say how it felt to people?"""
    return any(indicator.kind == Indicator.Kind.EXPERIENCE for indicator in indicators)


def agreed_outcomes() -> QuerySet[Outcome]:
    """Outcomes that were agreed, with their numbers and those numbers' readings, newest first."""
    return (
        Outcome.objects.filter(agreed_at__isnull=False)
        .select_related("statement")
        .prefetch_related(
            Prefetch(
                "indicators",
                Indicator.objects.order_by("defined_at").prefetch_related(Prefetch("readings", current_readings())),
            )
        )
        .order_by("-agreed_at", "id")
    )


def waiting_for(person: Person, at: datetime) -> list[Waiting]:
    """Tasks of those whose word the person may give, not done yet. What they are asked, decisions says."""
    theirs = organisations.organisations_acted_for(person, on=timezone.localdate(at))
    undone = Obligation.objects.filter(organisation__in=theirs, done_at=None).select_related("organisation", "step")
    return [
        Waiting(
            what=f"{obligation.organisation.name}: {obligation.what}",
            page="outcomes:obligation",
            args=(obligation.pk,),
            due_on=obligation.due_on,
            step=obligation.step,
        )
        for obligation in undone.order_by("due_on", "id")[:50]
    ]
