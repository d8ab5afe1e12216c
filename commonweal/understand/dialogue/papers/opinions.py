"""What unites people, and what divides them, as far as their votes can say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commonweal.foundations.publishing.documents import Block, Heading, Line, Table, says
from commonweal.methods import opinion

from .. import queries
from ..counts import in_a_hundred, number
from ..models import Conversation
from .wording import quoted

#: What a reader has to know, by the method's own codes.
NOTES = {
    "too_few_people": gettext_lazy(
        "Too few people voted on enough statements to draw a map: single people could be told from it."
    ),
    "everybody_alike": gettext_lazy("Everybody who voted enough thinks nearly alike, so there are no groups."),
    "people_far_out": gettext_lazy("A few people think otherwise than everybody else. They are no group of their own."),
    "groups_do_not_hold": gettext_lazy(
        "No groups were found that would come out again from other people or other statements. None are told."
    ),
}


def section(conversation: Conversation, voted: queries.Voted, made: opinion.OpinionMap | None) -> list[Block]:
    if made is None:
        return []
    told = [*made.uniting, *made.dividing]
    words = queries.words_of_statements(conversation, {int(each.statement) for each in told})
    return [
        Heading(_("What unites and what divides")),
        *_groups(made),
        *_table(_("What unites people"), made.uniting, made, words),
        *_table(_("What divides them"), made.dividing, made, words),
        *(says(str(NOTES[code])) for code in made.notes if code in NOTES),
    ]


def _groups(made: opinion.OpinionMap) -> list[Block]:
    if not made.groups:
        return []
    sizes = ", ".join(f"{group.name}: {number(group.size)}" for group in made.groups)
    told = ngettext(
        "People fall into %(count)s group who vote alike (%(sizes)s).",
        "People fall into %(count)s groups who vote alike (%(sizes)s).",
        len(made.groups),
    )
    return [says(told % {"count": len(made.groups), "sizes": sizes})]


def _table(
    caption: str, told: Sequence[opinion.Telling], made: opinion.OpinionMap, words: Mapping[int, UUID]
) -> list[Block]:
    names = [group.name for group in made.groups] or [_("Everybody")]
    rows: list[tuple[Line, ...]] = [
        (
            (quoted(words[int(each.statement)]),),
            (_("agree") if each.choice == opinion.AGREE else _("disagree"),),
            *((in_a_hundred(share),) for share in each.shares),
        )
        for each in told
        if int(each.statement) in words
    ]
    return [Table(caption, (_("Statement"), _("Most say"), *names), tuple(rows))] if rows else []
