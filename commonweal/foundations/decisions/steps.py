from django.utils.translation import gettext_lazy as _

from commonweal.foundations.people.rules import holds
from commonweal.foundations.thread import kinds

from .models import Answer, Assent, Decision, Owed, ReasonCode, Reply, Stance

_at_the_desk = holds("convenor", "steward", "auditor")


def _seen_at_the_desk(person: object, steps: object) -> set[int]:
    return {step.pk for step in steps} if _at_the_desk(person) else set()  # type: ignore[attr-defined]


kinds.declare(
    "decisions.decision",
    title=_("A decision was made by %(who)s"),
    word=_("Decision"),
    stage="plan",
    words=lambda ids: Decision.objects.filter(pk__in=ids).values_list("pk", "question"),
    seen_by=_seen_at_the_desk,
)
kinds.declare(
    "decisions.asked",
    title=_("%(party)s was asked to agree"),
    word=_("Agreement asked for"),
    stage="plan",
    seen_by=_seen_at_the_desk,
)
kinds.declare(
    "decisions.assent",
    title=_("%(party)s: %(stance)s"),
    word=_("Agreement"),
    stage="plan",
    words=lambda ids: Assent.objects.filter(pk__in=ids).values_list("pk", "words__text"),
    labels={"stance": Stance},
    seen_by=_seen_at_the_desk,
)
kinds.declare(
    "decisions.owed",
    title=_("An answer was promised"),
    word=_("Answer promised"),
    stage="understand",
    seen_by=_seen_at_the_desk,
)
kinds.declare(
    "decisions.answer",
    title=_("An answer was given. %(reason)s"),
    word=_("Answer"),
    stage="understand",
    words=lambda ids: Answer.objects.filter(pk__in=ids).values_list("pk", "words__text"),
    labels={"reason": ReasonCode},
    seen_by=_seen_at_the_desk,
)
kinds.declare(
    "decisions.reply",
    title=_("Somebody replied to the answer"),
    word=_("Reply"),
    stage="understand",
    words=lambda ids: Reply.objects.filter(pk__in=ids).values_list("pk", "words__text"),
    seen_by=_seen_at_the_desk,
)
kinds.name_by("decisions", "decision", lambda ids: Decision.objects.filter(pk__in=ids).values_list("pk", "question"))
kinds.name_by("decisions", "owed", lambda ids: Owed.objects.filter(pk__in=ids).values_list("pk", "title"))
