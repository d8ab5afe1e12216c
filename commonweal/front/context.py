"""What every page's frame needs: the place, its colour, the stages, who is signed in, and how much waits for them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commonweal.foundations.look import colours
from commonweal.foundations.people.models import Person
from commonweal.foundations.places import queries as places
from commonweal.foundations.places.models import Place
from commonweal.foundations.verbs.clock import now

from . import day, navigation


@dataclass(frozen=True)
class Tab:
    """A stage in the navigation."""

    key: str
    name: str | Promise
    url: str
    is_current: bool


@dataclass(frozen=True)
class Frame:
    """Everything around a page. `look/page.html` knows these names."""

    name: str
    colour: str
    stylesheet: str
    is_demonstration: bool
    #: Where a visitor of the demonstration can be one of its people.
    cast_url: str
    stages: Sequence[Tab]
    person: Person | None
    #: How many tasks, counted when the header is drawn: a piece of a page, or a file, asks nobody.
    waiting: Callable[[], int]
    signed_in_as: str
    is_my_day: bool
    my_day_url: str
    sign_in_url: str
    sign_out_url: str
    language_url: str
    #: Each under its own name, whatever the language of the page.
    languages: Sequence[tuple[str, str]]
    leave_url: str
    footer: Sequence[tuple[str, str]]


def place(request: HttpRequest) -> dict[str, Any]:
    """Drawn only by a page that has a frame: a piece of a page, as htmx asks for, costs nothing here."""
    return {"frame": SimpleLazyObject(partial(_frame, request))}


def _frame(request: HttpRequest) -> Frame:
    person: Person | None = getattr(request, "person", None)
    here = places.place()
    colour = colours.readable(here.colour) if here else colours.DEFAULT
    my_day = reverse("front:my_day")
    return Frame(
        name=_name_of(here),
        colour=colour,
        stylesheet=f"{reverse('front:colours')}?{urlencode({'of': colour.lstrip('#')})}",
        is_demonstration=bool(here and here.is_demonstration),
        cast_url=_cast() if here and here.is_demonstration else "",
        stages=_tabs(request.path),
        person=person,
        waiting=partial(_count, person),
        signed_in_as=person.name or str(person) if person else "",
        is_my_day=request.path == my_day,
        my_day_url=my_day,
        sign_in_url=reverse("people:sign_in"),
        sign_out_url=reverse("people:sign_out"),
        language_url=reverse("front:language"),
        languages=settings.LANGUAGES,
        leave_url=reverse("front:leave"),
        footer=_footer(),
    )


def _count(person: Person | None) -> int:
    return day.waiting_count(person, now()) if person else 0


def _name_of(here: Place | None) -> str:
    if here is None:
        return _("Our place")
    return here.name_cy if here.name_cy and get_language() == "cy" else here.name


def _cast() -> str:
    try:
        return reverse("town:people")
    except NoReverseMatch:
        return ""


def _tabs(path: str) -> list[Tab]:
    current = navigation.stage_of(path)
    return [Tab(stage.key, stage.name, stage.page, stage.key == current) for stage in navigation.STAGES]


def _footer() -> list[tuple[str, str]]:
    return [
        (_("What became of what you said?"), reverse("notices:receipt")),
        (_("Accessibility"), reverse("front:accessibility")),
        (_("Privacy"), reverse("front:privacy")),
        (_("Data and API"), reverse("front:api")),
        (_("Nobody can change the past here unseen"), reverse("audit:heads")),
    ]
