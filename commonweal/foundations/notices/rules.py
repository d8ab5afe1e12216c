"""Who sees to letters and failed deliveries."""

import rules

from commonweal.foundations.people.rules import holds

rules.add_rule("see to the post", holds("convenor", "steward"))
