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
    in_their_name = [kind.objects.filter(party=person.ref).exclude(words=None) for kind in (Assent, Dissent, Interest)]
    declared = [said.values_list("words", flat=True) for said in in_their_name]
    audit.forget_words([*replies, *(id for ids in declared for id in ids)], at=at)
