"""Plain text of decisions and answers that the audit seals."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Prefetch

from commonweal.foundations.audit import claims

from .models import Answer, Decision, Option, Owed


def _decided(ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    options = Prefetch("options", Option.objects.order_by("place"))
    return {
        each.pk: [
            each.question,
            each.rule,
            each.outcome,
            each.exempt_because,
            *(option.text for option in each.options.all()),
        ]
        for each in Decision.objects.filter(pk__in=ids).prefetch_related(options)
    }


def _owed(ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    return {pk: [title] for pk, title in Owed.objects.filter(pk__in=ids).values_list("pk", "title")}


def _answered(ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    return {pk: [to_whom] for pk, to_whom in Answer.objects.filter(pk__in=ids).values_list("pk", "referred_to")}


claims.register("decisions.decide", _decided)
claims.register("decisions.owe", _owed)
claims.register("decisions.publish", _answered)
