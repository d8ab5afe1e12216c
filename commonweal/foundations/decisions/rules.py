"""Who may do what with answers."""

import rules

from commonweal.foundations.people.rules import holds

#: Convenors run the answering desk; stewards stand in for them; auditors look on.
works_at_the_desk = holds("convenor", "steward", "auditor")

rules.add_rule("see to answers", holds("convenor", "steward"))
