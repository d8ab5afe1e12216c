"""Who may do what in a conversation."""

import rules

from commonweal.foundations.people.models import Person
from commonweal.foundations.people.rules import holds, is_known

from .models import Contribution, Conversation

rules.add_rule("make a suggestion", is_known)
rules.add_rule("open a conversation", holds("convenor"))
rules.add_rule("close a conversation", holds("convenor"))
rules.add_rule("key in a suggestion", holds("convenor"))
rules.add_rule("gather suggestions", holds("convenor"))
rules.add_rule("hold back a suggestion", holds("convenor"))
rules.add_rule("put to the vote", holds("convenor"))


@rules.predicate
def is_its_author(person: Person | None, contribution: Contribution) -> bool:
    return person is not None and contribution.person_id == person.pk


@rules.predicate
def is_shown(person: Person | None, contribution: Contribution) -> bool:
    return not contribution.is_held


rules.add_rule("take a suggestion up again", holds("convenor") | is_its_author)
rules.add_rule("read this suggestion", is_shown | is_its_author | holds("convenor"))


@rules.predicate
def may_take_part(person: Person | None, conversation: Conversation) -> bool:
    """Vote, and make statements. Whom this place knows are those whom the steward entrusted as residents."""
    if conversation.who_may == Conversation.WhoMay.VERIFIED:
        return bool(holds("resident")(person))
    return conversation.who_may != Conversation.WhoMay.SIGNED_IN or bool(is_known(person))


rules.add_rule("take part in this conversation", may_take_part)

#: Who sits where decisions are made can say of themselves that they have read a report.
rules.add_rule("say that one has read a report", holds("convenor", "councillor", "commissioner"))
rules.add_rule("see to a consultation", holds("convenor"))
rules.add_rule("keep a copy of a report", holds("convenor"))
