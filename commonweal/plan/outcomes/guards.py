from commonweal.foundations.verbs.guards import append_only, register

register(*append_only("outcomes_reading"), *append_only("outcomes_concernversion"))
