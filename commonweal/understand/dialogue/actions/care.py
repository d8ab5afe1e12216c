"""Hold for care what may tell of harm, take it up, pass it on, or find no concern.

The clock starts in the transaction that keeps the words. Whoever holds the safeguarding role is told at once, without
any word of it; where nobody took it up in time, they and the stewards are told again. No message goes to the author:
somebody else may read their mail.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.notices import actions as notices
from commonweal.foundations.people import queries as people
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Audience
from commonweal.foundations.verbs.refs import SYSTEM, Ref
from commonweal.foundations.verbs.refusals import Refusal

from .. import local
from ..models import CareAct, Concern, Contribution
from ..wording import clean

_Did, _State = CareAct.Did, Concern.State
LONGEST_BODY = 200


class SettledAlready(Refusal):
    plainly = _("Somebody has settled this already. Look at it again.")


class NotTakenUp(Refusal):
    plainly = _("Take it up first, so that others know that somebody is seeing to it.")


class StaysPrivate(Refusal):
    plainly = _("Whoever said it asks that nobody else reads it. It cannot go back into the conversation.")


class NotHeldForCare(Refusal):
    plainly = _("This is not held any more.")


def begin(contribution: Contribution, *, found_by: str, by: Person | None, at: datetime) -> Concern:
    """Start the clock and tell who looks after people, in the transaction that keeps the contribution as held."""
    hours = local.latest("care_hours", timezone.localdate(at))
    due_at = at + timedelta(hours=hours)
    concern = Concern.objects.create(contribution=contribution, found_by=found_by, opened_at=at, due_at=due_at)
    audit.enter(by=by or SYSTEM, verb="dialogue.hold_for_care", subject=_sealed(concern), at=at)
    on = timezone.localdate(at)
    _tell(concern, "dialogue.concern", concern.ref, list(people.holders("safeguarding", on=on)), at)
    return concern


@transaction.atomic
def note_reading(*, concern: Concern, by: Person, at: datetime) -> None:
    """Somebody opened the words. Each reading is written down."""
    CareAct.objects.create(concern=concern, by=by, at=at, did=_Did.READ)
    audit.enter(by=by, verb="dialogue.read_concern", subject=_sealed(concern), at=at)


@transaction.atomic
def take_up_concern(*, concern: Concern, by: Person, at: datetime) -> Concern:
    """Say that one is seeing to it: the clock is met. Somebody else may take it over."""
    concern = _locked(concern)
    if concern.taken_up_by == by:
        return concern
    concern.state, concern.taken_up_by = _State.TAKEN_UP, by
    return _act(concern, _Did.TAKEN_UP, by, at)


@transaction.atomic
def refer(*, concern: Concern, to: str, by: Person, at: datetime) -> Concern:
    """Pass it on to a body that can help. The words stay private."""
    concern = _locked(concern)
    if concern.state != _State.TAKEN_UP:
        raise NotTakenUp(concern)
    concern.state = _State.REFERRED
    return _act(concern, _Did.REFERRED, by, at, body=clean(to, longest=LONGEST_BODY))


@transaction.atomic
def find_no_concern(*, concern: Concern, goes_back: bool, by: Person, at: datetime) -> tuple[Concern, Contribution]:
    """Nothing to worry about: back into the conversation, or kept private all the same.

    The caller shows what goes back (see `holding.give_back`).
    """
    concern = _locked(concern)
    if concern.state != _State.TAKEN_UP:
        raise NotTakenUp(concern)
    if goes_back and concern.stays_private:
        raise StaysPrivate(concern)
    concern.state = _State.BACK if goes_back else _State.KEPT
    return _act(concern, _Did.BACK if goes_back else _Did.KEPT, by, at), concern.contribution


@transaction.atomic
def keep_private(*, contribution: Contribution, by: Person, at: datetime) -> None:
    """Its author asks that nobody but who looks after people ever reads it."""
    concern = Concern.objects.select_for_update().filter(contribution=contribution, state__in=Concern.OPEN).first()
    if concern is None:
        raise NotHeldForCare(contribution)
    if not concern.stays_private:
        concern.stays_private = True
        concern.save(update_fields=["stays_private"])
        audit.enter(by=by, verb="dialogue.keep_private", subject=_sealed(concern), at=at)


@transaction.atomic
def tell_of_late_ones(*, at: datetime) -> int:
    """Tell everybody of the role, and the stewards, of each that nobody took up in time. Once each, without words."""
    late = Concern.objects.select_for_update(skip_locked=True)
    found = list(late.filter(state=_State.WAITING, due_at__lte=at, late_told_at=None).order_by("due_at"))
    on = timezone.localdate(at)
    for concern in found:
        concern.late_told_at = at
        concern.save(update_fields=["late_told_at"])
        everyone = [*people.holders("safeguarding", on=on), *people.holders("steward", on=on)]
        _tell(concern, "dialogue.late_concern", Ref("dialogue", "late_concern", concern.pk), everyone, at)
        audit.enter(by=SYSTEM, verb="dialogue.tell_of_late_concern", subject=_sealed(concern), at=at)
    return len(found)


def _locked(concern: Concern) -> Concern:
    locked = Concern.objects.select_for_update(of=("self",)).select_related("contribution").get(pk=concern.pk)
    if not locked.is_open:
        raise SettledAlready(locked)
    return locked


def _act(concern: Concern, did: str, by: Person, at: datetime, body: str = "") -> Concern:
    concern.save(update_fields=["state", "taken_up_by"])
    words = audit.keep_words(body) if body else None
    CareAct.objects.create(concern=concern, by=by, at=at, did=did, words=words)
    audit.enter(by=by, verb=f"dialogue.care_{did}", subject=_sealed(concern), at=at, words=[words] if words else [])
    return concern


def _tell(concern: Concern, kind: str, subject: Ref, everyone: list[Person], at: datetime) -> None:
    """By a step that stands in no story: nothing shows that anything was held."""
    everyone = everyone or list(people.holders("steward", on=timezone.localdate(at)))
    step = thread.record(kind=kind, subject=subject, because=None, at=at, audience=Audience.PLAN)
    for person in dict.fromkeys(everyone):
        notices.tell(person, about=step, at=at)


def _sealed(concern: Concern) -> Ref:
    """How the trail names it: without a page, since who reads the trail may not read this."""
    return Ref("dialogue", "held_for_care", concern.pk)
