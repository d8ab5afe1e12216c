"""What was gathered, and its answers."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from commonweal.foundations.decisions.models import Answer, Owed
from commonweal.foundations.organisations.models import Service
from commonweal.foundations.organisations.queries import services_in_use
from commonweal.foundations.people.models import Person

from ..models import Contribution, Conversation, Gathered, Gathering, Theme


def live() -> QuerySet[Theme]:
    """Themes that were neither split nor merged. Those that were stay in the record, and name what came of them."""
    return Theme.objects.exclude(owed__state=Owed.State.REPLACED)


def became_of(theme: Theme) -> list[Theme]:
    """What a theme was split into, or merged into."""
    begun = Theme.objects.filter(begun__reshaping__ended__theme=theme).select_related("owed")
    return list(begun.order_by("begun"))


def themes() -> QuerySet[Theme]:
    """Themes with the number of suggestions in them, those due soonest first."""
    counted = live().select_related("owed", "step").annotate(suggestions=Count("contributions"))
    return counted.order_by(F("owed__answered_at").asc(nulls_first=True), "owed__due_on", "pk")


def themes_of(conversation: Conversation) -> QuerySet[Theme]:
    inside = Gathered.objects.filter(theme=OuterRef("pk"), contribution__conversation=conversation)
    return themes().filter(Exists(inside))


def themes_with(contribution: Contribution) -> QuerySet[Theme]:
    """The themes that a suggestion is in now, in the order in which it came into them."""
    return live().filter(contributions=contribution).select_related("owed", "step").order_by("step_id", "pk")


def themes_without_answer() -> QuerySet[Theme]:
    return themes().filter(owed__answered_at=None)


def answering_services() -> QuerySet[Service]:
    """Services with an officer who can be reached by mail, and so can be asked with one choice."""
    reached = services_in_use().filter(officer__erased_at=None, officer__contact_is_unsafe=False)
    return reached.exclude(officer=None).exclude(officer__email="")


def merged_as(sent_as: str, person: Person) -> Theme | None:
    """The theme that this person's form made of others when it was sent before."""
    try:
        number = UUID(sent_as)
    except ValueError:
        return None
    return (
        Theme.objects.filter(begun__reshaping__sent_as=number, begun__reshaping__by=person).order_by("-begun").first()
    )


def theme_for(person: Person | None, uuid: UUID) -> Theme:
    return Theme.objects.select_related("owed", "step").get(pk=uuid)


def theme_sent_as(sent_as: str, person: Person, ticked: Iterable[str]) -> Theme | None:
    """The theme that this person's form made when it was sent before, with the same ticks."""
    try:
        gathering = Gathering.objects.select_related("theme").filter(sent_as=UUID(sent_as), by=person).first()
    except ValueError:
        return None
    same = gathering is not None and set(ticked) == {str(each.contribution_id) for each in gathering.gathered.all()}
    return gathering.theme if gathering is not None and same else None


def contributions_in(theme: Theme) -> QuerySet[Contribution]:
    """The suggestions of a theme that everybody may read, oldest first."""
    inside = theme.contributions.filter(held_at=None).select_related("words", "person", "statement", "conversation")
    return inside.order_by("given_on", "kept_at", "pk")


def held_in(theme: Theme) -> int:
    return theme.contributions.exclude(held_at=None).count()


def answers_of(themes: Iterable[Theme]) -> dict[UUID, Answer]:
    """The answer of each theme that has one, by the theme's id; where it was corrected, the correction."""
    owed = {theme.owed_id: theme.pk for theme in themes}
    current = Answer.objects.filter(owed__in=owed, corrected_by=None, is_public=True).select_related("words", "step")
    return {owed[answer.owed_id]: answer for answer in current}
