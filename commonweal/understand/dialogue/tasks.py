"""Maps as votes come in; what is looked through for likenesses; what goes when a conversation is over or a person is
erased, and what they take with them."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django_tasks import task

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.people import erasers, exporters
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs import clock
from commonweal.foundations.work import schedules

from . import actions, queries
from .models import Contribution, Conversation, Participant, Vote

#: So long after its end a conversation needs to know who came from one network.
NETWORKS_KEPT_FOR = timedelta(days=7)


@schedules.every(timedelta(minutes=1), "dialogue.make_maps")
def make_maps(*, at: datetime) -> None:
    """Each conversation at most once a minute, and only where something changed."""
    for conversation in queries.awaiting_a_map(at):
        make_map.enqueue(str(conversation.pk))


@task()
def make_map(conversation: str) -> None:
    """Safe to run twice, and late: a last map is kept as it is, and an older one does not take a newer one's place."""
    with suppress(actions.LastMapIsKept, actions.MapIsOlder):
        actions.make_map(conversation=Conversation.objects.get(pk=conversation), at=clock.now())


@schedules.every(timedelta(hours=6), "dialogue.forget_networks")
def forget_networks(*, at: datetime) -> int:
    """Where people came from goes when their conversation has been over for a week."""
    since = at - NETWORKS_KEPT_FOR
    over = Conversation.objects.filter(Q(closes_at__lte=since) | Q(closed_at__lte=since))
    return Participant.objects.filter(conversation__in=over).exclude(network="").update(network="")


@schedules.every(timedelta(minutes=1), "dialogue.propose")
def propose(*, at: datetime) -> int:
    """What is alike among the suggestions that wait, looked through when something new was said."""
    return actions.propose(at=at)


@erasers.register
def forget_suggestions(person: Person, at: datetime) -> None:
    """Their words go and their name with them; that somebody said something stays, and so does every sum."""
    own = Contribution.objects.filter(person=person)
    audit.forget_words(own.values_list("words", flat=True), at=at)
    audit.forget_words(own.exclude(on_word_of=None).values_list("on_word_of", flat=True), at=at)
    own.update(shows_name=False)
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
    }
