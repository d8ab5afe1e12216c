from commonweal.foundations.verbs.guards import Function, append_only, register

record = Function(
    "thread_record",
    "thread_step",
    """CREATE OR REPLACE FUNCTION thread_record(
        p_uuid uuid, p_kind text, p_subject text, p_params jsonb, p_audience text, p_at timestamptz, p_causes bigint[]
    ) RETURNS bigint LANGUAGE plpgsql AS $$
    DECLARE
        step bigint;
    BEGIN
        INSERT INTO thread_step (uuid, kind, subject, params, audience, at)
        VALUES (p_uuid, p_kind, p_subject, p_params, p_audience, p_at) RETURNING id INTO step;
        INSERT INTO thread_cause (effect_id, cause_id) SELECT step, cause FROM unnest(p_causes) AS cause;
        RETURN step;
    END $$""",
)

register(*append_only("thread_step"), *append_only("thread_cause"), record)
