"""Split a theme that says two things, merge themes that say the same. No suggestion is lost, no date comes later.

The themes that were reshaped stay as they were, with all their gatherings; new ones take over from them, and the answer
that they promise is due by the earliest date that was promised before (`decisions.replace`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.decisions import actions as decisions
from commonweal.foundations.decisions.actions import Part
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.once import once
from commonweal.foundations.verbs.refusals import Refusal

from ..models import Begun, Contribution, Ended, Gathered, Gathering, Reshaping, Theme
from ..wording import clean
from .themes import AnsweredAlready


class NothingLeft(Refusal):
    plainly = _("Tick some of the suggestions, and leave at least one in the theme.")


class NotInTheTheme(Refusal):
    plainly = _("Somebody else has changed this theme. Look again and tick what is left.")


class OneThemeAlone(Refusal):
    plainly = _("Tick at least two themes to merge.")


class ReshapedAlready(Refusal):
    plainly = _("One of these themes was split or merged already. Look again.")


#: A theme that begins, and what is in it.
_Portion = tuple[Theme, list[Contribution]]


@transaction.atomic
def split(
    *,
    theme: Theme,
    contributions: Sequence[Contribution],
    title: str,
    by: Person,
    at: datetime,
    sent_as: UUID | None = None,
) -> Reshaping:
    """Let some suggestions of a theme go on under a title of their own. The others keep the old one."""
    named = clean(title, longest=160)
    out = {each.pk for each in contributions}

    def make() -> Reshaping:
        (old,) = _locked([theme])
        inside = _inside([old])
        if not out <= {each.pk for each in inside}:
            raise NotInTheTheme(old)
        rest = [each for each in inside if each.pk not in out]
        if not out or not rest:
            raise NothingLeft(old)
        gone = [each for each in inside if each.pk in out]
        portions = [(Theme(title=old.title), rest), (Theme(title=named), gone)]
        return _reshape(Reshaping.Kind.SPLIT, [old], portions, by, at, sent_as)

    return _once(make, sent_as, lambda made: _is_the_split(made, theme, named, out, by))


@transaction.atomic
def merge(*, themes: Sequence[Theme], title: str, by: Person, at: datetime, sent_as: UUID | None = None) -> Reshaping:
    """Put themes together that say the same. A suggestion that was in two of them is in the new one once."""
    named = clean(title, longest=160)
    if len({each.pk for each in themes}) < 2:
        raise OneThemeAlone()

    def make() -> Reshaping:
        old = _locked(themes)
        return _reshape(Reshaping.Kind.MERGE, old, [(Theme(title=named), _inside(old))], by, at, sent_as)

    return _once(make, sent_as, lambda made: _is_the_merge(made, themes, named, by))


def _once(make: Any, sent_as: UUID | None, is_it: Any) -> Reshaping:
    return once(make, before=Reshaping.objects.all(), sent_as=sent_as, is_it=is_it)


def _is_the_split(made: Reshaping, theme: Theme, title: str, out: set[UUID], by: Person) -> bool:
    begun = [each.theme for each in made.begun.select_related("theme").order_by("id")]
    went = set(Gathered.objects.filter(theme=begun[-1]).values_list("contribution", flat=True))
    ended = set(made.ended.values_list("theme", flat=True))
    return (made.kind, made.by_id, ended, begun[-1].title, went) == ("split", by.pk, {theme.pk}, title, out)


def _is_the_merge(made: Reshaping, themes: Sequence[Theme], title: str, by: Person) -> bool:
    ended = set(made.ended.values_list("theme", flat=True))
    begun = made.begun.select_related("theme").order_by("id")[0].theme
    return (made.kind, made.by_id, ended, begun.title) == ("merge", by.pk, {each.pk for each in themes}, title)


def _locked(themes: Sequence[Theme]) -> list[Theme]:
    """In a fixed order, so that two who reshape at the same moment queue and do not block one another."""
    asked = {each.pk for each in themes}
    locked = Theme.objects.select_for_update(of=("self",)).select_related("owed", "step").filter(pk__in=asked)
    found = list(locked.order_by("pk"))
    if Ended.objects.filter(theme__in=found).exists():
        raise ReshapedAlready(themes)
    return found


def _inside(themes: Sequence[Theme]) -> list[Contribution]:
    """All that is in the themes, also what was held back since it was gathered: it is owed its answer like the rest."""
    inside = Contribution.objects.filter(gathered__theme__in=themes).select_related("step").distinct()
    return list(inside.order_by("step_id"))


def _reshape(
    kind: str, old: Sequence[Theme], portions: Sequence[_Portion], by: Person, at: datetime, sent_as: UUID | None
) -> Reshaping:
    """Each theme that begins has a step of its own; the act is known by that of the last, which has the new title."""
    act = Reshaping(kind=kind, by=by, at=at, sent_as=sent_as)
    for theme, inside in portions:
        theme.step = act.step = _step(kind, theme, len(inside), old, at)
    act.save(force_insert=True)
    _promise_anew(old, portions, act)
    for theme, inside in portions:
        theme.save(force_insert=True)
        _keep(theme, inside, act)
    Ended.objects.bulk_create([Ended(reshaping=act, theme=theme) for theme in old])
    facts = {"themes": len(old), "into": len(portions), "text": audit.fingerprint(portions[-1][0].title)}
    audit.enter(by=by, verb=f"dialogue.{kind}", subject=act, at=at, facts=facts)
    return act


def _step(kind: str, theme: Theme, count: int, old: Sequence[Theme], at: datetime) -> Step:
    return thread.record(
        kind=f"dialogue.{kind}",
        subject=theme,
        because=[each.step for each in old],
        at=at,
        params={"theme": theme, "count": count},
    )


def _promise_anew(old: Sequence[Theme], portions: Sequence[_Portion], act: Reshaping) -> None:
    parts = [Part(theme, theme.title, [each.ref for each in inside], theme.step) for theme, inside in portions]
    try:
        promised = decisions.replace(owed=[theme.owed for theme in old], parts=parts, by=act.by, at=act.at)
    except decisions.AnsweredAlready as published:
        raise AnsweredAlready(old) from published
    except decisions.ReplacedAlready as gone:
        raise ReshapedAlready(old) from gone
    for (theme, _contributions), owed in zip(portions, promised, strict=True):
        theme.owed = owed


def _keep(theme: Theme, inside: Sequence[Contribution], act: Reshaping) -> None:
    gathering = Gathering.objects.create(theme=theme, by=act.by, at=act.at, step=theme.step)
    Gathered.objects.bulk_create(
        [Gathered(theme=theme, contribution=each, gathering=gathering) for each in inside], batch_size=500
    )
    Begun.objects.create(reshaping=act, theme=theme)
