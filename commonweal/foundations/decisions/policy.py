"""How long things take here. House rules, not law: each is one named number."""

from datetime import date, datetime, timedelta

from django.utils import timezone

#: A person may reply to an answer within so many working days of its publication.
REPLY_WORKING_DAYS = 20
#: An answer that missed what somebody meant comes again within so many working days.
ANSWER_AGAIN_WORKING_DAYS = 10
#: So many days before the date whoever has it is reminded.
REMIND_DAYS_BEFORE = 3
#: The head of a service is told so many days after it.
HEAD_IS_TOLD_AFTER_DAYS = 3
#: A link by which an officer drafts, or a party says whether it agrees, stays open so long.
A_LINK_LASTS = timedelta(days=60)


def day_of(at: datetime) -> date:
    """The day it is here at that moment: half past midnight in summer is a new day, though not by Greenwich."""
    return timezone.localtime(at).date()
