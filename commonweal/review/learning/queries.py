"""Questions about lessons. They are public."""

from uuid import UUID

from django.db.models import QuerySet

from commonweal.foundations.people.models import Person

from .models import Lesson


def lesson_for(person: Person | None, uuid: UUID) -> Lesson:
    return lessons().get(pk=uuid)


def lessons() -> QuerySet[Lesson]:
    """Every lesson with its words, newest first."""
    return Lesson.objects.select_related("what", "why", "context", "kept_by", "step").order_by("-kept_at", "-id")
