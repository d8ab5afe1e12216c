"""The report of a conversation: what was asked, who spoke, what came of it, and what nobody can know."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.foundations.look.templatetags.look import day, moment
from commonweal.foundations.publishing.documents import Block, Document, Heading, says

from .. import queries
from ..models import Conversation
from . import answers, learned, opinions, taking_part
from .wording import quoted


def report(conversation: Conversation, *, at: datetime) -> Document:
    """As things stand at a moment."""
    said, voted = queries.said_in(conversation), queries.voted_in(conversation)
    missing = queries.who_is_missing(conversation, at)
    changes = queries.changes(conversation) if conversation.is_over(at) else []
    blocks: list[Block] = [
        says(_("As at %(at)s.") % {"at": moment(at)}),
        *_asked(conversation, at),
        *taking_part.section(said, voted, missing),
        *opinions.section(conversation),
        *answers.section(conversation, said, at),
        *learned.section(conversation, changes, at),
        *learned.what_came_of_it(conversation),
        *_not_known(missing, changes),
    ]
    return Document(_("Report: %(question)s") % {"question": conversation.question}, tuple(blocks))


def _asked(conversation: Conversation, at: datetime) -> list[Block]:
    blocks: list[Block] = [
        Heading(_("What was asked")),
        says(conversation.question),
        says(_("Why we asked:") + " ", quoted(conversation.why_id)),
    ]
    if conversation.promise_id is not None:
        blocks.append(says(_("What was promised:") + " ", quoted(conversation.promise_id)))
    if conversation.answer_within is not None:
        told = ngettext(
            "Every suggestion was promised an answer within %(count)s working day.",
            "Every suggestion was promised an answer within %(count)s working days.",
            conversation.answer_within,
        )
        blocks.append(says(told % {"count": conversation.answer_within}))
    if conversation.brought_in_from:
        blocks.append(says(_("It was held elsewhere and brought in here. Nobody here promised it an answer then.")))
    return [*blocks, says(_open_when(conversation, at))]


def _open_when(conversation: Conversation, at: datetime) -> str:
    days = {"first": day(conversation.opens_at), "last": day(conversation.last_day)}
    if conversation.is_over(at):
        return _("People could take part from %(first)s to %(last)s.") % days
    if conversation.last_day is not None:
        return _("People can take part from %(first)s to %(last)s. It is not over yet.") % days
    return _("People can take part since %(first)s. It has no last day.") % days


def _not_known(missing: queries.Missing, changes: list[queries.Change]) -> list[Block]:
    blocks: list[Block] = [
        Heading(_("What cannot be known")),
        says(_("What those think who did not take part. People came because they wanted to; their shares are not the "
               "shares of the whole place.")),
        says(_("Whether somebody took part twice, on two devices. Who votes is not asked for a name.")),
    ]  # fmt: skip
    if missing.by_age.silent:
        told = _("How old about %(silent)s of those are who voted: they did not say.")
        blocks.append(says(told % {"silent": f"{missing.by_age.silent:,}"}))
    if any(not each.is_known for each in changes):
        fewest = {"fewest": queries.FEWEST_BOTH}
        blocks.append(
            says(_("What changed for people: fewer than %(fewest)s answered a question before and after.") % fewest)
        )
    return blocks
