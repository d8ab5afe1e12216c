"""Who may do what in a conversation."""

import rules

from commonweal.foundations.organisations.queries import acts_for, organisations_acted_for
from commonweal.foundations.people.models import Person
from commonweal.foundations.people.rules import holds, is_known
from commonweal.foundations.verbs import clock

from .models import Contribution, Conversation, Pledge

rules.add_rule("make a suggestion", is_known)
rules.add_rule("flag a suggestion", is_known)
rules.add_rule("open a conversation", holds("convenor"))
rules.add_rule("close a conversation", holds("convenor"))
rules.add_rule("key in a suggestion", holds("convenor"))
rules.add_rule("gather suggestions", holds("convenor"))
rules.add_rule("take a conversation away", holds("convenor"))
rules.add_rule("publish an open data set", holds("convenor"))
rules.add_rule("hold back a suggestion", holds("convenor"))
rules.add_rule("put to the vote", holds("convenor"))
rules.add_rule("invite to a conversation", holds("convenor"))
rules.add_rule("brief people", holds("convenor"))
rules.add_rule("moderate suggestions", holds("convenor"))
rules.add_rule("write the moderation policy", holds("convenor", "steward"))
rules.add_rule("see that something is held for care", holds("safeguarding", "steward"))
rules.add_rule("see to what is held for care", holds("safeguarding"))


@rules.predicate
def is_its_author(person: Person | None, contribution: Contribution) -> bool:
    return person is not None and contribution.person_id == person.pk


@rules.predicate
def is_shown(person: Person | None, contribution: Contribution) -> bool:
    return not contribution.is_held


@rules.predicate
def is_in_care(person: Person | None, contribution: Contribution) -> bool:
    return contribution.is_in_care


rules.add_rule("take a suggestion up again", holds("convenor") | is_its_author)
rules.add_rule("keep a suggestion private", is_its_author & is_in_care)
#: What is held for care is its author's and the safeguarding role's: no convenor, no steward, nobody else.
rules.add_rule(
    "read this suggestion",
    is_shown | is_its_author | (is_in_care & holds("safeguarding")) | (holds("convenor") & ~is_in_care),
)


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


@rules.predicate
def speaks_for_a_body(person: Person | None, record: object = None) -> bool:
    return person is not None and organisations_acted_for(person, on=clock.today()).exists()


@rules.predicate
def made_this_pledge(person: Person | None, pledge: Pledge) -> bool:
    if pledge.organisation is not None:
        return acts_for(person, pledge.organisation, on=clock.today())
    return person is not None and pledge.person_id == person.pk


rules.add_rule("say what a body learned", holds("convenor") | speaks_for_a_body)
rules.add_rule("say what became of this pledge", made_this_pledge)
