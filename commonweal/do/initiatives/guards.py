"""What was put in, taken up and given stays as it was said; who leads begins once and ends once."""

from commonweal.foundations.verbs.guards import Trigger, append_only, register


def law(name: str, table: str, when: str, broken: str) -> Trigger:
    """A trigger that refuses a row for which `broken` holds, with its own name as the sentence.

    Args:
        when: as `BEFORE INSERT`.
        broken: a condition on NEW and OLD, in words that both engines read.
    """
    sentence = name.replace("_", " ")
    return Trigger(
        name,
        table,
        f"CREATE TRIGGER {name} {when} ON {table} WHEN {broken} BEGIN SELECT RAISE(ABORT, '{sentence}'); END",
        f"""CREATE OR REPLACE FUNCTION initiatives_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {broken} THEN RAISE EXCEPTION '{sentence}' USING ERRCODE = '23514'; END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW EXECUTE FUNCTION initiatives_{name}()""",
    )


register(
    law(
        "hours_end_once",
        "initiatives_givenhours",
        "BEFORE UPDATE OF ended_at",
        "OLD.ended_at IS NOT NULL",
    ),
    law(
        "hours_are_declined_by_others_before_they_count",
        "initiatives_doubt",
        "BEFORE INSERT",
        """NOT EXISTS (
            SELECT 1 FROM initiatives_givenhours g WHERE g.id = NEW.given_id AND g.confirmed_at IS NULL
            AND g.told_by_id <> NEW.by_id AND (g.giver_id IS NULL OR g.giver_id <> NEW.by_id)
        )""",
    ),
    *append_only("initiatives_doubt"),
    *append_only("initiatives_initiative", frozen=["id", "story_id", "begun_by_id", "begun_at", "step_id", "sent_as"]),
    *append_only("initiatives_lead", frozen=["id", "initiative_id", "person_id", "from_at", "sent_as"]),
    *append_only(
        "initiatives_partner",
        frozen=["id", "initiative_id", "organisation_id", "role", "asked_at", "step_id", "sent_as"],
    ),
    *append_only("initiatives_adopted"),
    *append_only(
        "initiatives_pooledfund",
        frozen=[
            "id",
            "initiative_id",
            "host_id",
            "pounds_id",
            "hours_id",
            "hours_worked_id",
            "opened_at",
            "step_id",
            "sent_as",
        ],
    ),
    *append_only("initiatives_fundcontribution"),
    *append_only(
        "initiatives_givenhours",
        frozen=[
            "id",
            "fund_id",
            "giver_id",
            "group_id",
            "minutes",
            "given_on",
            "what_id",
            "told_by_id",
            "told_at",
            "because_id",
        ],
    ),
)
