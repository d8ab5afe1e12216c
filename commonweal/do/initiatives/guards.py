"""What was put in, taken up and given stays as it was said; who leads begins once and ends once."""

from commonweal.foundations.verbs.guards import append_only, register

register(
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
