"""Which body answers: a service where it is known, else an organisation. Its officers are nobody's business."""

from __future__ import annotations

from datetime import date

from commonweal.foundations.organisations import queries as organisations
from commonweal.foundations.organisations.models import Organisation, Service
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.naming import known_names
from commonweal.foundations.verbs.refs import Ref

from ..models import Answer, Assignment, Draft
from .owing import person_of


def body_behind(draft: Draft, *, on: date) -> Ref | None:
    """The service for which whoever wrote it was asked; else the one service, or else the one body, that they are an
    officer of. Where there are several or none, nobody knows."""
    asked = Assignment.objects.filter(link=draft.drafted_by.uuid).select_related("service").first()
    if asked is not None and asked.service is not None:
        return asked.service.ref
    writer = person_of(draft.writer or draft.drafted_by)
    return _works_for(writer, on) if writer is not None else None


def _works_for(writer: Person, on: date) -> Ref | None:
    """A neighbour who is in a residents' group, too, does not answer in its name."""
    services = list(Service.objects.filter(officer=writer, ended_on=None)[:2])
    if len(services) == 1:
        return services[0].ref
    bodies = organisations.organisations_acted_for(writer, on=on).exclude(kind=Organisation.Kind.GROUP)
    found = list(bodies.distinct()[:2])
    return found[0].ref if len(found) == 1 else None


def answered_by(answer: Answer) -> str:
    """As everybody reads it: the organisation, and the service where it is known; nothing where neither is."""
    ref = answer.answers_for
    if ref is None:
        return ""
    if (ref.room, ref.kind) != ("organisations", "service"):
        return known_names([ref]).get(ref, "")
    service = Service.objects.select_related("organisation").filter(pk=ref.uuid).first()
    return f"{service.organisation} ({service})" if service is not None else ""
