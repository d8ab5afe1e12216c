"""Questions about initiatives, by what they are about. They are public, but for time that nobody has confirmed yet."""

from .flows import Flows, flows
from .hours import concerns, confirmed_hours, hours_for, hours_to_confirm, hours_waiting_for_others, seen_by
from .initiatives import (
    asked_for,
    groups_of,
    initiative_for,
    initiatives,
    leads_of,
    partner_for,
    partners_and_asked,
    partners_of,
    partners_seen_by,
    tasks_of,
    tasks_to_take_up,
)
from .payments import payee_names, payment_for, payments_from, payments_to_answer, payments_to_see_through
from .purses import Given, Purse, contributions_to, fund_for, purse_of
from .waiting import waiting_for

__all__ = [
    "Flows",
    "Given",
    "Purse",
    "asked_for",
    "concerns",
    "confirmed_hours",
    "contributions_to",
    "flows",
    "fund_for",
    "groups_of",
    "hours_for",
    "hours_to_confirm",
    "hours_waiting_for_others",
    "initiative_for",
    "initiatives",
    "leads_of",
    "partner_for",
    "partners_and_asked",
    "partners_of",
    "partners_seen_by",
    "payee_names",
    "payment_for",
    "payments_from",
    "payments_to_answer",
    "payments_to_see_through",
    "purse_of",
    "seen_by",
    "tasks_of",
    "tasks_to_take_up",
    "waiting_for",
]
