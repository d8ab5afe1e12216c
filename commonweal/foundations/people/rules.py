"""Who holds which role today, and over what. Other rooms build their own rules from these.

A rule is asked at the edge, where a page opens or a verb begins, so the day is today.

>>> rules.add_rule("gather suggestions", holds("convenor"))
"""

import rules

from commonweal.foundations.verbs import clock

from .models import Person


def holds(*kinds: str) -> rules.predicates.Predicate:
    """A predicate: the person holds one of these roles today. Nobody signed in holds none."""

    @rules.predicate(name=f"holds:{'|'.join(kinds)}")
    def predicate(person: Person | None, record: object = None) -> bool:
        if person is None:
            return False
        today = clock.today()
        return any(role.kind in kinds and role.is_held_on(today) and role.covers(record) for role in person.roles.all())

    return predicate


@rules.predicate
def is_known(person: Person | None, record: object = None) -> bool:
    """Somebody is signed in."""
    return person is not None


rules.add_rule("keep people and their roles", holds("steward"))
