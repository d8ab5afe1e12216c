"""What goes when a person is erased, and what they take with them."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.people import erasers, exporters
from commonweal.foundations.people.models import Person

from .models import Doubt, GivenHours, Lead


@erasers.register
def forget_what_was_done(person: Person, at: datetime) -> None:
    """What they wrote about time that they gave, and against time of others. The minutes stay, so the sums add up."""
    own = GivenHours.objects.filter(Q(giver=person) | Q(told_by=person)).values_list("what", flat=True)
    doubted = Doubt.objects.filter(by=person).values_list("words", flat=True)
    audit.forget_words([*own, *doubted], at=at)


@exporters.register("initiatives")
def everything_of(person: Person) -> dict[str, Any]:
    hours = GivenHours.objects.filter(Q(giver=person) | Q(told_by=person)).select_related("what", "fund__initiative")
    leads = Lead.objects.filter(person=person).select_related("initiative")
    return {
        "time given": [
            {
                "to": given.fund.initiative.title,
                "on": given.given_on,
                "how long": str(given.time),
                "what": given.what.shown,
                "confirmed": given.is_confirmed,
                "does not count since": given.ended_at,
            }
            for given in hours.order_by("given_on", "id")
        ],
        "time that you said no to": [
            {"to": each.given.fund.initiative.title, "at": each.at, "why not": each.words.shown}
            for each in Doubt.objects.filter(by=person)
            .select_related("words", "given__fund__initiative")
            .order_by("at", "id")
        ],
        "led": [
            {"what": lead.initiative.title, "from": lead.from_at, "until": lead.until_at}
            for lead in leads.order_by("from_at")
        ],
    }
