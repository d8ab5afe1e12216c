"""What became of what a person said, in few words: for lists. The whole story is on each one's own page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from commonweal.foundations.decisions.models import Answer
from commonweal.foundations.look.templatetags.look import day
from commonweal.foundations.people.models import Person

from ..models import Contribution, Theme
from .contributions import contributions_of
from .themes import answers_of, live


@dataclass(frozen=True)
class SaidLine:
    """One thing that a person said, and how it stands."""

    contribution: Contribution
    state: str
    #: Its author still waits to hear.
    is_waiting: bool = False
    is_late: bool = False


def said_by(person: Person) -> QuerySet[Contribution]:
    """All that a person said, newest first, with what is needed to say how each stands."""
    own = contributions_of(person).select_related("words", "conversation", "aside")
    return own.prefetch_related(Prefetch("themes", live().select_related("owed").order_by("step_id")))


def lines_of(said: Iterable[Contribution], *, on: date) -> list[SaidLine]:
    """How each of them stands on that day."""
    listed = list(said)
    answers = answers_of([theme for each in listed for theme in each.themes.all()])
    return [_line(each, {theme: answers.get(theme.pk) for theme in each.themes.all()}, on) for each in listed]


def _line(said: Contribution, themes: dict[Theme, Answer | None], on: date) -> SaidLine:
    answered = [theme for theme in themes if theme.owed.answered_at is not None]
    due = [theme for theme in themes if theme.owed.answered_at is None]
    if said.is_in_care:  # nothing that somebody who looks over a shoulder could tell from any other
        return SaidLine(said, _("We have kept it."))
    if said.waits_to_be_looked_at or said.held_because == Contribution.HeldBecause.AGAIN:
        return SaidLine(said, str(said.get_held_because_display()))
    if said.is_held:
        return SaidLine(said, _("Held back: %(reason)s") % {"reason": said.get_held_because_display()})
    if answered:
        return SaidLine(said, _answered(themes[answered[-1]]))
    if due:
        return _owed(said, min(theme.owed.due_on for theme in due), on)
    if said.aside is not None:
        return SaidLine(
            said, _("We read it. It needs no answer: %(reason)s") % {"reason": said.aside.get_reason_display()}
        )
    return SaidLine(
        said, _("We have kept it. It gets a date for its answer when somebody has read it."), is_waiting=True
    )


def _answered(answer: Answer | None) -> str:
    if answer is None:
        return _("Answered, but the answer is not public")
    return _("Answered: %(answer)s") % {"answer": answer.get_reason_code_display()}


def _owed(said: Contribution, due_on: date, on: date) -> SaidLine:
    is_late = due_on < on
    told = _("The answer was due by %(day)s, and is late") if is_late else _("An answer is due by %(day)s")
    return SaidLine(said, told % {"day": day(due_on)}, is_waiting=True, is_late=is_late)
