"""What goes of somebody's pledges and answers when they are erased, and what they take along."""

from datetime import datetime
from typing import Any

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.people.models import Person

from . import queries
from .models import Considered, Evidence, Inkling, Insight, Pledge


def forget_pledges(person: Person, at: datetime) -> None:
    """Their own pledges go with their name. What they wrote in an office stays: it is the body's."""
    own = Pledge.objects.filter(person=person, organisation=None)
    audit.forget_words(own.values_list("words", flat=True), at=at)
    Pledge.objects.filter(person=person).update(shows_name=False)
    audit.forget_words(
        Insight.objects.filter(by=person).exclude(on_word_of=None).values_list("on_word_of", flat=True), at=at
    )
    read = Considered.objects.filter(person=person).exclude(on_word_of=None)
    audit.forget_words(read.values_list("on_word_of", flat=True), at=at)


def learned_and_pledged(person: Person) -> dict[str, Any]:
    answered = Inkling.objects.filter(participant__person=person).select_related("participant__conversation")
    return {
        "two questions": [
            {
                "conversation": each.participant.conversation.question,
                "moment": each.get_moment_display(),
                "how well you understand, from 1 to 5": each.understands,
                "how much you trust to be heard, from 1 to 5": each.trusts,
            }
            for each in answered.order_by("pk")
        ],
        "pledges": [
            {
                "conversation": each.conversation.question,
                "words": each.words.shown,
                "by": each.by_on,
                "name shown": each.shows_name,
                "state": each.get_state_display(),
            }
            for each in queries.pledges_by(person)
        ],
        "what you said a body learned": [
            {"organisation": each.organisation.name, "at": each.at, "words": each.words.shown}
            for each in queries.insights_by(person)
        ],
        "what you put down for a consultation": [
            {"principle": each.get_principle_display(), "at": each.at, "words": each.words.shown, "link": each.link}
            for each in Evidence.objects.filter(by=person).select_related("words").order_by("at", "pk")
        ],
        "reports that you read": [
            {"copy": each.copy.title, "read on": each.read_on}
            for each in Considered.objects.filter(person=person).select_related("copy").order_by("at", "pk")
        ],
    }
