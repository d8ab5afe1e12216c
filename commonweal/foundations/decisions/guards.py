from commonweal.foundations.verbs.guards import Trigger, append_only, register

#: Who wrote a draft is kept until its answer is out, and not longer: nothing else may become of the digest.
_FORGOTTEN = "a_writer_is_forgotten_only_when_the_answer_is_out"
_SENTENCE = _FORGOTTEN.replace("_", " ")
_TOO_SOON = """NEW.writer_digest <> OLD.writer_digest AND (
    NEW.writer_digest <> '' OR NEW.is_current
    OR NOT EXISTS (SELECT 1 FROM decisions_answer a WHERE a.owed_id = NEW.owed_id)
)"""
_EVENT = "BEFORE UPDATE OF writer_digest ON decisions_draft"

forgotten_only_when_answered = Trigger(
    _FORGOTTEN,
    "decisions_draft",
    f"CREATE TRIGGER {_FORGOTTEN} {_EVENT} WHEN {_TOO_SOON} BEGIN SELECT RAISE(ABORT, '{_SENTENCE}'); END",
    f"""CREATE OR REPLACE FUNCTION decisions_{_FORGOTTEN}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {_TOO_SOON} THEN RAISE EXCEPTION '{_SENTENCE}' USING ERRCODE = '23514'; END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER {_FORGOTTEN} {_EVENT} FOR EACH ROW EXECUTE FUNCTION decisions_{_FORGOTTEN}()""",
)

for table in (
    "decision",
    "option",
    "dissent",
    "ownword",
    "interest",
    "asking",
    "assent",
    "owedline",
    "extension",
    "answer",
    "reply",
    "sentback",
    "reopening",
    "succession",
    "reminder",
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
        ],
    ),
    forgotten_only_when_answered,
)
