"""Who takes part beside who lives here: whose voice is missing.

Only what people told of themselves is counted, each characteristic by itself and never two at once, through disclosure
control; and while a conversation is open only those who began before today, so that nobody who watches the page sees
who has just come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.places import queries as places
from commonweal.foundations.places.models import Area
from commonweal.methods.disclosure import HIDDEN_UP_TO, MIDDLE, protect

from ..models import AgeBand, Conversation, Participant

#: With fewer who told us nothing can be known.
FEWEST_TOLD = 20
#: A voice is missing where its share is so many in a hundred lower than in the place, and lower by a third.
POINTS_LOWER, TIMES_LOWER = 3, 2 / 3
#: And only where so many of them were to be expected among those who told us: else it may be chance.
FEWEST_EXPECTED = 8


_BOTH = _("%(who)s are %(place)d in 100 of the place and %(told)d in 100 of those who told us.")
_TOO_FEW = _("%(who)s are %(place)d in 100 of the place. Fewer than %(few)d of those who told us are among them.")
_PLACE_UNKNOWN = _("%(who)s are %(told)d in 100 of those who told us. How many live here we do not know.")
_NEITHER = _("Of %(who)s fewer than %(few)d told us. How many live here we do not know.")


@dataclass(frozen=True)
class Voice:
    """People of an age, or in an area.

    Attributes:
        name: short, for a chart.
        who: in a sentence.
        key: as an invitation names them.
        of_place: so many in a hundred of the place; None where it is not known.
        of_told: so many in a hundred of those who told us; None where they are too few to be counted.
        taken_for: the same where they are too few: the middle of what it can be.
    """

    name: str
    who: str
    key: str
    of_place: int | None
    of_told: int | None
    taken_for: int

    @property
    def is_missing(self) -> bool:
        return self.of_place is not None and self.gap >= max(POINTS_LOWER, self.of_place * (1 - TIMES_LOWER))

    @property
    def gap(self) -> int:
        """So many in a hundred are wanting, or too many where it is below nought."""
        return (self.of_place or 0) - (self.taken_for if self.of_told is None else self.of_told)

    @property
    def in_words(self) -> str:
        known = _BOTH if self.of_told is not None else _TOO_FEW
        unknown = _PLACE_UNKNOWN if self.of_told is not None else _NEITHER
        said = known if self.of_place is not None else unknown
        return said % {"who": self.who, "place": self.of_place, "told": self.of_told, "few": HIDDEN_UP_TO + 1}


@dataclass(frozen=True)
class Voices:
    """All ages, or all areas.

    Attributes:
        told: about so many told us.
        silent: about so many did not.
        source: who counted the place.
    """

    rows: Sequence[Voice]
    told: int
    silent: int
    source: str

    @property
    def is_known(self) -> bool:
        return self.told >= FEWEST_TOLD

    @property
    def unknown(self) -> list[Voice]:
        """Those who told us and of whom nobody knows how many live here: no chart shows them beside the place."""
        return [row for row in self.rows if row.of_place is None and row.of_told != 0]

    @property
    def missing(self) -> list[Voice]:
        """The widest gap first."""
        if not self.is_known:
            return []
        enough = 100 * FEWEST_EXPECTED
        found = [row for row in self.rows if row.is_missing and (row.of_place or 0) * self.told >= enough]
        return sorted(found, key=lambda row: -row.gap)


@dataclass(frozen=True)
class Missing:
    people: int
    by_age: Voices
    by_area: Voices


def who_is_missing(conversation: Conversation, at: datetime) -> Missing:
    inside = Participant.objects.filter(conversation=conversation)
    if conversation.is_open(at):
        inside = inside.filter(Q(began_on=None) | Q(began_on__lt=timezone.localdate(at)))
    ages, areas = Counter[str](), Counter[UUID]()
    for band, area, count in inside.values_list("age_band", "area").annotate(Count("pk")):
        ages[band] += count
        areas[area] += count
    people = ages.total()
    return Missing(people, _by_age(ages, people), _by_area(areas, people, timezone.localdate(at)))


def band_named(key: str) -> tuple[int, int | None] | None:
    """First and last age of a voice's key, as "65-79" or "80+"; None where it is none of our bands' borders."""
    firsts = {str(band.ages[0]): band.ages[0] for band in AgeBand}
    lasts = {str(band.ages[1]): band.ages[1] for band in AgeBand if band.ages[1] is not None}
    first, _dash, last = key.partition("-")
    if key.endswith("+") and key[:-1] in firsts:
        return firsts[key[:-1]], None
    return (firsts[first], lasts[last]) if first in firsts and last in lasts else None


def who_of_age(first: int, last: int | None) -> str:
    if last is None:
        return gettext("People of %(age)d or older") % {"age": first}
    if first == 0:
        return gettext("People under %(age)d") % {"age": last + 1}
    return gettext("People of %(low)d to %(high)d") % {"low": first, "high": last}


def _by_age(counts: Counter[str], people: int) -> Voices:
    known = places.Ages.of(None)
    everybody = known.count()
    bands = list(_bands(known))
    shown = protect([sum(counts[band] for band in some) for some, _persons in bands])
    rows = []
    for (some, persons), told in zip(bands, shown.counts, strict=True):
        first, last = some[0].ages[0], some[-1].ages[1]
        key = f"{first}+" if last is None else f"{first}-{last}"
        name = str(some[0].label) if len(some) == 1 else who_of_age(first, last)
        rows.append(_voice(name, who_of_age(first, last), key, persons, everybody, told, shown.total))
    return Voices(rows, shown.total, max(people - shown.total, 0), everybody.source if everybody else "")


def _bands(known: places.Ages) -> Iterator[tuple[list[AgeBand], places.Count | None]]:
    """Bands with how many live here; neighbours are put together where the place is counted in others than ours."""
    bands = list(AgeBand)
    while bands:
        for size in range(1, len(bands) + 1):
            persons = known.count(bands[0].ages[0], bands[size - 1].ages[1])
            if persons is not None:
                break
        else:
            size = 1
        yield bands[:size], persons
        bands = bands[size:]


def _by_area(counts: Counter[UUID], people: int, on: date) -> Voices:
    """Areas of one kind in force, beside the sum of them; and others of which somebody told us."""
    in_force = list(places.areas(on=on, kind=Area.Kind.WARD)) or list(places.areas(on=on))
    others = Area.objects.filter(pk__in=[pk for pk in counts if pk is not None]).exclude(
        pk__in=[a.pk for a in in_force]
    )
    persons = places.populations(in_force)
    everybody = places.Count(sum(count.persons for count in persons.values()), 0, "") if persons else None
    areas = [*in_force, *others.order_by("name", "pk")]
    shown = protect([counts[area.pk] for area in areas])
    rows = [
        _of_area(area, persons.get(area.pk), everybody, told, shown.total)
        for area, told in zip(areas, shown.counts, strict=True)
    ]
    source = next((count.source for count in persons.values()), "")
    return Voices(rows, shown.total, max(people - shown.total, 0), source)


def _of_area(
    area: Area, persons: places.Count | None, everybody: places.Count | None, told: int | None, total: int
) -> Voice:
    return _voice(
        str(area), gettext("People in %(area)s") % {"area": area}, str(area.pk), persons, everybody, told, total
    )


def _voice(
    name: str,
    who: str,
    key: str,
    persons: places.Count | None,
    everybody: places.Count | None,
    told: int | None,
    total: int,
) -> Voice:
    return Voice(
        name=name,
        who=who,
        key=key,
        of_place=None if persons is None or everybody is None else _in_100(persons.persons, everybody.persons),
        of_told=None if told is None else _in_100(told, total),
        taken_for=_in_100(MIDDLE, total),
    )


def _in_100(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0
