from commonweal.foundations.verbs.guards import append_only, register

register(*append_only("audit_entry"))
register(*append_only("audit_words", frozen=["id", "digest", "language"]))
