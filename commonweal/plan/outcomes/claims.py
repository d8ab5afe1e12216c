"""Plain text of numbers and tasks that the audit seals."""

from collections.abc import Sequence
from uuid import UUID

from commonweal.foundations.audit import claims

from .models import Indicator, Obligation, Reading


def _defined(ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    return {each.pk: each.texts for each in Indicator.objects.filter(pk__in=ids)}


def _recorded(ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    return {pk: [source] for pk, source in Reading.objects.filter(pk__in=ids).values_list("pk", "provenance")}


def _taken_on(ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    return {pk: [what] for pk, what in Obligation.objects.filter(pk__in=ids).values_list("pk", "what")}


claims.register("outcomes.define_indicator", _defined)
claims.register("outcomes.record_reading", _recorded)
claims.register("outcomes.oblige", _taken_on)
