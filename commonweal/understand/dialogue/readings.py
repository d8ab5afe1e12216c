"""A kept map as pages show it: the same in the reader's language, without words that are held back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.look import charts
from commonweal.methods import opinion

from . import mapmaking
from .mapmaking import Group, Telling, Told
from .models import OpinionMap, Statement
from .queries import OwnPlace, Voices

#: How sure we are of a group, from so high a stability on.
SURE, QUITE_SURE = 0.85, 0.75

NOTES = {
    "too_few_people": _(
        "Fewer than %(people)d people have voted on %(votes)d statements or more. So there is no map: single people "
        "could be told from it."
    ),
    "everybody_alike": _("Everybody who voted enough stands on nearly the same spot. So there are no groups."),
    "people_far_out": _(
        "A few people stand far from everybody else. They are not a group of their own, and we looked for the groups "
        "without them."
    ),
    "groups_do_not_hold": _(
        "We found no groups that would come out again from other people or other statements. So we show none."
    ),
}
ALWAYS = (
    _("People chose to take part. The sizes of the groups say nothing about their sizes in the whole place."),
    _("A statement that few people saw is known less well than its share looks."),
    _("Only whoever voted on 7 statements or more stands in a group."),
)
RULES = {
    "copies": _(
        "copies: seven or more from one network, or begun within ten minutes, voted alike on seven or more statements, "
        "and chance would make so many copies less than once in a million times"
    ),
    "pace": _(
        "pace: seven or more from one network, or begun within ten minutes, voted faster than people read, or like "
        "clockwork"
    ),
}
UNTRIED = {
    "moments": _("We do not know when each vote was cast, so the rules about time were not tried."),
    "networks": _("We do not know who came from one network, so the rules about networks were not tried."),
}


@dataclass(frozen=True)
class Said:
    """A statement and how each group, or everybody, voted on it."""

    statement: Statement
    agrees: bool
    shares: Sequence[tuple[str, int]]


@dataclass(frozen=True)
class GroupSaid:
    name: str
    size: int
    sure: str
    says: Sequence[Said]


@dataclass(frozen=True)
class Reading:
    """What a map says, to be read from the top: what unites, what divides, the groups, and how sure we are."""

    uniting: Sequence[Said]
    dividing: Sequence[Said]
    groups: Sequence[GroupSaid]
    notes: Sequence[str]

    @classmethod
    def of(cls, told: Told, statements: Mapping[int, Statement]) -> Reading:
        names = [group["name"] for group in told["groups"]]
        return cls(
            uniting=_said(told["uniting"], names, statements),
            dividing=_said(told["dividing"], names, statements),
            groups=[
                GroupSaid(
                    group["name"], group["size"], how_sure(group), _said(group["representative"], names, statements)
                )
                for group in told["groups"]
            ],
            notes=[_note(code) for code in told["notes"]],
        )


def _said(told: Sequence[Telling], names: Sequence[str], statements: Mapping[int, Statement]) -> list[Said]:
    return [
        Said(
            statements[each["statement"]],
            each["choice"] == opinion.AGREE,
            [(name, round(100 * share)) for name, share in zip(names or [""], each["shares"], strict=True)],
        )
        for each in told
        if each["statement"] in statements
    ]


def _note(code: str) -> str:
    return NOTES[code] % {"people": opinion.FEWEST_PEOPLE, "votes": opinion.FEWEST_VOTES}


def how_sure(group: Group) -> str:
    """Would this group come out again, in words."""
    stability = group["stability"]
    if stability is None:
        return gettext("not tried")
    if stability >= SURE:
        return gettext("Yes, nearly always")
    if stability >= QUITE_SURE:
        return gettext("Yes, mostly")
    return gettext("Perhaps: look at it with care")


def chart(kept: OpinionMap) -> SafeString:
    """Every person as a dot, in the shape and colour of their group."""
    told: Told = kept.told
    sizes = {group["name"]: group["size"] for group in told["groups"]}
    clouds = [
        charts.Cloud(name, [(x, y) for x, y in places], _people(sizes.get(name, len(places))))
        for name, places in told["points"].items()
    ]
    groups = "; ".join(f"{charts.cloud_name(cloud.name)}: {cloud.shown}" for cloud in clouds)
    said = gettext("Each dot is a person. People who voted alike stand near each other. The table says the same.")
    return charts.dots(gettext("Where people stand"), clouds, size=mapmaking.GRID, about=f"{said} {groups}.")


def _people(count: int) -> str:
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": f"{count:,}"}


def who_chart(voices: Voices, title: str, ident: str) -> SafeString:
    """How many in a hundred of the place, and of those who told us, for all whose place is known."""
    rows = [
        charts.Pair(row.name, row.of_place, row.of_told, ("", gettext("too few") if row.of_told is None else ""))
        for row in voices.rows
        if row.of_place is not None
    ]
    names = (gettext("in 100 of the place"), gettext("in 100 of those who told us"))
    return charts.pairs(title, rows, names=names, ident=ident)


@dataclass(frozen=True)
class Flagged:
    """How many look scripted, by which rule; never who."""

    people: int
    of: int
    rules: Sequence[tuple[int, str]]
    untried: Sequence[str]

    @classmethod
    def of_map(cls, kept: OpinionMap) -> Flagged:
        found = kept.flagged
        return cls(
            found["people"],
            found["of"],
            [(count, str(RULES[rule])) for rule, count in found["by_rule"].items()],
            [str(UNTRIED[each]) for each in found["untried"]],
        )


def standing_in_words(place: OwnPlace) -> list[str]:
    """Where somebody stands beside each group, the nearest first."""
    if place.standing is None or place.wanted:
        return []
    nearest = place.standing.beside[:2]
    lines = []
    if place.standing.is_between:
        said = gettext("You stand between %(one)s and %(other)s: about as near to one as to the other.")
        lines.append(said % {"one": _group(nearest[0].group), "other": _group(nearest[1].group)})
    elif nearest:
        lines.append(gettext("You stand nearest to %(group)s.") % {"group": _group(nearest[0].group)})
    for each in place.standing.beside:
        said = ngettext(
            "%(group)s: on %(same)d of the %(of)d statement where both chose a side, you chose as most of them did.",
            "%(group)s: on %(same)d of the %(of)d statements where both chose a side, you chose as most of them did.",
            each.of,
        )
        lines.append(said % {"group": _group(each.group), "same": each.same, "of": each.of})
    return lines


def _group(name: str) -> str:
    return gettext("Group %s") % name
