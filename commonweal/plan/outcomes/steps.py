"""What steps of outcomes say."""

import rules
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit.wording import shown
from commonweal.foundations.people.models import Person
from commonweal.foundations.publishing.units import NO_BREAK
from commonweal.foundations.thread import kinds, onward
from commonweal.foundations.thread.models import Audience, Step

from .models import Concern, Indicator, Obligation, Outcome

#: What a problem may come from.
PROBLEMS_COME_FROM = {"dialogue.theme", "decisions.decision", "decisions.answer"}


def _say_what_the_problem_is(person: Person | None, step: Step) -> onward.Way | None:
    if step.kind not in PROBLEMS_COME_FROM or step.audience != Audience.PUBLIC:
        return None
    if not rules.test_rule("raise a concern", person):
        return None
    return onward.Way(_("Say what the problem is"), f"{reverse('outcomes:raise_concern')}?because={step.uuid}")


onward.offer(_say_what_the_problem_is)
kinds.name_by(
    "outcomes",
    "indicator",
    lambda ids: Indicator.objects.filter(pk__in=ids).values_list("pk", "name"),
)
# A unit that is a sign stands in the step with its number (`Indicator.on_the_thread`); one in words is asked for.
kinds.name_by(
    "outcomes",
    "unit",
    lambda ids: Indicator.objects.filter(pk__in=ids).values_list("pk", Concat(Value(NO_BREAK), F("unit"))),
)

kinds.declare(
    "outcomes.concern",
    title=_("A problem was put on the list"),
    word=_("Problem"),
    stage="plan",
    words=lambda ids: Concern.objects.filter(pk__in=ids, versions__number=1).values_list(
        "pk", shown("versions__words")
    ),
)
kinds.declare(
    "outcomes.rewording",
    title=_("The problem was put in better words"),
    word=_("Problem"),
    stage="plan",
)
kinds.declare(
    "outcomes.proposal",
    title=_("Somebody proposed what good would look like"),
    word=_("What good looks like"),
    stage="plan",
    words=lambda ids: Outcome.objects.filter(pk__in=ids).values_list("pk", shown("statement")),
)
kinds.declare(
    "outcomes.outcome",
    title=_(
        "It was agreed what good looks like. Organisations that agree: %(agree)s; with a reservation: %(reserved)s; "
        "that do not agree: %(disagree)s"
    ),
    word=_("Agreed"),
    stage="plan",
    words=lambda ids: Outcome.objects.filter(pk__in=ids).values_list("pk", shown("statement")),
)
kinds.declare(
    "outcomes.indicator",
    title=_("We will count “%(indicator)s”. It starts at %(baseline)s%(unit)s"),
    word=_("How we will know"),
    stage="plan",
)
kinds.declare(
    "outcomes.reading",
    title=_("A new number came in for “%(indicator)s”: %(value)s%(unit)s"),
    word=_("New number"),
    stage="review",
)
kinds.declare(
    "outcomes.revision",
    title=_("A number for “%(indicator)s” was corrected: it is %(value)s%(unit)s"),
    word=_("Corrected number"),
    stage="review",
)
kinds.declare(
    "outcomes.obligation",
    title=_("%(organisation)s took on a task"),
    word=_("Who does what"),
    stage="plan",
    words=lambda ids: Obligation.objects.filter(pk__in=ids).values_list("pk", "what"),
)
kinds.declare(
    "outcomes.obligation_asked",
    title=_("%(organisation)s was asked to do a task"),
    word=_("Who does what"),
    stage="plan",
    words=lambda ids: Obligation.objects.filter(pk__in=ids).values_list("pk", "what"),
)
kinds.declare(
    "outcomes.obligation_done",
    title=_("%(organisation)s finished a task"),
    word=_("Done"),
    stage="do",
    words=lambda ids: Obligation.objects.filter(pk__in=ids).values_list("pk", "what"),
)
