"""The API of conversations: what was asked and promised, what people said, how they voted, what unites and divides
them, what was answered. Of the votes only what everybody sees on the pages: tallies and groups, never who.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router, Schema
from ninja.responses import Status

from commonweal.foundations.verbs import clock
from commonweal.foundations.verbs.access import open_to_all
from commonweal.understand.dialogue import models, queries

router = Router()

#: As many as one answer holds.
PER_PAGE = 50
FAR_ENOUGH = 100_000
#: Which page of a long answer.
Page = Annotated[int, Query(ge=1, le=FAR_ENOUGH)]
NOBODY_KNOWS = {"detail": "There is no such conversation."}


class Missing(Schema):
    detail: str


class Invalid(Schema):
    """What was asked is out of bounds; each line says where and why."""

    detail: list[dict[str, Any]]


class Conversation(Schema):
    id: UUID
    #: The address on posters is /c/ and this.
    code: str
    question: str
    who_may: str
    opens_at: datetime
    closes_at: datetime | None
    is_open: bool
    suggestions: int


class Conversations(Schema):
    count: int
    page: int
    conversations: list[Conversation]


class Point(Schema):
    """One point of the briefing, with who says so."""

    kind: str
    words: str
    cost_pence: int | None
    source: str
    is_taken_back: bool


class Promise(Schema):
    words: str
    by: str
    first_due_on: date | None
    due_on: date | None
    is_late: bool
    is_kept: bool


class WholeConversation(Schema):
    """A conversation as its page tells it."""

    id: UUID
    code: str
    question: str
    why: str
    promise: Promise | None
    briefing: list[Point]
    is_open: bool


class Statement(Schema):
    """What people vote on, and how they did: everybody's last vote."""

    number: int
    words: str
    agrees: int
    passes: int
    disagrees: int
    is_closed: bool


class Statements(Schema):
    count: int
    page: int
    statements: list[Statement]


class Suggestion(Schema):
    id: UUID
    words: str
    said_on: date
    by: str
    channel: str
    themes: list[UUID]


class Suggestions(Schema):
    count: int
    page: int
    suggestions: list[Suggestion]


class Theme(Schema):
    """What several people said, and the answer that it is owed or has."""

    id: UUID
    title: str
    suggestions: int
    due_on: date
    answered_on: date | None
    reason_code: str
    answer: str


class Themes(Schema):
    count: int
    page: int
    themes: list[Theme]


class Told(Schema):
    """What a statement tells about the groups: the share of each that chose so."""

    statement: int
    choice: int
    shares: list[float]


class Group(Schema):
    name: str
    size: int
    #: How well it comes out again from other people and statements, between 0 and 1.
    stability: float | None
    representative: list[Told]


class Map(Schema):
    """The opinion map as it was last made. `notes` say what cannot be known, by code."""

    made_at: datetime
    is_last: bool
    people: int
    statements: int
    votes: int
    seed: int
    method: str
    version: str
    silhouette: float | None
    groups: list[Group]
    uniting: list[Told]
    dividing: list[Told]
    notes: list[str]


@router.get("", response={200: Conversations, 422: Invalid}, url_name="conversations")
@open_to_all
def conversations(request: HttpRequest, page: Page = 1) -> Any:
    """Every conversation, newest first, with the number of suggestions that everybody may read."""
    every, at = queries.conversations(), clock.now()
    shown = [
        {
            "id": each.pk,
            "code": each.code,
            "question": each.question,
            "who_may": each.who_may,
            "opens_at": each.opens_at,
            "closes_at": each.closes_at,
            "is_open": each.is_open(at),
            "suggestions": getattr(each, "suggestions"),  # noqa: B009 (counted by the question)
        }
        for each in every[window(page)]
    ]
    return {"count": every.count(), "page": page, "conversations": shown}


@router.get("/{conversation}", response={200: WholeConversation, 404: Missing, 422: Invalid}, url_name="conversation")
@open_to_all
def conversation(request: HttpRequest, conversation: Path[UUID]) -> Any:
    """What was asked, why, what was promised and what people should know first."""
    asked = _found(conversation)
    if asked is None:
        return Status(404, NOBODY_KNOWS)
    return {
        "id": asked.pk,
        "code": asked.code,
        "question": asked.question,
        "why": asked.why.shown,
        "promise": _promise(asked),
        "briefing": [_point(each) for each in queries.points_of(asked)],
        "is_open": asked.is_open(clock.now()),
    }


@router.get("/{conversation}/statements", response={200: Statements, 404: Missing, 422: Invalid}, url_name="statements")
@open_to_all
def statements(request: HttpRequest, conversation: Path[UUID], page: Page = 1) -> Any:
    """What people vote on, in the order in which it was put up, with how they voted."""
    asked = _found(conversation)
    if asked is None:
        return Status(404, NOBODY_KNOWS)
    every = queries.statements_of(asked).filter(contribution__held_at=None)
    shown = list(every[window(page)])
    tallies = queries.tallies([each.contribution for each in shown])
    rows = [_statement(each, tallies.get(each.contribution_id) or queries.Tally()) for each in shown]
    return {"count": every.count(), "page": page, "statements": rows}


@router.get(
    "/{conversation}/suggestions", response={200: Suggestions, 404: Missing, 422: Invalid}, url_name="suggestions"
)
@open_to_all
def suggestions(request: HttpRequest, conversation: Path[UUID], page: Page = 1) -> Any:
    """What people said, newest first, as everybody may read it."""
    asked = _found(conversation)
    if asked is None:
        return Status(404, NOBODY_KNOWS)
    every = queries.shown_contributions(asked)
    return {"count": every.count(), "page": page, "suggestions": [_suggestion(each) for each in every[window(page)]]}


@router.get("/{conversation}/themes", response={200: Themes, 404: Missing, 422: Invalid}, url_name="themes")
@open_to_all
def themes(request: HttpRequest, conversation: Path[UUID], page: Page = 1) -> Any:
    """What was put together, what is due, and what was answered."""
    asked = _found(conversation)
    if asked is None:
        return Status(404, NOBODY_KNOWS)
    every = queries.themes_of(asked)
    shown = list(every[window(page)])
    answers = queries.answers_of(shown)
    return {"count": every.count(), "page": page, "themes": [_theme(each, answers.get(each.pk)) for each in shown]}


@router.get("/{conversation}/map", response={200: Map, 404: Missing, 422: Invalid}, url_name="map")
@open_to_all
def opinion_map(request: HttpRequest, conversation: Path[UUID]) -> Any:
    """What unites people, what divides them, and how sure that is."""
    asked = _found(conversation)
    made = queries.map_of(asked) if asked is not None else None
    if made is None:
        return Status(404, {"detail": "There is no map of this conversation yet."})
    told = made.told
    return {
        **{name: getattr(made, name) for name in ("made_at", "is_last", "people", "statements", "votes")},
        **{name: getattr(made, name) for name in ("seed", "method", "version")},
        **{name: told[name] for name in ("silhouette", "groups", "uniting", "dividing", "notes")},
    }


def _found(conversation: UUID) -> models.Conversation | None:
    try:
        return queries.conversation_for(None, conversation)
    except models.Conversation.DoesNotExist:
        return None


def window(page: int) -> slice:
    return slice((page - 1) * PER_PAGE, page * PER_PAGE)


def _promise(asked: models.Conversation) -> dict[str, Any] | None:
    if asked.promise is None:
        return None
    held = queries.promise_of(asked, on=clock.today())
    return {
        "words": asked.promise.shown,
        "by": asked.promised_by.name if asked.promised_by else "",
        "first_due_on": held.owed.first_due_on if held else None,
        "due_on": held.owed.due_on if held else None,
        "is_late": held is not None and held.is_late,
        "is_kept": held is not None and held.account is not None,
    }


def _point(point: models.Point) -> dict[str, Any]:
    return {
        "kind": point.kind,
        "words": point.words.shown,
        "cost_pence": point.cost_pence,
        "source": point.source,
        "is_taken_back": point.taken_back_at is not None,
    }


def _statement(statement: models.Statement, tally: queries.Tally) -> dict[str, Any]:
    return {
        "number": statement.number,
        "words": statement.contribution.words.shown,
        "agrees": tally.agrees,
        "passes": tally.passes,
        "disagrees": tally.disagrees,
        "is_closed": statement.closed_at is not None,
    }


def _suggestion(said: models.Contribution) -> dict[str, Any]:
    themes: Iterable[models.Theme] = said.themes.all()
    return {
        "id": said.pk,
        "words": said.words.shown,
        "said_on": said.given_on,
        "by": said.who,
        "channel": said.channel,
        "themes": [theme.pk for theme in themes],
    }


def _theme(theme: models.Theme, answer: Any) -> dict[str, Any]:
    answered_at = theme.owed.answered_at
    return {
        "id": theme.pk,
        "title": theme.title,
        "suggestions": getattr(theme, "suggestions"),  # noqa: B009 (counted by the question)
        "due_on": theme.owed.due_on,
        "answered_on": timezone.localdate(answered_at) if answered_at else None,
        "reason_code": answer.reason_code if answer else "",
        "answer": answer.words.shown if answer else "",
    }


#: Every operation by the name of its address.
OPERATIONS: dict[str, Any] = {
    "conversations": conversations,
    "conversation": conversation,
    "statements": statements,
    "suggestions": suggestions,
    "themes": themes,
    "map": opinion_map,
}
