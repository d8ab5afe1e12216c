CREATE OR REPLACE FUNCTION ledger_post(
    p_id uuid, p_digest bytea, p_reason bigint, p_by text, p_at timestamptz, p_month date, p_corrects uuid,
    p_accounts uuid[], p_amounts bigint[],
    OUT outcome text, OUT period uuid, OUT late boolean, OUT recorded timestamptz, OUT account uuid
) LANGUAGE plpgsql AS $$
-- Posts one journal whole, or says in `outcome` why not and writes nothing: one round trip.
-- Accounts are locked in the order of their ids, so that no two postings wait for each other.
DECLARE
    each record;
    known bytea;
    found_accounts integer := 0;
BEGIN
    -- A month is closed under the exclusive twin of this lock, so what is open here stays open until we commit.
    PERFORM pg_advisory_xact_lock_shared(7265617, 1);
    SELECT p.id, p.first_on <> p_month INTO period, late FROM ledger_period p
        WHERE p.first_on >= p_month AND p.closed_at IS NULL ORDER BY p.first_on LIMIT 1;
    IF period IS NULL OR late AND NOT EXISTS (SELECT 1 FROM ledger_period p WHERE p.first_on = p_month) THEN
        outcome := 'no_period';
        RETURN;
    END IF;

    FOR each IN
        SELECT a.id, a.balance, a.held, a.floor, a.ceiling, a.closed_at, d.amount
        FROM unnest(p_accounts, p_amounts) AS d(id, amount) JOIN ledger_account a ON a.id = d.id
        ORDER BY a.id FOR NO KEY UPDATE OF a
    LOOP
        found_accounts := found_accounts + 1;
        IF each.closed_at IS NOT NULL THEN
            outcome := 'closed';
            account := each.id;
            EXIT;
        ELSIF each.amount < 0 AND each.balance - each.held + each.amount < each.floor THEN
            outcome := 'below_floor';
            account := each.id;
            EXIT;
        ELSIF each.amount > 0 AND each.balance + each.amount > each.ceiling THEN
            -- Said only where nothing else is wrong: that there is not enough comes first.
            outcome := 'above_ceiling';
            account := each.id;
        END IF;
    END LOOP;
    IF outcome IS NULL AND found_accounts <> cardinality(p_accounts) THEN
        outcome := 'no_account';
    END IF;

    IF outcome IS NULL THEN
        INSERT INTO ledger_journal
            (id, digest, reason_id, "by", happened_at, period_id, is_late, corrects_id, lines)
        VALUES (p_id, p_digest, p_reason, p_by, p_at, period, late, p_corrects, cardinality(p_accounts))
        ON CONFLICT (id) DO NOTHING RETURNING recorded_at INTO recorded;
        IF FOUND THEN
            INSERT INTO ledger_entry (journal_id, account_id, amount)
                SELECT p_id, d.id, d.amount FROM unnest(p_accounts, p_amounts) AS d(id, amount);
            outcome := 'posted';
            RETURN;
        END IF;
    END IF;

    -- Nothing was written. A repetition gets the first answer, also when the money has gone since.
    SELECT j.digest, j.period_id, j.is_late, j.recorded_at INTO known, period, late, recorded
        FROM ledger_journal j WHERE j.id = p_id;
    IF FOUND THEN
        outcome := CASE WHEN known = p_digest THEN 'repeated' ELSE 'conflict' END;
    END IF;
END $$;
