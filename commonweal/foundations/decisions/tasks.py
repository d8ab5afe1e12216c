"""What goes when a person is erased: what they wrote here in their own name. Answers and decisions of a body stay."""

from __future__ import annotations

from datetime import datetime

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.people import erasers
from commonweal.foundations.people.models import Person

from .models import Assent, Dissent, Interest, Reply


@erasers.register
def forget(person: Person, at: datetime) -> None:
    """Replies, and what they said or declared in their own name. What they said for an organisation is its own."""
    replies = Reply.objects.filter(person=person).values_list("words", flat=True)
    in_their_name = [kind.objects.filter(party=person.ref) for kind in (Assent, Dissent, Interest)]
    declared = [id for said in in_their_name for id in said.exclude(words=None).values_list("words", flat=True)]
    keyed_in = Assent.objects.filter(party=person.ref).exclude(on_word_of=None).values_list("on_word_of", flat=True)
    audit.forget_words([*replies, *declared, *keyed_in], at=at)
