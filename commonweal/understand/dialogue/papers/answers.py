"""What was answered, by when, and why; what was set aside; what was held back."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.foundations.decisions.models import ReasonCode
from commonweal.foundations.look.templatetags.look import day
from commonweal.foundations.publishing.documents import Block, Heading, Line, Listed, Table, says
from commonweal.methods.disclosure import protect

from .. import queries
from ..counts import about, number
from ..models import Contribution, Conversation, SettingAside
from .wording import quoted

#: So many themes are told with their answer; of the rest the report says how many there are.
THEMES_SHOWN = 40


def section(conversation: Conversation, said: queries.Said, at: datetime) -> list[Block]:
    answered = queries.answered_in(conversation)
    return [
        Heading(_("What was answered")),
        *_promises(answered, at),
        *_reasons(answered),
        *_themes(answered, at),
        *_waiting(said),
        *_aside(said),
        *_held(said),
    ]


def _promises(answered: list[queries.Answered], at: datetime) -> list[Block]:
    if not answered:
        return [says(_("No suggestions have been put together for an answer yet."))]
    today = timezone.localdate(at)
    kept = sum(each.is_kept is True for each in answered)
    after = sum(each.is_kept is False for each in answered)
    late = sum(each.is_kept is None and each.theme.owed.due_on < today for each in answered)
    rows: tuple[tuple[Line, ...], ...] = (
        ((_("Answered by the date that was first promised"),), (number(kept),)),
        ((_("Answered, but later"),), (number(after),)),
        ((_("Not answered, and late"),), (number(late),)),
        ((_("Not answered, and still in time"),), (number(len(answered) - kept - after - late),)),
    )
    blocks: list[Block] = [Table(_("Promised answers"), (_("How it stands"), _("Answers")), rows)]
    if (days := queries.median_days(answered)) is not None:
        told = ngettext(
            "Half of the answers came within %(days)s day.", "Half of the answers came within %(days)s days.", days
        )
        blocks.append(says(told % {"days": days}))
    return blocks


def _reasons(answered: list[queries.Answered]) -> list[Block]:
    codes = Counter(each.answer.reason_code for each in answered if each.answer is not None)
    rows: tuple[tuple[Line, ...], ...] = tuple(
        ((str(code.label),), (number(codes[code]),)) for code in ReasonCode if codes[code]
    )
    return [Table(_("What the answers say"), (_("Answer"), _("Answers")), rows)] if rows else []


def _themes(answered: list[queries.Answered], at: datetime) -> list[Block]:
    blocks: list[Block] = []
    for each in answered[:THEMES_SHOWN]:
        blocks += [Heading(each.theme.title, 3), says(_how_it_stands(each, at))]
        if each.answer is not None:
            blocks.append(says(quoted(each.answer.words_id)))
    if (more := len(answered) - THEMES_SHOWN) > 0:
        told = ngettext(
            "%(count)s more theme stands on the page of the conversation.",
            "%(count)s more themes stand on the page of the conversation.",
            more,
        )
        blocks.append(says(told % {"count": number(more)}))
    return blocks


def _how_it_stands(each: queries.Answered, at: datetime) -> str:
    count = each.theme.suggestions  # type: ignore[attr-defined]
    said = ngettext("%(count)s suggestion.", "%(count)s suggestions.", count) % {"count": number(count)}
    return " ".join([said, _answer(each, at), *_more_time(each)])


def _answer(each: queries.Answered, at: datetime) -> str:
    owed = each.theme.owed
    if owed.answered_at is None:
        if owed.due_on < timezone.localdate(at):
            return _("An answer was due by %(day)s, and is late.") % {"day": day(owed.due_on)}
        return _("An answer is due by %(day)s.") % {"day": day(owed.due_on)}
    told = {
        "day": day(owed.answered_at),
        "what": each.answer.get_reason_code_display() if each.answer else _("the answer is not public"),
        "due": day(owed.first_due_on),
    }
    if each.is_kept:
        return _("Answered on %(day)s, in time: %(what)s.") % told
    return _("Answered on %(day)s; the first date was %(due)s: %(what)s.") % told


def _more_time(each: queries.Answered) -> list[str]:
    if not each.extensions:
        return []
    told = ngettext("More time was taken %(count)s time.", "More time was taken %(count)s times.", each.extensions)
    return [told % {"count": each.extensions}]


def _waiting(said: queries.Said) -> list[Block]:
    if not said.waiting:
        return []
    told = ngettext(
        "%(count)s suggestion is in no theme yet, and waits.",
        "%(count)s suggestions are in no theme yet, and wait.",
        said.waiting,
    )
    return [says(told % {"count": number(said.waiting)})]


def _aside(said: queries.Said) -> list[Block]:
    if not said.aside:
        return []
    items = tuple(
        (f"{reason.label}: {number(said.aside[reason])}",) for reason in SettingAside.Reason if said.aside.get(reason)
    )
    return [Heading(_("Set aside: read, and no answer is needed"), 3), Listed(items)]


def _held(said: queries.Said) -> list[Block]:
    """By disclosure control: a small count of one reason could point to a person. What is held for care is not told."""
    if not said.held:
        return []
    care = Contribution.HeldBecause.CARE
    reasons = [reason for reason in Contribution.HeldBecause if reason != care and said.held.get(reason)]
    if not reasons:
        return []
    shown = protect([said.held[reason] for reason in reasons])
    items = tuple((f"{reason.label}: {about(count)}",) for reason, count in zip(reasons, shown.counts, strict=True))
    return [
        Heading(_("Held back: kept from the public, for a reason that was told"), 3),
        Listed(items),
        says(_("Small numbers are not told exactly.")),
    ]
