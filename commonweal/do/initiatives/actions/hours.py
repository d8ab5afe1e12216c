"""Verbs about time given: tell it, and have somebody else confirm it."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.audit.models import Words
from commonweal.foundations.ledger import actions as ledger
from commonweal.foundations.ledger.models import Account, Unit
from commonweal.foundations.organisations.models import Organisation
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.once import once
from commonweal.foundations.verbs.refusals import NotYours, Refusal
from commonweal.methods.quantities import Minutes

from .. import rules
from ..models import FundContribution, GivenHours, PooledFund
from .funds import GAVE, locked, outside

A_DAY = Minutes(24 * 60)
LONGEST_AGO = timedelta(days=366)


class NotGivenYet(Refusal):
    plainly = _("That day has not come yet. Time counts when it has been given.")


class TooLongAgo(Refusal):
    plainly = _("That is more than a year ago. Time is written down while people remember it.")


class MoreThanADay(Refusal):
    plainly = _("One person cannot give more than 24 hours in one day. Write down each day by itself.")


class WhoGaveIt(Refusal):
    plainly = _("Say who gave the time: one person, or one group.")


class SomebodyElseConfirms(NotYours):
    plainly = _(
        "Somebody else has to confirm this: not who gave the time, nobody of the group that gave it, and not who wrote "
        "it down."
    )


class AlreadyConfirmed(Refusal):
    plainly = _("This time is already confirmed.")


class NoLongerWaits(Refusal):
    plainly = _("This time was taken back, or somebody said no to it. It does not count.")


@transaction.atomic
def give_hours(
    *,
    fund: PooledFund,
    giver: Person | Organisation,
    time: Minutes,
    given_on: date,
    what: str,
    by: Person,
    at: datetime,
    because: Step | None = None,
    id: UUID | None = None,
    language: str = "",
) -> GivenHours:
    """Write down time that a person or a group gave. It counts when somebody else has confirmed it.

    Args:
        id: made by whoever asks, so that the same hours sent twice are given once.
    """
    _can_be_so(giver, time, given_on, today=timezone.localdate(at))
    fund = locked(fund)
    given = GivenHours(
        id=id or uuid4(),
        fund=fund,
        giver=giver if isinstance(giver, Person) else None,
        group=giver if isinstance(giver, Organisation) else None,
        minutes=time.minutes,
        given_on=given_on,
        told_by=by,
        told_at=at,
        because=because or fund.step,
    )
    return once(
        lambda: _write_down(given, audit.keep_words(what, language=language)),
        before=GivenHours.objects.select_related("what"),
        sent_as=given.pk,
        column="pk",
        is_it=lambda before: (_told(before), before.what.text) == (_told(given), what),
    )


def _can_be_so(giver: Person | Organisation, time: Minutes, given_on: date, *, today: date) -> None:
    if given_on > today:
        raise NotGivenYet(given_on)
    if given_on < today - LONGEST_AGO:
        raise TooLongAgo(given_on)
    if isinstance(giver, Person) and time > A_DAY:
        raise MoreThanADay(time)


def _write_down(given: GivenHours, words: Words) -> GivenHours:
    given.what = words
    given.save(force_insert=True)
    facts = {"giver": str(_giver(given).ref), "minutes": given.minutes}
    by, at = given.told_by, given.told_at
    audit.enter(by=by, verb="initiatives.give_hours", subject=given, at=at, facts=facts, words=[words])
    return given


def _told(given: GivenHours) -> tuple[object, ...]:
    return given.fund_id, given.giver_id, given.group_id, given.minutes, given.given_on, given.told_by_id


@transaction.atomic
def confirm_hours(*, given: GivenHours, by: Person, at: datetime) -> GivenHours:
    """Say that the time was really given. Now it stands on the ledger, in minutes and never in pounds."""
    fund = locked(PooledFund(pk=given.fund_id))
    given = still_waiting(given)
    refuse_ones_own(given, by, on=timezone.localdate(at))
    given.from_promise = _out_of_promise(given)
    given.step = _record(given, fund, at)
    given.journal = ledger.post(
        id=uuid5(given.pk, "confirmed"),
        entries=_entries(given, fund, by=by, at=at),
        because=given.step,
        by=by,
        at=at,
    )
    given.confirmed_by, given.confirmed_at = by, at
    given.save(update_fields=["from_promise", "step", "journal", "confirmed_by", "confirmed_at"])
    audit.enter(by=by, verb="initiatives.confirm_hours", subject=given, at=at, facts={"minutes": given.minutes})
    return given


def still_waiting(given: GivenHours) -> GivenHours:
    """The time, held until this transaction ends, while nobody has said yes or no to it or taken it back."""
    given = (
        GivenHours.objects.select_for_update(of=("self",))
        .select_related("giver", "group", "because", "told_by")
        .get(pk=given.pk)
    )
    if given.is_confirmed:
        raise AlreadyConfirmed(given)
    if not given.waits:
        raise NoLongerWaits(given)
    return given


def refuse_ones_own(given: GivenHours, by: Person, *, on: date) -> None:
    if rules.gave_or_told(by, given) or rules.belongs_to_the_giver(by, given, on):
        raise SomebodyElseConfirms(by)


def _out_of_promise(given: GivenHours) -> int:
    """How much of this time the group had promised before and not given yet."""
    if given.group is None:
        return 0
    promises = FundContribution.objects.filter(fund=given.fund_id, organisation=given.group, unit=Unit.MINUTES)
    kept_ones = GivenHours.objects.filter(fund=given.fund_id, group=given.group)
    promised = promises.aggregate(sum=Sum("count"))["sum"] or 0
    kept = kept_ones.aggregate(sum=Sum("from_promise"))["sum"] or 0
    return min(given.minutes, promised - kept)


def _record(given: GivenHours, fund: PooledFund, at: datetime) -> Step:
    """A person's name is not written on the wall: only a group is named."""
    params = {"time": given.time, "initiative": fund.initiative}
    if given.group is not None:
        params |= {"organisation": given.group}
    return thread.record(
        kind="initiatives.hours" if given.group is None else "initiatives.hours_of_group",
        subject=given,
        because=given.because,
        at=at,
        params=params,
    )


def _entries(given: GivenHours, fund: PooledFund, *, by: Person, at: datetime) -> list[tuple[Account, Minutes]]:
    beyond = given.minutes - given.from_promise
    entries = [(fund.hours_worked, given.time)]
    if given.from_promise:
        entries.append((fund.hours, Minutes(-given.from_promise)))
    if beyond:
        entries.append((outside(_giver(given), Unit.MINUTES, GAVE, by=by, at=at), Minutes(-beyond)))
    return entries


def _giver(given: GivenHours) -> Person | Organisation:
    giver = given.group or given.giver
    if giver is None:
        raise WhoGaveIt(given)
    return giver
