"""How a consultation was held: four principles, what speaks for each, and who read what before which decision.

It tells what is on record and what is missing. Whether that is enough is not for a page to say.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.foundations.look.templatetags.look import day, moment
from commonweal.foundations.publishing.documents import Block, Document, Heading, Line, Linked, Listed, Told, says

from .. import queries
from ..guidance import TimeToAnswer, last_with_a_number, time_to_answer
from ..models import Considered, Conversation, Evidence, Principle
from .wording import quoted

#: The judgments in which the principles stand.
SOURCES = (
    "R v Brent London Borough Council, ex parte Gunning (1985) 84 LGR 168",
    "R (Moseley) v Haringey London Borough Council [2014] UKSC 56",
)


def consultation(conversation: Conversation, *, at: datetime) -> Document:
    duty = queries.duty_of(conversation)
    evidence = list(queries.evidence_of(conversation))
    weighed = queries.weighed(conversation)
    blocks: list[Block] = [
        says(_("As at %(at)s.") % {"at": moment(at)}),
        says(_("Asked for by:") + " ", quoted(duty.words_id))
        if duty is not None
        else says(_("Nobody has said that a law or a promise asks for this consultation.")),
        *_missing(evidence, weighed),
    ]
    for principle in Principle:
        blocks += [
            Heading(str(principle.label)),
            says(principle.asks),
            *_time(conversation, principle, at),
            *_evidence([each for each in evidence if each.principle == principle]),
        ]
    blocks += [*_decisions(weighed), *_sources()]
    return Document(
        _("How this consultation was held: %(question)s") % {"question": conversation.question}, tuple(blocks)
    )


def _missing(evidence: list[Evidence], weighed: list[queries.Weighed]) -> list[Block]:
    """First of all: what a reader would look for and not find."""
    shown = {each.principle for each in evidence if each.taken_back_at is None}
    items: list[Line] = [
        (_("Nothing is put down for “%(principle)s”.") % {"principle": principle.label},)
        for principle in Principle
        if principle not in shown
    ]
    items += [
        (_("Nobody is written down as having read the report before this was decided: %(decision)s")
         % {"decision": each.decision.question},)
        for each in weighed
        if not each.read
    ]  # fmt: skip
    if not weighed:
        items.append((_("No decision that came of it is recorded yet."),))
    if not items:
        return [
            Heading(_("What is missing")),
            says(_("Something is put down for each of the four. Read it below: how much it shows is for you to say.")),
        ]
    return [Heading(_("What is missing")), Listed(tuple(items))]


def _evidence(kept: list[Evidence]) -> list[Block]:
    standing = tuple(_line(each) for each in kept if each.taken_back_at is None)
    taken_back = tuple(_taken_back(each) for each in kept if each.taken_back_at is not None)
    blocks: list[Block] = [Listed(standing)] if standing else [says(_("Missing: nothing is put down here."))]
    if taken_back:
        blocks += [says(_("Put down, and taken back:")), Listed(taken_back)]
    return blocks


def _line(each: Evidence) -> Line:
    line: Line = (quoted(each.words_id), " " + _put_down(each))
    if each.link:
        line = (*line, " ", Linked(each.link))
    return (*line, " ", Told(each.about.uuid)) if each.about is not None else line


def _put_down(each: Evidence) -> str:
    return _("(put down on %(day)s by %(who)s)") % {"day": day(each.at), "who": _office(each)}


def _office(each: Evidence) -> str:
    """Whoever holds a consultation acts in an office. Where the person is gone, the office is said."""
    return each.by.public_name or _("a convenor")


def _taken_back(each: Evidence) -> Line:
    because: Line = (quoted(each.taken_back_because_id),) if each.taken_back_because_id else ()
    return (*_line(each), " " + _("Taken back on %(day)s, because:") % {"day": day(each.taken_back_at)} + " ", *because)


def _time(conversation: Conversation, principle: Principle, at: datetime) -> list[Block]:
    if principle != Principle.TIME:
        return []
    weeks, days = queries.weeks_open(conversation, at)
    open_for = _("%(weeks)s and %(days)s") % {
        "weeks": ngettext("%(count)s week", "%(count)s weeks", weeks) % {"count": weeks},
        "days": ngettext("%(count)s day", "%(count)s days", days) % {"count": days},
    }
    told = _("People had %(time)s.") if conversation.is_over(at) else _("People have had %(time)s so far.")
    opened = timezone.localdate(conversation.opens_at)
    guide = time_to_answer(opened)
    return [says(told % {"time": open_for}), *(_guide(guide, last_with_a_number(opened)) if guide is not None else [])]


def _guide(guide: TimeToAnswer, numbered: TimeToAnswer | None) -> list[Block]:
    blocks: list[Block] = [
        says(_weeks(guide) + " " + _("Source: %(source)s.") % {"source": guide.reference}),
    ]
    if numbered is not None and numbered != guide:
        blocks.append(says(_("For comparison:") + " " + _weeks(numbered) + " " + f"({numbered.reference})"))
    return [*blocks, says(_("This is guidance for departments of the government. A law may ask for more."))]


def _weeks(guide: TimeToAnswer) -> str:
    if guide.least is None:
        return _("The guidance of that day asks for a time in proportion to what is at stake, and names no number.")
    if guide.most is None:
        return _("The guidance asked for %(least)s weeks or more.") % {"least": guide.least}
    return _("The guidance spoke of %(least)s to %(most)s weeks.") % {"least": guide.least, "most": guide.most}


def _decisions(weighed: list[queries.Weighed]) -> list[Block]:
    blocks: list[Block] = [Heading(_("Who read what before which decision"))]
    if not weighed:
        return [*blocks, says(_("No decision that came of it is recorded yet."))]
    for each in weighed:
        blocks += [
            Heading(each.decision.question, 3),
            says(
                _("Decided on %(day)s:") % {"day": day(each.decision.decided_on)} + " ", Told(each.decision.step.uuid)
            ),
            Listed(tuple(_read(each, read) for read in each.read))
            if each.read
            else says(_("Missing: nobody is written down as having read the report by then.")),
        ]
    return blocks


def _read(weighed: queries.Weighed, read: Considered) -> Line:
    told = _("%(who)s read the copy of %(copy)s (fingerprint %(fingerprint)s…) on %(day)s.") % {
        "who": read.person.public_name or _("Somebody in an office"),
        "copy": moment(read.copy.at),
        "fingerprint": read.copy.fingerprint[:12],
        "day": day(read.read_on),
    }
    how: Line = (" " + _("How we know:") + " ", quoted(read.on_word_of_id)) if read.on_word_of_id else (
        " " + _("They say so themselves."),
    )  # fmt: skip
    late = (" " + _("This was written down after the decision, on %(day)s.") % {"day": day(read.at)},)
    return (told, *how, *(late if weighed.written_late(read) else ()))


def _sources() -> list[Block]:
    return [
        Heading(_("Where the four come from")),
        Listed(tuple((source,) for source in SOURCES)),
        says(_("This page tells what is on record. It does not say whether that is enough.")),
    ]
