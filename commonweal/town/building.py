"""The whole town, built storey by storey, only by calling verbs.

place → cast → understand → plan → do → review
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.places import actions as places
from commonweal.foundations.places.actions import Band
from commonweal.foundations.places.models import Area, Place
from commonweal.foundations.verbs.refs import SYSTEM
from commonweal.foundations.verbs.refusals import Refusal

from . import cast as cast_of_the_town
from . import do, plan, review, understand
from .cast import Cast
from .do import Done
from .plan import Planned
from .review import Reviewed
from .story_year import StoryYear
from .understand import Understood

FACTS = Path(__file__).parent / "facts" / "barnet_areas.toml"


class AnotherPlaceIsHere(Refusal):
    plainly = _("This database holds a place already. The demonstration place wants a database of its own.")


@dataclass(frozen=True)
class Town:
    """Everything in the demonstration place that somebody may want to find: `town.payment`, `town.grace`."""

    place: Place
    cast: Cast
    understood: Understood
    planned: Planned
    done: Done
    reviewed: Reviewed

    def __getattr__(self, name: str) -> Any:
        for storey in (self.cast, self.understood, self.planned, self.done, self.reviewed):
            if name in {field.name for field in fields(storey)}:
                return getattr(storey, name)
        if name.endswith("_step"):
            return getattr(self, name.removesuffix("_step")).step
        raise AttributeError(name)


@transaction.atomic
def build(*, at: datetime) -> Town:
    """Tell the story of a year that ends at `at`, into an empty database; all of it or nothing."""
    if Place.objects.exists():
        raise AnotherPlaceIsHere
    year = StoryYear(at)
    place = _lay_out(year.day(0))
    cast = cast_of_the_town.assemble(at=year.day(1))
    understood = understand.tell(cast, year)
    planned = plan.tell(cast, year, understood)
    done = do.tell(cast, year, understood, planned)
    reviewed = review.tell(cast, year, planned, done)
    return Town(place=place, cast=cast, understood=understood, planned=planned, done=done, reviewed=reviewed)


def _lay_out(at: datetime) -> Place:
    """The borough of the published figures: outline, wards, population."""
    facts = tomllib.loads(FACTS.read_text())
    place = places.set_up_place(
        name="Barnet (demonstration)",
        name_cy="Barnet (arddangosiad)",
        gss_code=facts["place"]["gss_code"],
        outline=facts["place"]["outline"],
        attribution=facts["place"]["attribution"],
        is_demonstration=True,
        by=SYSTEM,
        at=at,
    )
    _count_people(facts["population"], facts["wards"], at)
    return place


def _count_people(borough: dict[str, Any], wards: dict[str, Any], at: datetime) -> None:
    """The population by age of the whole place, and of each ward, each with its source."""
    ages = [Band(first, None if last < 0 else last, persons) for first, last, persons in borough["bands"]]
    areas = [Band(0, None, ward["persons"], area=_add_ward(ward, wards["valid_from"], at)) for ward in wards["areas"]]
    for bands, of in ((ages, borough), (areas, wards)):
        places.record_population(bands=bands, year=of["year"], source=of["source"], by=SYSTEM, at=at)


def _add_ward(ward: dict[str, Any], valid_from: date, at: datetime) -> Area:
    return places.add_area(name=ward["name"], gss_code=ward["gss_code"], valid_from=valid_from, by=SYSTEM, at=at)
