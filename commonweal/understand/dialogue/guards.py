from commonweal.foundations.verbs.guards import Trigger, append_only, register

for table in (
    "cast",
    "heard",
    "theme",
    "gathering",
    "gathered",
    "settingaside",
    "setaside",
    "takingup",
    "reshaping",
    "ended",
    "begun",
):
    register(*append_only(f"dialogue_{table}"))
for table in ("moderation", "moderated", "policy", "careact"):
    register(*append_only(f"dialogue_{table}"))
register(*append_only("dialogue_flag", frozen=["contribution_id", "person_id", "because", "at"]))
#: The clock that was started runs: nobody sets it back.
register(*append_only("dialogue_concern", frozen=["contribution_id", "found_by", "opened_at", "due_at"]))
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
            "promised_by_id",
            "owed_id",
            "despite_hold_id",
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

#: A passing map makes room for the next; the one that was made when the conversation was over does not.
for name, event in (
    ("the_last_map_of_a_conversation_stays_as_it_is", "UPDATE"),
    ("the_last_map_of_a_conversation_is_kept", "DELETE"),
):
    _begins = f"CREATE TRIGGER {name} BEFORE {event} ON dialogue_opinionmap"
    register(
        Trigger(
            name,
            "dialogue_opinionmap",
            f"{_begins} WHEN OLD.is_last BEGIN SELECT RAISE(ABORT, '{name.replace('_', ' ')}'); END",
            f"{_begins} FOR EACH ROW WHEN (OLD.is_last) EXECUTE FUNCTION commonweal_refuse('{name}')",
        )
    )
register(
    *append_only(
        "dialogue_point", frozen=["conversation_id", "kind", "words_id", "cost_pence", "source", "by_id", "at"]
    )
)
#: A set stays as it was published, or goes altogether.
register(
    *append_only(
        "dialogue_openset",
        frozen=[
            "conversation_id",
            "people",
            "statements",
            "votes",
            "digest",
            "found",
            "seed",
            "is_easy",
            "reason_id",
            "published_by_id",
            "published_at",
            "step_id",
        ],
    )
)
