from commonweal.foundations.verbs.guards import append_only, register

for table in ("concern", "concernversion", "indicator", "reading"):
    register(*append_only(f"outcomes_{table}"))
register(
    *append_only(
        "outcomes_outcome", frozen=["concern_id", "statement_id", "proposed_by_id", "proposed_at", "proposal_id"]
    )
)
register(
    *append_only(
        "outcomes_obligation",
        frozen=["outcome_id", "organisation_id", "what", "due_on", "depends_on_id", "taken_on_at", "step_id"],
    )
)
