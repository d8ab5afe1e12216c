from commonweal.foundations.verbs.guards import append_only, register

for table in ("cast", "theme", "gathering", "gathered", "settingaside", "setaside", "takingup"):
    register(*append_only(f"dialogue_{table}"))
register(
    *append_only(
        "dialogue_conversation",
        frozen=[
            "question",
            "why_id",
            "promise_id",
            "answer_within",
            "opens_at",
            "closes_at",
            "opened_by_id",
            "brought_in_from",
            "code",
            "who_may",
            "step_id",
        ],
    )
)
#: Whether the name is shown, whether it is held back or set aside, by which step it is known: nothing else may change.
register(
    *append_only(
        "dialogue_contribution",
        frozen=[
            "conversation_id",
            "channel",
            "words_id",
            "person_id",
            "given_on",
            "kept_at",
            "keyed_in_by_id",
            "on_word_of_id",
        ],
    )
)
register(*append_only("dialogue_statement", frozen=["conversation_id", "contribution_id", "number", "author_id"]))
for table in ("insight", "duty", "considered", "ticked"):
    register(*append_only(f"dialogue_{table}"))
#: What became of a pledge may be said, and whether the name is shown; of evidence, that it was taken back.
register(
    *append_only(
        "dialogue_pledge",
        frozen=["conversation_id", "person_id", "organisation_id", "words_id", "by_on", "at", "step_id"],
    )
)
register(
    *append_only(
        "dialogue_evidence",
        frozen=["conversation_id", "principle", "words_id", "link", "about_id", "by_id", "at"],
    )
)
#: A count of answers may only grow by answers; a row of it is never taken away.
register(*append_only("dialogue_tick", frozen=["conversation_id", "characteristic", "answer"]))
