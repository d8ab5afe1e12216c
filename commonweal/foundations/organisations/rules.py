"""Who may say something about an organisation."""

import rules

from commonweal.foundations.people.rules import holds

rules.add_rule("name the head of a service", holds("convenor", "steward"))
