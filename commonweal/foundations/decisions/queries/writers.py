"""Who wrote an answer with a link, and is to hear what became of it."""

from __future__ import annotations

from commonweal.foundations.notices.models import Link

from ..models import Answer, Assignment, Draft


def links_to_tell(answer: Answer) -> list[Link]:
    """The link that the published answer was written with, and those of officers whose drafts were not used.

    One for each address: an answer that came back was written with two. Whoever was asked once more, and whose newer
    link was taken back, is not written to any more.
    """
    drafts = Draft.objects.filter(owed=answer.owed_id, corrects=answer.corrects_id)
    written = {draft.drafted_by.uuid for draft in drafts}
    asked = Assignment.objects.filter(owed=answer.owed_id).select_related("link").order_by("number")
    latest = {each.link.email: each.link for each in asked if each.link.email}
    wrote = {each.link.email: each.link for each in asked if each.link.email and each.link_id in written}
    return [link for email, link in wrote.items() if latest[email].withdrawn_at is None]
