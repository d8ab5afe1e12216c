"""What goes when a person is erased, and what they take with them."""

from datetime import datetime
from typing import Any

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.people import erasers, exporters
from commonweal.foundations.people.models import Person

from . import leaving, queries
from .models import Contribution, Participant, Vote


@erasers.register
def forget_suggestions(person: Person, at: datetime) -> None:
    """Their words go and their name with them; that somebody said something stays, and so does every sum."""
    own = Contribution.objects.filter(person=person)
    audit.forget_words(own.values_list("words", flat=True), at=at)
    audit.forget_words(own.exclude(on_word_of=None).values_list("on_word_of", flat=True), at=at)
    own.update(shows_name=False)
    leaving.forget_pledges(person, at)
    Participant.objects.filter(person=person).update(person=None)


@exporters.register("dialogue")
def everything_of(person: Person) -> dict[str, Any]:
    votes = Vote.objects.filter(participant__person=person).select_related("statement__contribution__words")
    return {
        "suggestions": [
            {
                "conversation": said.conversation.question,
                "said on": said.given_on,
                "words": said.words.shown,
                "name shown": said.shows_name,
                "how": said.get_channel_display(),
                "held back because": said.get_held_because_display() if said.is_held else "",
                "set aside because": said.aside.get_reason_display() if said.aside else "",
            }
            for said in queries.contributions_of(person).select_related("aside")
        ],
        "suggestions you set aside": [
            {
                "at": act.at,
                "reason": act.get_reason_display(),
                "words": act.words.shown if act.words else "",
                "suggestions": len(act.set_aside.all()),
            }
            for act in queries.set_aside_by(person)
        ],
        "votes": [
            {"statement": vote.statement.contribution.words.shown, "vote": vote.get_choice_display(), "at": vote.at}
            for vote in votes.order_by("pk")
        ],
        **leaving.learned_and_pledged(person),
    }
