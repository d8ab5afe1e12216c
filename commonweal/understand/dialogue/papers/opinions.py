"""What unites people, and what divides them, as far as their votes can say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commonweal.foundations.publishing.documents import Block, Heading, Line, Table, says

from .. import queries
from ..counts import in_a_hundred, number
from ..mapmaking import Telling, Told
from ..models import Choice, Conversation
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


def section(conversation: Conversation) -> list[Block]:
    """As the kept map tells it: it waits until enough people have voted, so that nobody can see one of them move."""
    kept = queries.map_of(conversation)
    if kept is None:
        return []
    told: Told = kept.told
    tellings = [*told["uniting"], *told["dividing"]]
    words = queries.words_of_statements(conversation, {each["statement"] for each in tellings})
    return [
        Heading(_("What unites and what divides")),
        *_groups(told),
        *_table(_("What unites people"), told["uniting"], told, words),
        *_table(_("What divides them"), told["dividing"], told, words),
        *(says(str(NOTES[code])) for code in told["notes"] if code in NOTES),
    ]


def _groups(told: Told) -> list[Block]:
    groups = told["groups"]
    if not groups:
        return []
    sizes = ", ".join(f"{group['name']}: {number(group['size'])}" for group in groups)
    sentence = ngettext(
        "People fall into %(count)s group who vote alike (%(sizes)s).",
        "People fall into %(count)s groups who vote alike (%(sizes)s).",
        len(groups),
    )
    return [says(sentence % {"count": len(groups), "sizes": sizes})]


def _table(caption: str, tellings: Sequence[Telling], told: Told, words: Mapping[int, UUID]) -> list[Block]:
    names = [group["name"] for group in told["groups"]] or [_("Everybody")]
    rows: list[tuple[Line, ...]] = [
        (
            (quoted(words[each["statement"]]),),
            (_("agree") if each["choice"] == Choice.AGREE else _("disagree"),),
            *((in_a_hundred(share),) for share in each["shares"]),
        )
        for each in tellings
        if each["statement"] in words
    ]
    return [Table(caption, (_("Statement"), _("Most say"), *names), tuple(rows))] if rows else []
