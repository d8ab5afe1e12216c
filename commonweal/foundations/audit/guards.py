from commonweal.foundations.verbs.guards import Function, Trigger, append_only, register

_EMPTIED = (
    "OLD.removed_at IS NULL AND NEW.removed_at IS NOT NULL AND NEW.removed_because <> ''"
    " AND NEW.text = '' AND length(NEW.salt) = 0"
)
_EVENT = "BEFORE UPDATE OF text, salt, removed_at, removed_because ON audit_words FOR EACH ROW"

only_emptied = Trigger(
    "words_are_only_ever_emptied",
    "audit_words",
    f"CREATE TRIGGER words_are_only_ever_emptied {_EVENT} WHEN NOT ({_EMPTIED})"
    " BEGIN SELECT RAISE(ABORT, 'words are only ever emptied'); END",
    f"CREATE TRIGGER words_are_only_ever_emptied {_EVENT} WHEN (NOT ({_EMPTIED}))"
    " EXECUTE FUNCTION commonweal_refuse('words_are_only_ever_emptied')",
)

enter = Function(
    "audit_enter",
    "audit_entry",
    """CREATE OR REPLACE FUNCTION audit_enter(
        p_verb text, p_by text, p_subject text, p_happened_at timestamptz, p_facts jsonb, p_sealed_words jsonb
    ) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO audit_entry (verb, "by", subject, happened_at, facts, sealed_words)
        VALUES (p_verb, p_by, p_subject, p_happened_at, p_facts, p_sealed_words);
    END $$""",
)

register(*append_only("audit_entry"), enter)
register(*append_only("audit_words", frozen=["id", "digest", "language"]), only_emptied)
register(*append_only("audit_leaf"), *append_only("audit_key"), *append_only("audit_seal"))
register(*append_only("audit_redaction", frozen=["id", "words_id", "because", '"by"', "proposed_at"]))
register(*append_only("audit_removal"))
