"""Plain text of conversations and themes that the audit seals."""

from collections.abc import Sequence
from uuid import UUID

from commonweal.foundations.audit import claims

from .models import Begun, Conversation, Evidence, Gathering


def _asked(ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    return {pk: [question] for pk, question in Conversation.objects.filter(pk__in=ids).values_list("pk", "question")}


def _gathered(ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    return {pk: [title] for pk, title in Gathering.objects.filter(pk__in=ids).values_list("pk", "theme__title")}


def _linked(ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    return {pk: [link] for pk, link in Evidence.objects.filter(pk__in=ids).values_list("pk", "link")}


claims.register("dialogue.keep_evidence", _linked)


def _reshaped(ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """The title that was given: of the last of the themes that began."""
    begun = Begun.objects.filter(reshaping__in=ids).order_by("id").values_list("reshaping", "theme__title")
    return {act: [title] for act, title in begun}


claims.register("dialogue.open_conversation", _asked)
claims.register("dialogue.import_conversation", _asked)
claims.register("dialogue.gather", _gathered)
claims.register("dialogue.split", _reshaped)
claims.register("dialogue.merge", _reshaped)
