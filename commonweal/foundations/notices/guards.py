from commonweal.foundations.verbs.guards import append_only, register

register(*append_only("notices_link", frozen=["purpose", "subject", "token_digest", "expires_at", "because_id"]))
register(*append_only("notices_receipt"))
