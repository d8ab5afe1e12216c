"""The place's live figures: how its cycle stands today. A few counts, one question each, none about a person."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.do.initiatives.models import GivenHours, Initiative
from commonweal.foundations.decisions import queries as decisions
from commonweal.foundations.look.charts import Stage as Quarter
from commonweal.foundations.look.templatetags.look import day
from commonweal.methods.quantities import Minutes, Money
from commonweal.plan.outcomes.models import Outcome
from commonweal.review.learning.models import Lesson
from commonweal.understand.dialogue import queries as dialogue

from . import navigation


@dataclass(frozen=True)
class Figures:
    suggestions: int
    answers: decisions.AnswerRate
    outcomes_agreed: int
    outcomes_proposed: int
    initiatives: int
    money: Money
    hours: Minutes
    lessons: int
    last_lesson_at: datetime | None


def figures(at: datetime) -> Figures:
    outcomes = Outcome.objects.aggregate(agreed=Count("pk", Q(agreed_at__lte=at)), proposed=Count("pk"))
    together = Initiative.objects.aggregate(begun=Count("pk"), pence=Sum("fund__pounds__balance"))
    lessons = Lesson.objects.aggregate(kept=Count("pk"), last=Max("kept_at"))
    return Figures(
        suggestions=dialogue.suggestions_made().count(),
        answers=decisions.answer_rate(at),
        outcomes_agreed=outcomes["agreed"],
        outcomes_proposed=outcomes["proposed"] - outcomes["agreed"],
        initiatives=together["begun"],
        money=Money(together["pence"] or 0),
        hours=Minutes(GivenHours.objects.exclude(confirmed_at=None).aggregate(sum=Sum("minutes"))["sum"] or 0),
        lessons=lessons["kept"],
        last_lesson_at=lessons["last"],
    )


def quarters(now: Figures) -> list[Quarter]:
    """The figures as the four quarters of the cycle, in words."""
    said = {
        "understand": [_suggestions(now), *_answers(now)],
        "plan": _outcomes(now),
        "do": [_initiatives(now), *_together(now)],
        "review": _lessons(now),
    }
    return [Quarter(stage.key, str(stage.name), stage.page, said[stage.key]) for stage in navigation.STAGES]


def _suggestions(now: Figures) -> str:
    if not now.suggestions:
        return _("No suggestions yet")
    told = ngettext("%(count)s suggestion made", "%(count)s suggestions made", now.suggestions)
    return told % {"count": f"{now.suggestions:,}"}


def _answers(now: Figures) -> list[str]:
    """Only what was due: of nothing due, nothing is on time."""
    if not now.answers.due:
        return [_("No answers are due yet")]
    said = [
        ngettext("%(count)s answer given", "%(count)s answers given", now.answers.answered)
        % {"count": f"{now.answers.answered:,}"}
        + _(", %(on_time)s on time") % {"on_time": f"{now.answers.answered_by_first_date:,}"}
    ]
    if now.answers.overdue:
        said.append(_("%(count)s late") % {"count": f"{now.answers.overdue:,}"})
    return said


def _outcomes(now: Figures) -> list[str]:
    if not now.outcomes_agreed and not now.outcomes_proposed:
        return [_("Nothing agreed yet")]
    agreed = ngettext("%(count)s outcome agreed", "%(count)s outcomes agreed", now.outcomes_agreed)
    said = [agreed % {"count": f"{now.outcomes_agreed:,}"}]
    if now.outcomes_proposed:
        said.append(_("%(count)s being talked about") % {"count": f"{now.outcomes_proposed:,}"})
    return said


def _initiatives(now: Figures) -> str:
    if not now.initiatives:
        return _("Nothing begun yet")
    told = ngettext("%(count)s thing we do together", "%(count)s things we do together", now.initiatives)
    return told % {"count": f"{now.initiatives:,}"}


def _together(now: Figures) -> list[str]:
    """Pounds and hours side by side, never added up."""
    said = []
    if now.initiatives or now.money:
        said.append(_("%(money)s in the funds") % {"money": now.money})
    if now.initiatives or now.hours:
        said.append(_("%(time)s given") % {"time": now.hours})
    return said


def _lessons(now: Figures) -> list[str]:
    if not now.lessons or now.last_lesson_at is None:
        return [_("No lessons kept yet")]
    kept = ngettext("%(count)s lesson kept", "%(count)s lessons kept", now.lessons) % {"count": f"{now.lessons:,}"}
    return [kept, _("The last on %(day)s") % {"day": day(now.last_lesson_at)}]
