from commonweal.foundations.verbs.guards import append_only, register

register(*append_only("learning_lesson"))
