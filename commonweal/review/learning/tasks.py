"""What a person takes with them. A lesson was kept for the place, and stays when a person is erased."""

from typing import Any

from commonweal.foundations.people import exporters
from commonweal.foundations.people.models import Person

from . import queries


@exporters.register("learning")
def everything_of(person: Person) -> dict[str, Any]:
    return {
        "lessons kept": [
            {
                "what": lesson.what.shown,
                "why": lesson.why.shown,
                "where": lesson.context.shown,
                "at": lesson.kept_at,
            }
            for lesson in queries.lessons().filter(kept_by=person)
        ]
    }
