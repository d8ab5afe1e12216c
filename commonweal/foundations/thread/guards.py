from commonweal.foundations.verbs.guards import append_only, register

register(*append_only("thread_step"), *append_only("thread_cause"))
