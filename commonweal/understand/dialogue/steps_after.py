"""What the thread says about learning, pledges and consultations, and how documents call people's words."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit.models import Words
from commonweal.foundations.audit.wording import shown
from commonweal.foundations.thread import kinds

from .models import Contribution, Insight, Pledge


def _who(ids: Collection[UUID]) -> "QuerySet[Any, Any]":
    """Asked each time: a name that is taken back, or whoever is erased, vanishes from the thread too."""
    chosen = Coalesce(NullIf(F("person__shown_as"), Value("")), F("person__name"))
    name = Case(
        When(organisation__isnull=False, then=F("organisation__name")),
        When(Q(shows_name=True) & ~Q(person__name=""), then=chosen),
        default=Value(gettext("A resident")),
        output_field=CharField(),
    )
    return Pledge.objects.filter(pk__in=ids).annotate(who_it_was=name).values_list("pk", "who_it_was")


def _quoted(ids: Collection[UUID]) -> "QuerySet[Any, Any]":
    """Words by their own id, for documents. What is held back is quoted nowhere."""
    held = Contribution.objects.filter(words__in=ids, held_at__isnull=False)
    return Words.objects.filter(pk__in=ids).exclude(pk__in=held.values("words")).values_list("pk", shown())


kinds.name_by("dialogue", "pledger", _who)
kinds.name_by("dialogue", "words", _quoted)

kinds.declare(
    "dialogue.insight",
    title=_("%(organisation)s said what it learned"),
    word=_("What was learned"),
    stage="understand",
    words=lambda ids: Insight.objects.filter(pk__in=ids).values_list("pk", shown("words")),
)
kinds.declare(
    "dialogue.pledge",
    title=_("%(who)s pledged to do something by %(by_on)s"),
    word=_("Pledge"),
    stage="understand",
    labels={"by_on": kinds.Day},
    words=lambda ids: Pledge.objects.filter(pk__in=ids).values_list("pk", shown("words")),
)
kinds.declare(
    "dialogue.pledge_told",
    title=_("%(who)s said of a pledge: %(state)s"),
    word=_("Pledge"),
    stage="understand",
    labels={"state": Pledge.State},
)
kinds.declare(
    "dialogue.duty",
    title=_("It was said that this is also a consultation that the law asks for"),
    word=_("Consultation"),
    stage="understand",
)
kinds.declare(
    "dialogue.considered",
    title=_("%(who)s read the report on %(read_on)s"),
    word=_("Report read"),
    stage="understand",
    labels={"read_on": kinds.Day},
)
