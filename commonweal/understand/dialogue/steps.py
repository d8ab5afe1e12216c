"""What the thread says about conversations."""

from collections.abc import Callable, Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit.wording import shown
from commonweal.foundations.people.rules import holds
from commonweal.foundations.thread import kinds

from . import steps_after  # noqa: F401  the rest of this room's kinds
from .models import Contribution, Conversation, SettingAside, Theme


def _who(ids: Collection[UUID]) -> "QuerySet[Any, Any]":
    """Contributors by name where they chose so. Asked each time: a name taken back vanishes from the thread too."""
    chosen = Coalesce(NullIf(F("person__shown_as"), Value("")), F("person__name"))
    name = Case(
        When(channel=Contribution.Channel.FILE, then=Value(gettext("Somebody in another conversation"))),
        When(channel=Contribution.Channel.SEED, then=Value(gettext("The convenors"))),
        When(Q(shows_name=True, held_at=None) & ~Q(person__name=""), then=chosen),
        default=Value(gettext("A resident")),
        output_field=CharField(),
    )
    return Contribution.objects.filter(pk__in=ids).annotate(who_it_was=name).values_list("pk", "who_it_was")


def _said(ids: Collection[UUID]) -> "QuerySet[Any, Any]":
    """What is held back is quoted nowhere."""
    return Contribution.objects.filter(pk__in=ids, held_at=None).values_list("pk", shown("words"))


def _seen_by(person: Any, steps: Sequence[Any]) -> set[int]:
    """Steps about a suggestion that is held back are its author's and the convenors'; of one that is or was held for
    care, its author's alone."""
    asked = Contribution.objects.filter(pk__in=[step.subject.uuid for step in steps])
    theirs = Q(person=person) | Q(concerns=None) if holds("convenor")(person) else Q(person=person)
    mine = set(asked.filter(theirs).values_list("pk", flat=True))
    return {step.pk for step in steps if step.subject.uuid in mine}


def _seen_by_roles(*roles: str) -> Callable[[Any, Sequence[Any]], set[int]]:
    held = holds(*roles)
    return lambda person, steps: {step.pk for step in steps} if held(person) else set()


kinds.name_by("dialogue", "contributor", _who)
kinds.name_by(
    "dialogue", "conversation", lambda ids: Conversation.objects.filter(pk__in=ids).values_list("pk", "question")
)
kinds.name_by("dialogue", "theme", lambda ids: Theme.objects.filter(pk__in=ids).values_list("pk", "title"))

kinds.declare(
    "dialogue.opening",
    title=_("A conversation opened: %(conversation)s"),
    word=_("Conversation"),
    stage="understand",
    words=lambda ids: Conversation.objects.filter(pk__in=ids).values_list("pk", shown("why")),
    opens_a_story=True,
)
kinds.declare(
    "dialogue.contribution",
    title=_("%(who)s made a suggestion"),
    word=_("Suggestion"),
    stage="understand",
    words=_said,
    seen_by=_seen_by,
)
kinds.declare(
    "dialogue.keyed_in",
    title=_("%(who)s made a suggestion on %(said_on)s"),
    word=_("Suggestion"),
    stage="understand",
    labels={"said_on": kinds.Day},
    words=_said,
    seen_by=_seen_by,
)
kinds.declare(
    "dialogue.theme",
    title=_("Suggestions were put together: %(theme)s (%(count)s)"),
    word=_("Theme"),
    stage="understand",
)
kinds.declare(
    "dialogue.gathering",
    title=_("More suggestions were added: %(theme)s (%(count)s)"),
    word=_("Theme"),
    stage="understand",
)
kinds.declare(
    "dialogue.split",
    title=_("A theme was split. One part: %(theme)s (%(count)s)"),
    word=_("Theme"),
    stage="understand",
)
kinds.declare(
    "dialogue.merge",
    title=_("Themes were put together: %(theme)s (%(count)s)"),
    word=_("Theme"),
    stage="understand",
)
kinds.declare(
    "dialogue.import",
    title=_("A conversation was brought in from files: statements %(statements)s, votes %(votes)s"),
    word=_("Conversation"),
    stage="understand",
)
kinds.declare(
    "dialogue.comments",
    title=_("Suggestions were brought in from a file (%(count)s)"),
    word=_("Suggestion"),
    stage="understand",
)
kinds.declare(
    "dialogue.taken_away",
    title=_("A convenor saved the whole conversation to files: %(conversation)s"),
    word=_("Conversation"),
    stage="understand",
)
kinds.declare(
    "dialogue.open_set",
    title=_("The votes were published as an open data set, without names (%(people)s people)"),
    word=_("Open data"),
    stage="understand",
)
kinds.declare(
    "dialogue.open_set_back",
    title=_("The open data set was taken back"),
    word=_("Open data"),
    stage="understand",
)
kinds.declare(
    "dialogue.hold",
    title=_("A suggestion was held back: %(reason)s"),
    word=_("Held back"),
    stage="understand",
    labels={"reason": Contribution.HeldBecause},
    seen_by=_seen_by,
)
kinds.declare(
    "dialogue.release",
    title=_("A suggestion that was held back is shown again"),
    word=_("Suggestion"),
    stage="understand",
    words=_said,
)
kinds.declare(
    "dialogue.approval",
    title=_("A suggestion was looked at, and everybody can see it"),
    word=_("Suggestion"),
    stage="understand",
    words=_said,
)
kinds.declare(
    "dialogue.moderated",
    title=_("The conversation changed how it shows suggestions: %(how)s"),
    word=_("Conversation"),
    stage="understand",
    labels={"how": Conversation.Moderated},
)
#: These two stand in no story. They say nothing of what was said, where, when or by whom.
kinds.declare(
    "dialogue.concern",
    title=_("Something is held for care and waits for somebody to take it up"),
    word=_("Held for care"),
    stage="understand",
    seen_by=_seen_by_roles("safeguarding", "steward"),
)
kinds.declare(
    "dialogue.late_concern",
    title=_("Something that is held for care is late: nobody has taken it up in time"),
    word=_("Held for care"),
    stage="understand",
    seen_by=_seen_by_roles("safeguarding", "steward"),
)
kinds.declare(
    "dialogue.aside",
    title=_("Read and set aside, because no answer is needed (%(count)s): %(reason)s"),
    word=_("Set aside"),
    stage="understand",
    labels={"reason": SettingAside.Reason},
    words=lambda ids: SettingAside.objects.filter(pk__in=ids).exclude(words=None).values_list("pk", shown("words")),
)
kinds.declare(
    "dialogue.taking_up",
    title=_("A suggestion that was set aside waits for an answer again"),
    word=_("Suggestion"),
    stage="understand",
)
kinds.declare(
    "dialogue.closing",
    title=_("The conversation closed: %(conversation)s"),
    word=_("Conversation"),
    stage="understand",
)
