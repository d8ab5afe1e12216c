"""What runs by itself. What goes when a conversation is over or a person is erased, and what they take with them."""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django_tasks import task

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.audit import closed
from commonweal.foundations.people import erasers, exporters
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs import clock
from commonweal.foundations.work import schedules

from . import actions as dialogue
from . import leaving, queries
from .models import CareAct, Contribution, Conversation, Flag, Participant, Policy, Vote


def catch_up(*, at: datetime) -> int:
    """Tell of what is held for care and late."""
    return dialogue.tell_of_late_ones(at=at)


@closed.register
def words_in_care(ids: Collection[UUID]) -> set[UUID]:
    """Nobody reads these by way of the trail."""
    return queries.words_in_care(ids)


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
    with suppress(dialogue.LastMapIsKept, dialogue.MapIsOlder):
        dialogue.make_map(conversation=Conversation.objects.get(pk=conversation), at=clock.now())


@schedules.every(timedelta(hours=6), "dialogue.forget_networks")
def forget_networks(*, at: datetime) -> int:
    """Where people came from goes when their conversation has been over for a week."""
    since = at - NETWORKS_KEPT_FOR
    over = Conversation.objects.filter(Q(closes_at__lte=since) | Q(closed_at__lte=since))
    return Participant.objects.filter(conversation__in=over).exclude(network="").update(network="")


@schedules.every(timedelta(minutes=1), "dialogue.propose")
def propose(*, at: datetime) -> int:
    """What is alike among the suggestions that wait, looked through when something new was said."""
    return dialogue.propose(at=at)


@erasers.register
def forget_suggestions(person: Person, at: datetime) -> None:
    """Their words go and their name with them; that somebody said something stays, and so does every sum."""
    own = Contribution.objects.filter(person=person)
    audit.forget_words(own.values_list("words", flat=True), at=at)
    audit.forget_words(own.exclude(on_word_of=None).values_list("on_word_of", flat=True), at=at)
    told_to = CareAct.objects.filter(concern__contribution__person=person).exclude(words=None)
    audit.forget_words(told_to.values_list("words", flat=True), at=at)
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
        "suggestions you flagged": [
            {"at": flag.at, "reason": flag.get_because_display()}
            for flag in Flag.objects.filter(person=person).order_by("at", "pk")
        ],
        "words about moderation that you wrote": [
            {"at": each.at, "words": each.words.shown}
            for each in Policy.objects.filter(by=person).select_related("words").order_by("at", "pk")
        ],
        "what you did about what is held for care": [
            {"at": act.at, "what": act.get_did_display()}
            for act in CareAct.objects.filter(by=person).order_by("at", "pk")
        ],
        "votes": [
            {
                "statement": _as_others_read(vote.statement.contribution),
                "vote": vote.get_choice_display(),
                "at": vote.at,
            }
            for vote in votes.order_by("pk")
        ],
        **leaving.learned_and_pledged(person),
    }


def _as_others_read(contribution: Contribution) -> str:
    """Somebody else's words, as far as everybody may read them."""
    return "" if contribution.is_held else contribution.words.shown
