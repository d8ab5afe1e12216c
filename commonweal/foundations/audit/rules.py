"""Who may read the trail and take words away.

People live above this room, so a person is whoever pages hand over: someone with `roles`, each held from one day to
another.
"""

from typing import Any

import rules

from commonweal.foundations.verbs import clock


def _holds(kind: str) -> rules.predicates.Predicate:
    @rules.predicate(name=f"is a {kind}")
    def predicate(person: Any, record: object = None) -> bool:
        if not hasattr(person, "roles"):
            return False
        today = clock.today()
        return any(role.kind == kind and role.is_held_on(today) and role.covers(record) for role in person.roles.all())

    return predicate


is_steward = _holds("steward")
is_auditor = _holds("auditor")

rules.add_rule("read the audit trail", is_steward | is_auditor)
rules.add_rule("propose a redaction", is_steward)
rules.add_rule("settle a redaction", is_steward | is_auditor)
