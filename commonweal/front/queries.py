"""Questions that the front asks of the thread."""

from uuid import UUID

from django.db.models import QuerySet

from commonweal.foundations.thread import kinds
from commonweal.foundations.thread.models import Audience, Step


def latest_public(count: int) -> list[Step]:
    """What happened last, as far as anybody may know."""
    return list(_public()[:count])


def public_steps_of(stage: str) -> QuerySet[Step]:
    """Public steps of one stage of the cycle, newest first."""
    return _public().filter(kind__in=[kind.name for kind in kinds.all_kinds() if kind.stage == stage])


def public_step(uuid: UUID) -> Step | None:
    return Step.objects.filter(uuid=uuid, audience=Audience.PUBLIC).first()


def _public() -> QuerySet[Step]:
    return Step.objects.filter(audience=Audience.PUBLIC).order_by("-at", "-id")
