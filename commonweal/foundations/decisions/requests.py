"""What we ask of those without an account, in words, for the mail that brings them their link."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.foundations.look.templatetags.look import day
from commonweal.foundations.notices import composing
from commonweal.foundations.notices.links import Asked, Told
from commonweal.foundations.notices.models import Link
from commonweal.foundations.thread import queries as thread
from commonweal.foundations.thread import telling
from commonweal.foundations.thread.models import Audience, Step
from commonweal.foundations.thread.naming import known_names, names_of

from . import queries
from .models import Answer, Owed, Reminder, SentBack


def to_draft(link: Link) -> Asked | None:
    """Who asks for which answer, how many wait for it, by when, some of what they said; a note where it came back."""
    owed = Owed.objects.select_related("because").filter(pk=link.subject.uuid).first()
    if owed is None:
        return None
    note = queries.sent_back_by(link.because)
    reminded = Reminder.objects.filter(link=link).order_by("-at").first()
    public = Asked(
        headline=_headline(note, reminded) % {"day": day(owed.due_on)},
        ask=_("%(who)s asks you to write an answer.") % {"who": who_asks(link)},
        about=_named(owed),
        facts=(*_how_many(owed), _("The answer is due by %(day)s.") % {"day": day(owed.due_on)}),
        said=tuple(line.quote for line in telling.lines(queries.typical_lines(owed)) if line.quote),
        note=note.words.shown if note is not None else "",
        rules=_(
            "The link is for this one answer. You can open it as often as you like until %(day)s. When you have sent "
            "your answer, it closes. It is for you only: please do not pass it on."
        )
        % {"day": day(link.expires_at)},
    )
    return public if owed.is_public else replace(public, about="", said=(), note="")


def to_chase(link: Link) -> Asked | None:
    """For the head of a service: which answer is late, since when, and that they can ask somebody else."""
    owed = Owed.objects.select_related("because").filter(pk=link.subject.uuid).first()
    if owed is None:
        return None
    public = Asked(
        headline=_("an answer of your service is late"),
        ask=_("An answer that your service was asked to write has not come."),
        about=_named(owed),
        facts=(*_how_many(owed), _("The answer was due by %(day)s.") % {"day": day(owed.due_on)}),
        rules=_(
            "With the link you can ask somebody to write it. You can open it as often as you like until %(day)s. When "
            "you have asked somebody, it closes. It is for you only: please do not pass it on."
        )
        % {"day": day(link.expires_at)},
    )
    return public if owed.is_public else replace(public, about="")


def to_assent(link: Link) -> Asked | None:
    """Which body is asked, by whom, and about what."""
    asking = queries.askings().filter(link=link).first()
    if asking is None:
        return None
    is_public = asking.step.audience == Audience.PUBLIC
    about = [line for line in telling.lines(thread.neighbours(asking.step)[0]) if not line.is_hidden]
    return Asked(
        headline=_("please say whether you agree"),
        ask=_("%(who)s asks whether %(party)s agrees.")
        % {"who": who_asks(link), "party": names_of([asking.party])[asking.party]},
        about=about[0].title if about and is_public else "",
        said=(about[0].quote,) if about and about[0].quote and is_public else (),
        rules=_(
            "The link is for this one question. You can open it as often as you like until %(day)s. When you have "
            "answered, it closes. It is for you only: please do not pass it on."
        )
        % {"day": day(link.expires_at)},
    )


def what_became_of_it(link: Link, step: Step) -> Told | None:
    """For an officer who wrote an answer: that it is published, or that another was; no page where it is not public."""
    answer = Answer.objects.filter(step=step).first()
    if answer is None:
        return None
    page = answer.get_absolute_url() if answer.is_public else ""
    if answer.drafted_by != link.ref:
        return Told(
            headline=_("an answer was published"),
            words=_("You wrote an answer for us. Another one was published in its place. Thank you for your work."),
            page=page,
        )
    read = _("Everybody can read it here:") if page else _("Those whom it answers can read it.")
    return Told(
        headline=_("what you wrote is published"),
        words=_("The answer that you wrote is published, and those whom it answers are told.") + " " + read,
        page=page,
    )


def _headline(note: SentBack | None, reminded: Reminder | None) -> str:
    if reminded is not None and reminded.kind == Reminder.Kind.LATE:
        return _("your answer is late, it was due by %(day)s")
    if reminded is not None:
        return _("a reminder: please write an answer by %(day)s")
    if note is not None:
        return _("your answer came back, please change it by %(day)s")
    return _("please write an answer by %(day)s")


def who_asks(link: Link) -> str:
    """By name; what the software asks by itself, the place asks."""
    return known_names([link.offered_by]).get(link.offered_by) or composing.place_name()


def _named(owed: Owed) -> str:
    if owed.title:
        return owed.title
    about = telling.lines([owed.because])
    return "" if not about or about[0].is_hidden else about[0].title


def _how_many(owed: Owed) -> list[str]:
    covered = queries.covered(owed)
    if not covered.things:
        return []
    people = ngettext("%(count)s person waits for it.", "%(count)s people wait for it.", covered.people)
    things = ngettext(
        "It answers %(count)s thing that was said.", "It answers %(count)s things that were said.", covered.things
    )
    return [people % {"count": covered.people}, things % {"count": covered.things}]
