from commonweal.foundations.verbs.guards import append_only, register

register(*append_only("publishing_measure"), *append_only("publishing_finding"), *append_only("publishing_copy"))
