"""What a person takes with them. What was written for the place, and for a body, stays."""

from typing import Any

from commonweal.foundations.people import exporters
from commonweal.foundations.people.models import Person

from .models import ConcernVersion, Obligation, Outcome, Reading


@exporters.register("outcomes")
def everything_of(person: Person) -> dict[str, Any]:
    wordings = ConcernVersion.objects.filter(worded_by=person).select_related("words").order_by("worded_at")
    proposed = Outcome.objects.filter(proposed_by=person).select_related("statement").order_by("proposed_at")
    readings = Reading.objects.filter(recorded_by=person).select_related("indicator").order_by("recorded_at")
    done = Obligation.objects.filter(done_by=person).select_related("came_of_it").order_by("done_at", "pk")
    return {
        "problems put into words": [{"words": each.words.shown, "at": each.worded_at} for each in wordings],
        "proposed": [{"words": each.statement.shown, "at": each.proposed_at} for each in proposed],
        "numbers written down": [
            {"of": each.indicator.name, "when": each.when, "number": each.shown} for each in readings
        ],
        "tasks that you marked as done": [
            {"what": each.what, "at": each.done_at, "what came of it": each.came_of_it.shown if each.came_of_it else ""}
            for each in done
        ],
    }
