"""The numbers of a conversation, for its report: a fixed number of questions, however much was said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone

from commonweal.foundations.decisions.models import Answer, Extension
from commonweal.foundations.thread import queries as thread
from commonweal.foundations.thread.models import Audience, Step

from ..models import Contribution, Conversation, Gathered, Participant, Statement, Theme, Vote
from .themes import answers_of, themes_of

#: Rooms whose steps are how a conversation goes, not what came of it.
_ON_THE_WAY = ("dialogue", "decisions", "notices", "publishing")


@dataclass(frozen=True)
class Said:
    """What was said: how many by each way, and how each of them stands."""

    by_channel: Mapping[str, int]
    held: Mapping[str, int]
    aside: Mapping[str, int]
    waiting: int

    @property
    def shown(self) -> int:
        return sum(self.by_channel.values())


@dataclass(frozen=True)
class Voted:
    participants: int
    votes: int
    statements: int


@dataclass(frozen=True)
class Answered:
    """A theme and its answer, and whether the date that was first promised was kept."""

    theme: Theme
    answer: Answer | None
    extensions: int

    @property
    def is_kept(self) -> bool | None:
        """None while there is no answer."""
        answered_at = self.theme.owed.answered_at
        return None if answered_at is None else timezone.localdate(answered_at) <= self.theme.owed.first_due_on

    @property
    def days(self) -> int | None:
        answered_at = self.theme.owed.answered_at
        return None if answered_at is None else (answered_at - self.theme.owed.owed_at).days


def said_in(conversation: Conversation) -> Said:
    """Seeds of the convenors are nobody's suggestions, and are left out."""
    rows = Contribution.objects.filter(conversation=conversation).exclude(channel=Contribution.Channel.SEED)
    channels: Counter[str] = Counter()
    held: Counter[str] = Counter()
    aside: Counter[str] = Counter()
    for channel, because, reason, count in (
        rows.order_by().values_list("channel", "held_because", "aside__reason").annotate(count=Count("pk"))
    ):
        if because:
            held[because] += count
            continue
        channels[channel] += count
        if reason:
            aside[reason] += count
    gathered = Gathered.objects.filter(contribution__conversation=conversation, contribution__held_at=None)
    in_themes = gathered.aggregate(count=Count("contribution", distinct=True))["count"]
    waiting = max(sum(channels.values()) - sum(aside.values()) - in_themes, 0)
    return Said(channels, held, aside, waiting)


def voted_in(conversation: Conversation) -> Voted:
    return Voted(
        participants=Participant.objects.filter(conversation=conversation).count(),
        votes=Vote.objects.filter(statement__conversation=conversation).count(),
        statements=Statement.objects.filter(conversation=conversation, contribution__held_at=None).count(),
    )


def answered_in(conversation: Conversation) -> list[Answered]:
    """Every theme of the conversation: the answered first, by date."""
    themes = list(themes_of(conversation))
    answers = answers_of(themes)
    owed = Extension.objects.filter(owed__in=[theme.owed_id for theme in themes]).order_by()
    extensions = dict(owed.values_list("owed").annotate(count=Count("pk")))
    return [Answered(theme, answers.get(theme.pk), extensions.get(theme.owed_id, 0)) for theme in themes]


def median_days(answered: list[Answered]) -> int | None:
    days = [each.days for each in answered if each.days is not None]
    return round(median(days)) if days else None


def words_of_statements(conversation: Conversation, numbers: set[int]) -> dict[int, UUID]:
    """The id of the words of each statement that may be shown, by its number."""
    shown = Statement.objects.filter(conversation=conversation, number__in=numbers, contribution__held_at=None)
    return dict(shown.values_list("number", "contribution__words"))


def came_of(conversation: Conversation, *, most: int) -> tuple[list[Step], int]:
    """Decisions, and all that later rooms did because of them, oldest first; and how many more there are."""
    on_the_way = Q()
    for room in _ON_THE_WAY:
        on_the_way |= Q(kind__startswith=f"{room}.")
    steps = Step.objects.filter(
        ~on_the_way | Q(kind="decisions.decision"),
        pk__in=thread.fruits(conversation.step).ids,
        audience=Audience.PUBLIC,
    )
    count = steps.count()
    return list(steps.order_by("at", "pk")[:most]), max(count - most, 0)
