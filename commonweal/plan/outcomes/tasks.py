"""What a person takes with them. Problems and proposals were written for the place, and stay."""

from typing import Any

from commonweal.foundations.people import exporters
from commonweal.foundations.people.models import Person

from .models import ConcernVersion, Outcome, Reading


@exporters.register("outcomes")
def everything_of(person: Person) -> dict[str, Any]:
    wordings = ConcernVersion.objects.filter(worded_by=person).select_related("words").order_by("worded_at")
    proposed = Outcome.objects.filter(proposed_by=person).select_related("statement").order_by("proposed_at")
    readings = Reading.objects.filter(recorded_by=person).select_related("indicator").order_by("recorded_at")
    return {
        "problems put into words": [{"words": each.words.shown, "at": each.worded_at} for each in wordings],
        "proposed": [{"words": each.statement.shown, "at": each.proposed_at} for each in proposed],
        "numbers written down": [
            {"of": each.indicator.name, "when": each.when, "number": each.shown} for each in readings
        ],
    }
