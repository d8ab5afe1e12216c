"""Who may do what with lessons."""

import rules

from commonweal.foundations.people.rules import holds

rules.add_rule("keep a lesson", holds("convenor", "commissioner", "practitioner", "partner"))
rules.add_rule("open the next conversation", holds("convenor"))
