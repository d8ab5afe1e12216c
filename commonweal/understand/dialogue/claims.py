"""Plain text of conversations and themes that the audit seals."""

from collections.abc import Sequence
from uuid import UUID

from commonweal.foundations.audit import claims

from .models import Conversation, Gathering


def _asked(ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    return {pk: [question] for pk, question in Conversation.objects.filter(pk__in=ids).values_list("pk", "question")}


def _gathered(ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    return {pk: [title] for pk, title in Gathering.objects.filter(pk__in=ids).values_list("pk", "theme__title")}


claims.register("dialogue.open_conversation", _asked)
claims.register("dialogue.import_conversation", _asked)
claims.register("dialogue.gather", _gathered)
