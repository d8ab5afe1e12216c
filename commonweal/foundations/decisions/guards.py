from commonweal.foundations.verbs.guards import append_only, register

for table in (
    "decision",
    "option",
    "dissent",
    "interest",
    "asking",
    "assent",
    "owedline",
    "extension",
    "answer",
    "reply",
    "sentback",
):
    register(*append_only(f"decisions_{table}"))
register(*append_only("decisions_assignment"))
register(
    *append_only(
        "decisions_owed", frozen=["subject", "title", "first_due_on", "owed_by", "owed_at", "because_id", "step_id"]
    )
)
register(
    *append_only(
        "decisions_draft",
        frozen=[
            "owed_id",
            "reason_code",
            "words_id",
            "cost_pence",
            "referred_to",
            "drafted_by",
            "writer",
            "writer_digest",
        ],
    )
)
