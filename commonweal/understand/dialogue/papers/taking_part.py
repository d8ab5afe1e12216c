"""Who took part, by which way, and who did not."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.foundations.publishing.documents import Block, Heading, Line, Table, says

from .. import queries
from ..counts import number
from ..models import Contribution
from ..queries.missing import FEWEST_TOLD

#: Of ages and areas so many have a line, and so many are said to be missing.
ROWS_SHOWN, MISSING_SHOWN = 40, 3


def section(said: queries.Said, voted: queries.Voted, missing: queries.Missing) -> list[Block]:
    blocks = [Heading(_("Who took part")), *_spoke(said), *_votes(voted)]
    if not voted.votes:
        return blocks
    if not missing.by_age.is_known and not missing.by_area.is_known:
        told = _(
            "Who is missing cannot be known: fewer than %(fewest)s people said how old they are or where they live."
        )
        return [*blocks, says(told % {"fewest": FEWEST_TOLD})]
    ages = _voices(_("Ages of those who told us"), missing.by_age)
    return [*blocks, *ages, *_voices(_("Where those live who told us"), missing.by_area), says(_rounded())]


def _spoke(said: queries.Said) -> list[Block]:
    if not said.shown:
        return [says(_("Nobody made a suggestion."))]
    told = ngettext(
        "%(count)s suggestion was made and is shown.", "%(count)s suggestions were made and are shown.", said.shown
    )
    rows: list[tuple[Line, ...]] = [
        ((str(channel.label),), (number(said.by_channel[channel]),))
        for channel in Contribution.Channel
        if said.by_channel.get(channel)
    ]
    return [
        says(told % {"count": number(said.shown)}),
        Table(_("How suggestions came"), (_("Way"), _("Suggestions")), tuple(rows)),
    ]


def _votes(voted: queries.Voted) -> list[Block]:
    if not voted.votes:
        return [says(_("Nobody has voted on statements here."))]
    people = ngettext("%(count)s person voted", "%(count)s people voted", voted.participants)
    statements = ngettext("on %(count)s statement", "on %(count)s statements", voted.statements)
    votes = ngettext("%(count)s vote in all", "%(count)s votes in all", voted.votes)
    told = {
        "people": people % {"count": number(voted.participants)},
        "statements": statements % {"count": number(voted.statements)},
        "votes": votes % {"count": number(voted.votes)},
    }
    return [says(_("%(people)s %(statements)s: %(votes)s.") % told)]


def _voices(caption: str, voices: queries.Voices) -> list[Block]:
    """Beside the population, so that it shows who is missing."""
    if not voices.is_known:
        return []
    rows: list[tuple[Line, ...]] = [
        ((voice.name,), (_few() if voice.of_told is None else _percent(voice.of_told),), (_of_place(voice),))
        for voice in voices.rows[:ROWS_SHOWN]
    ]
    columns = (_("Who"), _("Of those who told us"), _("Of everybody here"))
    missing: list[Block] = [says(voice.in_words) for voice in voices.missing[:MISSING_SHOWN]]
    return [Table(caption, columns, tuple(rows)), *missing]


def _few() -> str:
    return _("too few to tell")


def _percent(share: int) -> str:
    return f"{share}\u00a0%"


def _of_place(voice: queries.Voice) -> str:
    return _("cannot be known") if voice.of_place is None else _percent(voice.of_place)


def _rounded() -> str:
    return _("Numbers of people are rounded to 5, and small ones are hidden, so that nobody can be told from them.")
