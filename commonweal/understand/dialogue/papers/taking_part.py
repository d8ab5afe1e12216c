"""Who took part, by which way, and who did not."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.foundations.places import queries as places
from commonweal.foundations.publishing.documents import Block, Heading, Line, Table, says
from commonweal.methods.disclosure import protect

from .. import queries
from ..counts import about, in_a_hundred, number
from ..models import AgeBand, Contribution

#: With fewer people who told their age or ward, a table of them says nothing.
FEWEST_TOLD = 10
#: Of wards, so many have a line; the rest are told in one.
AREAS_SHOWN = 30


def section(said: queries.Said, voted: queries.Voted) -> list[Block]:
    return [Heading(_("Who took part")), *_spoke(said), *_votes(voted), *_ages(voted), *_areas(voted)]


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


def _ages(voted: queries.Voted) -> list[Block]:
    """Beside the population, so that it shows who is missing."""
    if not voted.votes:
        return []
    if voted.told_age < FEWEST_TOLD:
        return [says(_("Which ages took part cannot be known: fewer than %(fewest)s people said how old they are.")
                     % {"fewest": FEWEST_TOLD})]  # fmt: skip
    shown = protect([voted.ages.get(band, 0) for band in AgeBand])
    lived = {band: places.population(None, ages=band.ages) for band in AgeBand}
    everybody = sum(each.persons for each in lived.values() if each is not None)
    is_known = all(each is not None for each in lived.values()) and everybody > 0
    rows = []
    for band, count in zip(AgeBand, shown.counts, strict=True):
        of_place = lived[band]
        share = in_a_hundred(of_place.persons / everybody) if is_known and of_place else _("cannot be known")
        of_those = "–" if count is None else in_a_hundred(count / max(shown.total, 1))
        rows.append(((str(band.label),), (about(count),), (of_those,), (share,)))
    columns = (_("Age"), _("People who voted"), _("Of those who told us"), _("Of everybody here"))
    return [Table(_("Ages of those who told us"), columns, tuple(rows)), says(_rounded())]


def _areas(voted: queries.Voted) -> list[Block]:
    if voted.told_area < FEWEST_TOLD:
        return []
    listed = sorted(voted.areas.items(), key=lambda each: (-each[1], each[0]))
    shown = protect([count for _area, count in listed])
    rows = [((area,), (about(count),)) for (area, _true), count in zip(listed, shown.counts, strict=True)][:AREAS_SHOWN]
    return [Table(_("Where those live who told us"), (_("Area"), _("People who voted")), tuple(rows))]


def _rounded() -> str:
    return _("Numbers of people are rounded to 5, and small ones are hidden, so that nobody can be told from them.")
