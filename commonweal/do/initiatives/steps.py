"""What steps of initiatives say."""

import rules
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit.wording import shown
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import kinds, onward
from commonweal.foundations.thread.models import Audience, Step
from commonweal.plan.outcomes.models import Obligation

from . import queries
from .models import Doubt, GivenHours, Initiative, Partner, PooledFund

#: What people begin something about.
BEGUN_FROM = {
    "dialogue.theme",
    "dialogue.contribution",
    "dialogue.keyed_in",
    "decisions.decision",
    "decisions.answer",
    "outcomes.concern",
    "outcomes.proposal",
    "outcomes.outcome",
}


def _begin(person: Person | None, step: Step) -> onward.Way | None:
    if step.kind not in BEGUN_FROM or step.audience != Audience.PUBLIC:
        return None
    if not rules.test_rule("begin an initiative", person):
        return None
    return onward.Way(_("Begin something together about this"), f"{reverse('initiatives:begin')}?because={step.uuid}")


onward.offer(_begin)
kinds.name_by("initiatives", "initiative", lambda ids: Initiative.objects.filter(pk__in=ids).values_list("pk", "title"))

kinds.declare(
    "initiatives.initiative",
    title=_("“%(initiative)s” began. %(person)s leads it"),
    word=_("Something began"),
    stage="do",
    words=lambda ids: Initiative.objects.filter(pk__in=ids).values_list("pk", shown("story")),
)
kinds.declare(
    "initiatives.hand_over",
    title=_("%(person)s now leads “%(initiative)s”"),
    word=_("New lead"),
    stage="do",
)
kinds.declare(
    "initiatives.asked",
    title=_("%(organisation)s was asked to take part in “%(initiative)s” (%(role)s)"),
    word=_("Asked"),
    stage="do",
    labels={"role": Partner.Role},
)
kinds.declare(
    "initiatives.partner_no",
    title=_("%(organisation)s was asked, and does not take part in “%(initiative)s”"),
    word=_("Asked"),
    stage="do",
)
kinds.declare(
    "initiatives.partner",
    title=_("%(organisation)s joined “%(initiative)s”: it %(role)s"),
    word=_("Partner"),
    stage="do",
    labels={"role": Partner.Role},
)
kinds.declare(
    "initiatives.partner_left",
    title=_("%(organisation)s left “%(initiative)s”"),
    word=_("Partner"),
    stage="do",
)
kinds.declare(
    "initiatives.adopted",
    title=_("“%(initiative)s” took up a task of %(organisation)s"),
    word=_("Who does what"),
    stage="do",
    words=lambda ids: Obligation.objects.filter(pk__in=ids).values_list("pk", "what"),
)
kinds.declare(
    "initiatives.fund",
    title=_("A shared purse was opened for “%(initiative)s”. %(organisation)s looks after it"),
    word=_("Shared purse"),
    stage="do",
    words=lambda ids: PooledFund.objects.filter(pk__in=ids).values_list("pk", "purpose"),
)
kinds.declare(
    "initiatives.contribution",
    title=_("%(organisation)s put %(amount)s into “%(initiative)s”"),
    word=_("Put in"),
    stage="do",
)
kinds.declare(
    "initiatives.hours",
    title=_("A neighbour gave %(time)s to “%(initiative)s”"),
    word=_("Time given"),
    stage="do",
    words=lambda ids: GivenHours.objects.filter(pk__in=ids).values_list("pk", shown("what")),
)
kinds.declare(
    "initiatives.hours_of_group",
    title=_("%(organisation)s gave %(time)s to “%(initiative)s”"),
    word=_("Time given"),
    stage="do",
    words=lambda ids: GivenHours.objects.filter(pk__in=ids).values_list("pk", shown("what")),
)
kinds.declare(
    "initiatives.hours_declined",
    title=_("Somebody said no to %(time)s that was given to “%(initiative)s”"),
    word=_("Time not agreed"),
    stage="do",
    words=lambda ids: Doubt.objects.filter(given__in=ids).values_list("given", shown("words")),
    seen_by=queries.seen_by,
)
