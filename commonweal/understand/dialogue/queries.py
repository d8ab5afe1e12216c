"""Questions about conversations. Read only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import rules
from django.db.models import Count, Exists, F, Min, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import ngettext

from commonweal.foundations.decisions.models import Answer
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs.refs import Ref

from .models import Choice, Contribution, Conversation, Gathered, Gathering, Statement, Theme, Vote


@dataclass(frozen=True)
class Tally:
    """How a statement was voted on, everybody's last vote counted."""

    agrees: int = 0
    passes: int = 0
    disagrees: int = 0

    @property
    def votes(self) -> int:
        return self.agrees + self.passes + self.disagrees


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a person, since when, and the page where they can see to it."""

    what: str | Promise
    page: str
    since: datetime
    count: int = 1


def conversations() -> QuerySet[Conversation]:
    """All of them, newest first, with the number of suggestions that everybody may read."""
    shown = Count("contributions", filter=Q(contributions__held_at=None))
    return Conversation.objects.select_related("why").annotate(suggestions=shown).order_by("-opens_at", "pk")


def open_conversations(at: datetime) -> QuerySet[Conversation]:
    over = Q(closes_at__lte=at) | Q(closed_at__lte=at)
    return Conversation.objects.filter(~over, opens_at__lte=at).order_by("-opens_at", "pk")


def conversation_for(person: Person | None, uuid: UUID) -> Conversation:
    return Conversation.objects.select_related("why", "promise", "step").get(pk=uuid)


def contribution_for(person: Person | None, uuid: UUID) -> Contribution:
    """The suggestion, where this person may read it: one that is held back only its author and convenors may."""
    contribution = _in_full().get(pk=uuid)
    if not rules.test_rule("read this suggestion", person, contribution):
        raise Contribution.DoesNotExist
    return contribution


def contribution_of(subject: Ref) -> Contribution:
    """The suggestion that a receipt code opens, also where it is held back."""
    return _in_full().get(pk=subject.uuid)


def shown_contributions(conversation: Conversation) -> QuerySet[Contribution]:
    """What everybody may read, newest first, each with the themes it is in."""
    shown = Contribution.objects.filter(conversation=conversation, held_at=None)
    return (
        shown.select_related("words", "person", "statement")
        .prefetch_related(Prefetch("themes", Theme.objects.select_related("owed")))
        .order_by("-given_on", "-kept_at", "pk")
    )


def contributions_of(person: Person) -> QuerySet[Contribution]:
    """A person's own suggestions, newest first, held back or not."""
    own = Contribution.objects.filter(person=person).select_related("words", "conversation")
    return own.order_by("-given_on", "-kept_at", "pk")


def own_in(conversation: Conversation, person: Person) -> QuerySet[Contribution]:
    return contributions_of(person).filter(conversation=conversation)


def said_before(conversation: Conversation, person: Person, words: str) -> Contribution | None:
    """The very same words of theirs: who goes back in the browser and sends again has not said it twice."""
    return own_in(conversation, person).filter(words__text=words).first()


def has_spoken(person: Person) -> bool:
    """The person has sent something on a page before, and so has read what becomes public."""
    return Contribution.objects.filter(person=person, channel=Contribution.Channel.PAGE).exists()


def ungathered(conversation: Conversation | None = None) -> QuerySet[Contribution]:
    """Shown suggestions that are in no theme yet, oldest first."""
    gathered = Gathered.objects.filter(contribution=OuterRef("pk"))
    waiting = Contribution.objects.filter(~Exists(gathered), held_at=None)
    if conversation is not None:
        waiting = waiting.filter(conversation=conversation)
    return waiting.select_related("words", "conversation", "person", "statement").order_by("given_on", "kept_at", "pk")


def themes() -> QuerySet[Theme]:
    """Themes with the number of suggestions in them, those due soonest first."""
    counted = Theme.objects.select_related("owed", "step").annotate(suggestions=Count("contributions"))
    return counted.order_by(F("owed__answered_at").asc(nulls_first=True), "owed__due_on", "pk")


def themes_of(conversation: Conversation) -> QuerySet[Theme]:
    inside = Gathered.objects.filter(theme=OuterRef("pk"), contribution__conversation=conversation)
    return themes().filter(Exists(inside))


def themes_without_answer() -> QuerySet[Theme]:
    return themes().filter(owed__answered_at=None)


def theme_for(person: Person | None, uuid: UUID) -> Theme:
    return Theme.objects.select_related("owed", "step").get(pk=uuid)


def theme_sent_as(sent_as: str, person: Person) -> Theme | None:
    """The theme that this person's form made when it was sent before."""
    try:
        gathering = Gathering.objects.select_related("theme").filter(sent_as=UUID(sent_as), by=person).first()
    except ValueError:
        return None
    return gathering.theme if gathering else None


def contributions_in(theme: Theme) -> QuerySet[Contribution]:
    """The suggestions of a theme that everybody may read, oldest first."""
    inside = theme.contributions.filter(held_at=None).select_related("words", "person", "statement", "conversation")
    return inside.order_by("given_on", "kept_at", "pk")


def held_in(theme: Theme) -> int:
    return theme.contributions.exclude(held_at=None).count()


def answers_of(themes: Iterable[Theme]) -> dict[UUID, Answer]:
    """The answer of each theme that has one, by the theme's id; where it was corrected, the correction."""
    owed = {theme.owed_id: theme.pk for theme in themes}
    current = Answer.objects.filter(owed__in=owed, corrected_by=None, is_public=True).select_related("words", "step")
    return {owed[answer.owed_id]: answer for answer in current}


def tallies(contributions: Iterable[Contribution]) -> dict[UUID, Tally]:
    """How those of the contributions that were put to the vote were voted on. One question for a page."""
    statements = {each.statement.pk: each.pk for each in contributions if getattr(each, "statement", None) is not None}
    counts = dict.fromkeys(statements.values(), Tally())
    if not statements:
        return {}
    rows = (
        Vote.objects.filter(statement__in=statements)
        .values("statement")
        .annotate(
            agrees=Count("pk", filter=Q(choice=Choice.AGREE)),
            passes=Count("pk", filter=Q(choice=Choice.PASS)),
            disagrees=Count("pk", filter=Q(choice=Choice.DISAGREE)),
        )
    )
    for row in rows:
        counts[statements[row["statement"]]] = Tally(row["agrees"], row["passes"], row["disagrees"])
    return counts


def votes_of(conversation: Conversation) -> QuerySet[Vote, tuple[int, int, int]]:
    """Everybody's last vote on the statements that are shown: (participant's number, statement's number, choice)."""
    shown = Vote.objects.filter(statement__conversation=conversation, statement__contribution__held_at=None)
    return shown.values_list("participant__number", "statement__number", "choice")


def statements_of(conversation: Conversation) -> QuerySet[Statement]:
    return Statement.objects.filter(conversation=conversation).select_related("contribution__words").order_by("number")


def waiting_for(person: Person, at: datetime) -> list[Waiting]:
    """What waits for a convenor in this room: suggestions that nobody has put together yet, by conversation."""
    if not rules.test_rule("gather suggestions", person):
        return []
    rows: Iterable[Any] = (
        ungathered()
        .order_by()
        .values("conversation", "conversation__question")
        .annotate(count=Count("pk"), since=Min("kept_at"))
        .order_by("since")
    )
    return [
        Waiting(
            what=ngettext(
                "%(count)s suggestion to put into a theme: %(question)s",
                "%(count)s suggestions to put into themes: %(question)s",
                row["count"],
            )
            % {"count": row["count"], "question": row["conversation__question"]},
            page=f"{reverse('dialogue:desk')}?conversation={row['conversation']}",
            since=row["since"],
            count=row["count"],
        )
        for row in rows
    ]


def _in_full() -> QuerySet[Contribution]:
    return Contribution.objects.select_related("words", "person", "conversation", "statement", "step", "keyed_in_by")
