"""Set suggestions aside that need no answer, and take one up again. Who said it is told why, in everyday words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.refusals import Refusal

from ..models import Contribution, Gathered, SetAside, SettingAside, TakingUp
from ..wording import clean
from .contributions import SentBefore

LONGEST_ASIDE = 500


class NothingToSetAside(Refusal):
    plainly = _("Tick at least one suggestion first.")


class DoesNotWait(Refusal):
    plainly = _("Somebody else has seen to one of these. Look again and tick what is left.")


class NotSetAside(Refusal):
    plainly = _("This suggestion is not set aside.")


class IsHeldBack(Refusal):
    plainly = _("This suggestion is held back. It cannot wait for an answer before it is shown again.")


@transaction.atomic
def set_aside(
    *,
    contributions: Sequence[Contribution],
    reason: str,
    by: Person,
    at: datetime,
    because: Iterable[Step] | None = None,
    words: str = "",
    language: str = "",
    sent_as: UUID | None = None,
) -> SettingAside:
    """Say of suggestions that they need no answer, and why. Everybody can read the reason; who said them is told.

    Args:
        because: steps that caused it beside the suggestions themselves.
        words: what the convenor adds to the reason.
        sent_as: the form's own number: the same form sent again is kept once.
    """
    if not contributions:
        raise NothingToSetAside()
    added = clean(words, longest=LONGEST_ASIDE) if words.strip() else ""
    act = SettingAside(by=by, at=at, reason=SettingAside.Reason(reason), sent_as=sent_as)
    try:
        with transaction.atomic():
            act.words = audit.keep_words(added, language=language) if added else None
            return _keep(act, contributions, list(because or ()))
    except (IntegrityError, DoesNotWait):
        before = SettingAside.objects.select_related("words").filter(sent_as=sent_as).first() if sent_as else None
        if before is None:
            raise
        if not _is_the_same(before, contributions, (by.pk, reason, added)):
            raise SentBefore(before) from None
        return before


@transaction.atomic
def take_up(*, contribution: Contribution, by: Person, at: datetime, because: Step | None = None) -> Contribution:
    """Let a suggestion that was set aside wait for an answer again. That it was set aside stays in the record."""
    contribution = _locked().select_related("person", "aside__step").get(pk=contribution.pk)
    if contribution.aside is None:
        raise NotSetAside(contribution)
    if contribution.is_held:
        raise IsHeldBack(contribution)
    row = SetAside.objects.get(act=contribution.aside, contribution=contribution)
    step = thread.record(
        kind="dialogue.taking_up", subject=contribution, because=because or contribution.aside.step, at=at
    )
    TakingUp.objects.create(set_aside=row, by=by, at=at, step=step)
    contribution.aside = None
    contribution.save(update_fields=["aside"])
    audit.enter(by=by, verb="dialogue.take_up", subject=contribution, at=at)
    if contribution.person is not None and contribution.person != by:
        notices.tell(contribution.person, about=step, at=at, line=contribution.step)
    return contribution


def _keep(act: SettingAside, contributions: Sequence[Contribution], because: list[Step]) -> SettingAside:
    waiting = _waiting(contributions)
    act.step = thread.record(
        kind="dialogue.aside",
        subject=act,
        because=[*(each.step for each in waiting), *because],
        at=act.at,
        params={"reason": act.reason, "count": len(waiting)},
    )
    act.save(force_insert=True)
    SetAside.objects.bulk_create([SetAside(act=act, contribution=each) for each in waiting], batch_size=500)
    Contribution.objects.filter(pk__in=[each.pk for each in waiting]).update(aside=act)
    _enter(act, waiting)
    _tell(act, waiting)
    return act


def _is_the_same(before: SettingAside, contributions: Sequence[Contribution], said: tuple[UUID, str, str]) -> bool:
    """The same form: by the same person, for the same reason, with the same ticks."""
    words = before.words.text if before.words else ""
    ticked = set(before.set_aside.values_list("contribution", flat=True))
    return (before.by_id, before.reason, words) == said and ticked == {each.pk for each in contributions}


def _waiting(contributions: Sequence[Contribution]) -> list[Contribution]:
    """These suggestions, locked so that nobody puts them into a theme meanwhile. All of them wait, or none is taken."""
    asked = {each.pk for each in contributions}
    inside = Exists(Gathered.objects.filter(contribution=OuterRef("pk")))
    locked = list(_locked().select_related("person", "step").filter(pk__in=asked).order_by("step_id"))
    free = Contribution.objects.filter(~inside, pk__in=asked, held_at=None, aside=None).count()
    if free < len(asked):
        raise DoesNotWait()
    return locked


def _locked() -> QuerySet[Contribution]:
    return Contribution.objects.select_for_update(of=("self",))


def _enter(act: SettingAside, waiting: list[Contribution]) -> None:
    facts = {"suggestions": len(waiting), "reason": act.reason}
    sealed = [act.words] if act.words else []
    audit.enter(by=act.by, verb="dialogue.set_aside", subject=act, at=act.at, facts=facts, words=sealed)


def _tell(act: SettingAside, waiting: list[Contribution]) -> None:
    for each in waiting:
        if each.person is not None:
            notices.tell(each.person, about=act.step, at=act.at, line=each.step)
