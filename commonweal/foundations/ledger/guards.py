"""The ledger's laws, kept by the database on both engines. Each is named by the sentence that it says when it refuses.

PostgreSQL posts by `post.sql`: the journal first, then its entries; a deferred constraint trigger looks at the whole
when the transaction ends. SQLite cannot defer a trigger: the entries go in first under a deferred key, the journal
last, whose trigger looks at the whole; another refuses entries to a journal that is there.
"""

from pathlib import Path

from commonweal.foundations.verbs.guards import Trigger, append_only, register

POST = (Path(__file__).parent / "post.sql").read_text(encoding="utf-8")

BOTH = ("sqlite", "postgresql")


def law(
    name: str, table: str, when: str, broken: str, *, engines: tuple[str, ...] = BOTH, wall: bool = False
) -> Trigger:
    """A trigger that refuses a row for which `broken` holds.

    Args:
        when: as `BEFORE INSERT`.
        broken: a condition on NEW and OLD, in words that both engines read.
        wall: PostgreSQL looks when the transaction ends, at what all of it did.
    """
    sentence = name.replace("_", " ")
    kind = "CONSTRAINT TRIGGER" if wall else "TRIGGER"
    deferred = "DEFERRABLE INITIALLY DEFERRED " if wall else ""
    return Trigger(
        name,
        table,
        f"CREATE TRIGGER {name} {when} ON {table} WHEN {broken} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        if "sqlite" in engines
        else None,
        f"""CREATE OR REPLACE FUNCTION ledger_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {broken} THEN RAISE EXCEPTION '{sentence}' USING ERRCODE = '23514'; END IF;
            RETURN NEW;
        END $$;
        CREATE {kind} {name} {when} ON {table} {deferred}FOR EACH ROW EXECUTE FUNCTION ledger_{name}()"""
        if "postgresql" in engines
        else None,
    )


def keeps(name: str, table: str, when: str, does: str, *, only: str = "1 = 1") -> Trigger:
    """A trigger that carries a sum along whenever a row comes in or changes."""
    return Trigger(
        name,
        table,
        f"CREATE TRIGGER {name} {when} ON {table} WHEN {only} BEGIN {does}; END",
        f"""CREATE OR REPLACE FUNCTION ledger_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN IF {only} THEN {does}; END IF; RETURN NEW; END $$;
        CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW EXECUTE FUNCTION ledger_{name}()""",
    )


def is_not_whole(journal: str, lines: str) -> str:
    """Whether a journal's entries are not as many as it says, or do not sum to nought in every unit."""
    return f"""(
        (SELECT count(*) FROM ledger_entry e WHERE e.journal_id = {journal}) <> {lines}
        OR EXISTS (
            SELECT 1 FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id
            WHERE e.journal_id = {journal} GROUP BY a.unit HAVING sum(e.amount) <> 0
        )
    )"""  # noqa: S608


#: PostgreSQL looks at all entries of a statement at once: their journal is there, in this transaction, and has room for
#: them. One that is there from before has none. What they move, they move in one go. Rows are looked up
#: by their keys: a plan made while the tables were small would read them from end to end while the session lives.
ENTRIES_TOGETHER = """
CREATE OR REPLACE FUNCTION ledger_an_entry_moves_the_balance() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM (SELECT DISTINCT journal_id FROM fresh) f LEFT JOIN ledger_journal j ON j.id = f.journal_id
        WHERE j.id IS NULL OR (SELECT count(*) FROM ledger_entry e WHERE e.journal_id = f.journal_id) > j.lines
    ) THEN
        RAISE EXCEPTION 'a journal that is there takes no more entries' USING ERRCODE = '23514';
    END IF;
    UPDATE ledger_account a SET balance = a.balance + f.amount
        FROM (SELECT account_id, sum(amount)::bigint AS amount FROM fresh GROUP BY account_id) f
        WHERE a.id = f.account_id;
    RETURN NULL;
END $$;
CREATE TRIGGER an_entry_moves_the_balance AFTER INSERT ON ledger_entry
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ledger_an_entry_moves_the_balance()
"""

JOURNALS = (
    law("a_journal_balances", "ledger_journal", "AFTER INSERT", is_not_whole("NEW.id", "NEW.lines"), wall=True),
    law(
        "a_journal_that_is_there_takes_no_more_entries",
        "ledger_entry",
        "BEFORE INSERT",
        "EXISTS (SELECT 1 FROM ledger_journal WHERE id = NEW.journal_id)",
        engines=("sqlite",),
    ),
    law(
        "a_journal_has_a_reason_on_the_thread",
        "ledger_journal",
        "BEFORE INSERT",
        "NOT EXISTS (SELECT 1 FROM thread_step WHERE id = NEW.reason_id)",
    ),
    law(
        "a_journal_falls_into_an_open_period",
        "ledger_journal",
        "BEFORE INSERT",
        "NOT EXISTS (SELECT 1 FROM ledger_period WHERE id = NEW.period_id AND closed_at IS NULL)",
    ),
    Trigger(
        "an_entry_moves_the_balance",
        "ledger_entry",
        "CREATE TRIGGER an_entry_moves_the_balance AFTER INSERT ON ledger_entry BEGIN"
        " UPDATE ledger_account SET balance = balance + NEW.amount WHERE id = NEW.account_id; END",
        ENTRIES_TOGETHER,
    ),
    *append_only("ledger_journal"),
    *append_only("ledger_entry"),
)

ACCOUNTS = (
    law("an_account_opens_empty", "ledger_account", "BEFORE INSERT", "(NEW.balance <> 0 OR NEW.held <> 0)"),
    Trigger(
        "a_balance_moves_only_with_an_entry",
        "ledger_account",
        None,
        POST
        + """
        CREATE TRIGGER a_balance_moves_only_with_an_entry BEFORE UPDATE OF balance, held ON ledger_account
        FOR EACH ROW WHEN (pg_trigger_depth() = 0)
        EXECUTE FUNCTION commonweal_refuse('a_balance_moves_only_with_an_entry')""",
    ),
    *append_only("ledger_account", frozen=["id", "owner", "unit", "opened_at"]),
    law(
        "a_closed_account_stays_closed",
        "ledger_account",
        "BEFORE UPDATE OF closed_at",
        "OLD.closed_at IS NOT NULL",
    ),
)

HOLDS = (
    keeps(
        "a_hold_sets_aside",
        "ledger_hold",
        "AFTER INSERT",
        "UPDATE ledger_account SET held = held + NEW.amount WHERE id = NEW.account_id",
        only="NEW.ended_at IS NULL",
    ),
    keeps(
        "an_ended_hold_sets_free",
        "ledger_hold",
        "AFTER UPDATE OF ended_at",
        "UPDATE ledger_account SET held = held - NEW.amount WHERE id = NEW.account_id",
        only="OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL",
    ),
    law("a_hold_ends_once", "ledger_hold", "BEFORE UPDATE OF ended_at", "OLD.ended_at IS NOT NULL"),
    *append_only("ledger_hold", frozen=["id", "account_id", "amount", "reason_id", '"by"', "made_at"]),
)

PAYMENTS = (
    law("a_payment_begins_as_asked_for", "ledger_payment", "BEFORE INSERT", "NEW.state <> 'proposed'"),
    law(
        "a_payment_goes_forward_one_state_at_a_time",
        "ledger_payment",
        "BEFORE UPDATE OF state",
        """NEW.state <> OLD.state AND NOT (
            OLD.state = 'proposed' AND NEW.state IN ('authorised', 'withdrawn', 'declined')
            OR OLD.state = 'authorised' AND NEW.state IN ('sent', 'withdrawn', 'declined')
            OR OLD.state = 'sent' AND NEW.state IN ('confirmed', 'failed')
        )""",
    ),
    law(
        "a_payment_is_authorised_by_enough_people",
        "ledger_payment",
        "BEFORE UPDATE OF state",
        """NEW.state = 'authorised' AND OLD.state = 'proposed'
        AND (SELECT count(*) FROM ledger_authorisation WHERE payment_id = NEW.id) < NEW.eyes""",
    ),
    law(
        "nobody_authorises_a_payment_to_themselves",
        "ledger_authorisation",
        "BEFORE INSERT",
        'EXISTS (SELECT 1 FROM ledger_payment WHERE id = NEW.payment_id AND beneficiary = NEW."by")',
    ),
    law(
        "whoever_asked_for_a_payment_does_not_authorise_it",
        "ledger_authorisation",
        "BEFORE INSERT",
        'EXISTS (SELECT 1 FROM ledger_payment WHERE id = NEW.payment_id AND proposed_by = NEW."by")',
    ),
    law(
        "a_declined_payment_has_somebody_who_said_why",
        "ledger_payment",
        "BEFORE UPDATE OF state",
        """NEW.state = 'declined' AND OLD.state <> 'declined'
        AND NOT EXISTS (SELECT 1 FROM ledger_objection WHERE payment_id = NEW.id)""",
    ),
    law(
        "a_no_comes_before_a_payment_is_sent",
        "ledger_objection",
        "BEFORE INSERT",
        """NOT EXISTS (
            SELECT 1 FROM ledger_payment WHERE id = NEW.payment_id AND state IN ('proposed', 'authorised')
        )""",
    ),
    law(
        "whoever_made_the_file_does_not_alone_say_it_was_paid",
        "ledger_payment",
        "BEFORE UPDATE OF state",
        """NEW.state = 'confirmed' AND OLD.state <> 'confirmed' AND NEW.eyes > 1
        AND NEW.heard_from = (SELECT d."by" FROM ledger_dispatch d WHERE d.id = NEW.dispatch_id)
        AND NOT EXISTS (
            SELECT 1 FROM intake_intake i
            WHERE i.id = NEW.heard_in_id AND i.source = 'paying-system' AND i.state = 'taken'
        )""",
    ),
    law(
        "a_payment_that_is_over_sets_nothing_aside",
        "ledger_payment",
        "BEFORE UPDATE OF state",
        """NEW.state IN ('confirmed', 'failed', 'withdrawn', 'declined')
        AND EXISTS (SELECT 1 FROM ledger_hold WHERE id = NEW.hold_id AND ended_at IS NULL)""",
    ),
    *append_only(
        "ledger_payment",
        frozen=[
            "id", "from_account_id", "to_account_id", "pence", "beneficiary", "words_id", "reference",
            "reason_id", "proposed_by", "proposed_at", "sent_as", "eyes", "is_public",
        ],
    ),
    *append_only("ledger_authorisation"),
    *append_only("ledger_objection"),
    *append_only("ledger_dispatch"),
    *append_only("ledger_stray"),
)  # fmt: skip

PERIODS = (
    law("a_closed_period_stays_closed", "ledger_period", "BEFORE UPDATE OF closed_at", "OLD.closed_at IS NOT NULL"),
    *append_only("ledger_period", frozen=["id", "first_on"]),
)

register(*JOURNALS, *ACCOUNTS, *HOLDS, *PAYMENTS, *PERIODS)
