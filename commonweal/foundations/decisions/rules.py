"""Who may do what with answers."""

import rules

from commonweal.foundations.people.rules import holds

#: Convenors run the answering desk; stewards stand in for them; auditors look on.
works_at_the_desk = holds("convenor", "steward", "auditor")
#: What came on paper or by phone is keyed in by them.
KEEPERS = ("convenor", "steward")
keys_in = holds(*KEEPERS)

rules.add_rule("see to answers", keys_in)
rules.add_rule("record a decision", holds("convenor", "commissioner"))
rules.add_rule("key in agreement", keys_in)
