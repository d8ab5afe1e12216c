"""Questions of the public account: asked of the other rooms, put side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.do.initiatives.models import PooledFund
from commonweal.foundations.decisions import queries as decisions
from commonweal.foundations.decisions.models import ReasonCode
from commonweal.foundations.ledger.models import Payment
from commonweal.foundations.thread import queries as threads
from commonweal.foundations.thread.models import Audience
from commonweal.plan.outcomes import queries as outcomes
from commonweal.plan.outcomes.models import Indicator, Outcome, Reading
from commonweal.review.learning import queries as learning
from commonweal.review.learning.models import Lesson
from commonweal.understand.dialogue.models import Contribution

#: How many lessons are looked at, the newest first, for one that begins with a voice: home must stay quick.
LOOKED_AT = 20


def reasons_in_words() -> list[tuple[str, int]]:
    """Why answers were as they were, the most frequent first."""
    given = decisions.reasons_given()
    return [(str(ReasonCode(code).label), given[code]) for code in sorted(given, key=lambda code: (-given[code], code))]


def promised(rate: decisions.AnswerRate) -> list[tuple[int, str]]:
    """The promised answers that count by now, each number with the words that go with it."""
    return [
        (rate.due, ngettext("answer was promised", "answers were promised", rate.due)),
        (rate.answered, ngettext("was given", "were given", rate.answered)),
        (rate.answered_by_first_date, _("came by the first date")),
        (rate.overdue, ngettext("is late now", "are late now", rate.overdue)),
    ]


def newest_payment() -> Payment | None:
    """The last payment that was paid out of a shared purse and that anybody may look at."""
    purses = PooledFund.objects.values("pounds")
    paid = Payment.objects.filter(from_account__in=purses, state=Payment.State.CONFIRMED, is_public=True)
    return paid.order_by("-paid_on", "-pk").first()


def newest_lessons() -> list[Lesson]:
    """As many as may be looked at before a page grows slow."""
    return list(learning.lessons()[:LOOKED_AT])


def whole_story(lessons: Sequence[Lesson]) -> Lesson | None:
    """The first of these whose thread leads back to somebody's own word, as far as everybody may read it.

    A lesson of what a body did by itself promises no voice.
    """
    return next((lesson for lesson in lessons if _begins_with_a_voice(lesson)), None)


def _begins_with_a_voice(lesson: Lesson) -> bool:
    said = Contribution.objects.filter(step__in=threads.root_ids(lesson.step), step__audience=Audience.PUBLIC)
    return said.filter(held_at=None, words__removed_at=None).exists()


@dataclass(frozen=True)
class Result:
    """One indicator as it stands: where it began, what was read last, and how sure we are of the cause."""

    indicator: Indicator
    reading: Reading | None

    @property
    def rung(self) -> str:
        return str(self.reading.get_rung_display()) if self.reading else ""


def results(most: int = 20) -> list[tuple[Outcome, list[Result]]]:
    """What was agreed, with the last number of each indicator. Three questions."""
    return [
        (outcome, [_result(indicator) for indicator in outcome.indicators.all()])
        for outcome in outcomes.agreed_outcomes()[:most]
    ]


def _result(indicator: Indicator) -> Result:
    readings = list(indicator.readings.all())
    return Result(indicator, readings[-1] if readings else None)
