from commonweal.foundations.verbs.guards import Trigger, append_only, register

for table in ("concern", "concernversion", "indicator", "reading"):
    register(*append_only(f"outcomes_{table}"))
register(
    *append_only(
        "outcomes_outcome",
        frozen=["concern_id", "statement_id", "proposed_by_id", "proposed_at", "proposal_id", "sent_as"],
    )
)
register(
    *append_only(
        "outcomes_obligation",
        frozen=[
            "outcome_id",
            "organisation_id",
            "what",
            "due_on",
            "depends_on_id",
            "taken_on_at",
            "step_id",
            "sent_as",
        ],
    )
)
#: That a task is done is said once, with what came of it and by whom.
SAID_ONCE = "what_is_said_of_a_done_task_is_never_changed"
ONCE_DONE = "BEFORE UPDATE OF done_at, done_by_id, done_step_id, came_of_it_id ON outcomes_obligation"
register(
    Trigger(
        SAID_ONCE,
        "outcomes_obligation",
        f"CREATE TRIGGER {SAID_ONCE} {ONCE_DONE} WHEN OLD.done_at IS NOT NULL"
        f" BEGIN SELECT RAISE(ABORT, '{SAID_ONCE.replace('_', ' ')}'); END",
        f"CREATE TRIGGER {SAID_ONCE} {ONCE_DONE} FOR EACH ROW WHEN (OLD.done_at IS NOT NULL)"
        f" EXECUTE FUNCTION commonweal_refuse('{SAID_ONCE}')",
    )
)
