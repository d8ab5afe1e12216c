"""What was learned and pledged, what was decided, and what is happening since."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.foundations.look.templatetags.look import day
from commonweal.foundations.publishing.documents import Block, Heading, Line, Listed, Table, Told, says

from .. import queries
from ..counts import about, number
from ..models import Conversation, Pledge
from .wording import quoted

#: So much is told of each; the rest stands on pages of its own.
PLEDGES_SHOWN, STEPS_SHOWN = 30, 40


def section(conversation: Conversation, changes: list[queries.Change], at: datetime) -> list[Block]:
    blocks = [*_changes(changes), *_insights(conversation), *_pledges(conversation), *_ticks(conversation, at)]
    return [Heading(_("What was learned")), *(blocks or [says(_("Nobody has said yet what they learned."))])]


def what_came_of_it(conversation: Conversation) -> list[Block]:
    steps, more = queries.came_of(conversation, most=STEPS_SHOWN)
    heading = Heading(_("What was decided, and what is happening since"))
    if not steps:
        return [heading, says(_("Nothing is recorded yet. When something comes of it, it will stand here."))]
    items: tuple[Line, ...] = tuple((f"{day(step.at)}: ", Told(step.uuid)) for step in steps)
    blocks: list[Block] = [heading, Listed(items)]
    if more:
        told = ngettext("%(count)s more step in the whole story.", "%(count)s more steps in the whole story.", more)
        blocks.append(says(told % {"count": number(more)}))
    return blocks


def _changes(changes: list[queries.Change]) -> list[Block]:
    blocks: list[Block] = []
    for each in changes:
        if not each.is_known:
            continue
        rows: tuple[tuple[Line, ...], ...] = tuple(
            ((label,), (before,), (after,)) for label, before, after in each.rows
        )
        told = _("About %(count)s people answered before and after. These are the same people.")
        blocks += [
            Table(str(each.question), (_("Answer"), _("Before"), _("After")), rows),
            says(told % {"count": number(each.people)}),
        ]
    return blocks


def _insights(conversation: Conversation) -> list[Block]:
    items: tuple[Line, ...] = tuple(
        (f"{each.organisation.name}, {day(each.at)}: ", quoted(each.words_id))
        for each in queries.insights_of(conversation)
    )
    return [Heading(_("What organisations say that they learned"), 3), Listed(items)] if items else []


def _pledges(conversation: Conversation) -> list[Block]:
    """By name only where a body pledged it: a name in a paper could not be taken back."""
    made = list(queries.pledges_of(conversation))
    if not made:
        return []
    done = sum(each.state == Pledge.State.DONE for each in made)
    told = _("Pledges: %(count)s, of which %(done)s are done, as those say who made them.")
    items: tuple[Line, ...] = tuple(
        (f"{_whose(each)} {_until(each)}: ", quoted(each.words_id)) for each in made[:PLEDGES_SHOWN]
    )
    return [
        Heading(_("What people will do themselves"), 3),
        says(told % {"count": number(len(made)), "done": number(done)}),
        Listed(items),
    ]


def _whose(pledge: Pledge) -> str:
    return pledge.organisation.name if pledge.organisation is not None else _("A resident")


def _until(pledge: Pledge) -> str:
    return _("(by %(day)s; %(state)s)") % {"day": day(pledge.by_on), "state": pledge.get_state_display()}


def _ticks(conversation: Conversation, at: datetime) -> list[Block]:
    """Equality monitoring, where enough people answered."""
    known = [each for each in queries.ticks_of(conversation, at) if each.counts]
    if not known:
        return []
    tables = [
        Table(each.question, (_("Answer"), _("About how many people")), tuple(
            ((answer,), (about(count),)) for answer, count in each.counts
        ))
        for each in known
    ]  # fmt: skip
    told = _("These answers were given apart from votes and words, and nobody can connect them.")
    return [Heading(_("Who answered questions about themselves"), 3), says(told), *tables]
