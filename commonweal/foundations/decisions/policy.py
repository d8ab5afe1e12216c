"""How long things take here. House rules, not law: each is one named number."""

from datetime import timedelta

#: A person may reply to an answer within so many working days of its publication.
REPLY_WORKING_DAYS = 20
#: A link by which an officer drafts, or a party says whether it agrees, stays open so long.
A_LINK_LASTS = timedelta(days=60)
