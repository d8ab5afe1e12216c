"""Who may do what in a conversation."""

import rules

from commonweal.foundations.people.models import Person
from commonweal.foundations.people.rules import holds, is_known

from .models import Contribution

rules.add_rule("make a suggestion", is_known)
rules.add_rule("open a conversation", holds("convenor"))
rules.add_rule("close a conversation", holds("convenor"))
rules.add_rule("key in a suggestion", holds("convenor"))
rules.add_rule("gather suggestions", holds("convenor"))
rules.add_rule("take a conversation away", holds("convenor"))
rules.add_rule("publish an open data set", holds("convenor"))
rules.add_rule("hold back a suggestion", holds("convenor"))


@rules.predicate
def is_its_author(person: Person | None, contribution: Contribution) -> bool:
    return person is not None and contribution.person_id == person.pk


@rules.predicate
def is_shown(person: Person | None, contribution: Contribution) -> bool:
    return not contribution.is_held


rules.add_rule("take a suggestion up again", holds("convenor") | is_its_author)
rules.add_rule("read this suggestion", is_shown | is_its_author | holds("convenor"))
