"""Questions about answers: the draft, who wrote it, who may check it, what was published, what was said to it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from commonweal.foundations.notices.models import Link, Receipt
from commonweal.foundations.people import queries as people
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref

from .. import writers
from ..models import Answer, Draft, Owed, OwedLine, Reopening, Reply, SentBack
from ..rules import KEEPERS, keys_in, works_at_the_desk
from .owing import concerns


def answers_seen_by(person: Person | None, *, on: date) -> QuerySet[Answer]:
    """Public answers; others to those whom the promise concerns."""
    answers = Answer.objects.select_related("owed", "words", "step", "corrects", "corrected_by")
    if works_at_the_desk(person):
        return answers
    return answers.filter(concerns(person, on, owed="owed", by="owed__owed_by"))


def answer_for(person: Person | None, uuid: UUID, *, on: date) -> Answer:
    """The one accessor."""
    return answers_seen_by(person, on=on).get(pk=uuid)


def answers_about(subject: Record | Ref) -> QuerySet[Answer]:
    """Published answers about a record, corrections after what they correct."""
    answers = Answer.objects.filter(owed__subject=subject, is_public=True).select_related("words", "owed")
    return answers.order_by("published_at", "pk")


def latest_answer(owed: Owed) -> Answer | None:
    return Answer.objects.filter(owed=owed, corrected_by=None).select_related("words").first()


def to_answer_anew(owed: Owed) -> Answer | None:
    """The answer that missed what was meant, while what was promised instead of it is open."""
    return latest_answer(owed) if owed.is_open else None


def can_be_reshaped(owed: Owed) -> bool:
    """Nothing was published, and nothing waits to be checked."""
    return owed.state in (Owed.State.OPEN, Owed.State.ASSIGNED) and latest_answer(owed) is None


def missed(owed: Owed) -> Reopening | None:
    """Why an answer is owed once more, while it is."""
    again = Reopening.objects.filter(owed=owed).select_related("reply__words", "answer__words").first()
    return again if owed.is_open else None


def current_draft(owed: Owed) -> Draft | None:
    return Draft.objects.filter(owed=owed, is_current=True).select_related("words").first()


def is_drafter(person: Person, draft: Draft) -> bool:
    """Also when they wrote it with a link to their own address, and when that link has forgotten whose it was."""
    if person.ref in (draft.drafted_by, draft.writer):
        return True
    return bool(draft.writer_digest) and draft.writer_digest in writers.digests_of(person.email)


def keepers(on: date) -> list[Person]:
    """All who see to answers on that day, by name."""
    found = {person.pk: person for kind in KEEPERS for person in people.holders(kind, on=on)}
    return sorted(found.values(), key=lambda person: (str(person), person.pk))


def may_clear(draft: Draft, *, on: date) -> list[Person]:
    """Who may find the draft right on that day: all who see to answers, but for whoever wrote it."""
    return [person for person in keepers(on) if not is_drafter(person, draft)]


def sent_back(owed: Owed) -> QuerySet[SentBack]:
    """Drafts of this answer that went back to their writers, oldest first."""
    return SentBack.objects.filter(owed=owed).select_related("words", "draft__words").order_by("number")


def sent_back_by(step: Step) -> SentBack | None:
    """The note that a step speaks of, for the link that was offered because of it."""
    return SentBack.objects.filter(step=step).select_related("words", "draft__words").first()


def link_behind(draft: Draft) -> Link | None:
    return Link.objects.filter(pk=draft.drafted_by.uuid).first() if draft.drafted_by.kind == Link.kind_name else None


def lines_to_reply_on(person: Person, answer: Answer) -> list[OwedLine]:
    """Own lines that were not replied on yet; at the desk everybody's, to key in what came on paper."""
    replied = Reply.objects.filter(answer=answer, line=OuterRef("pk"))
    lines = OwedLine.objects.filter(~Exists(replied), owed=answer.owed_id).select_related("step").order_by("pk")
    return list(lines[:200] if keys_in(person) else lines.filter(person=person))


def line_of_receipt(receipt: Receipt | None, answer: Answer) -> list[OwedLine]:
    """The line that the receipt is for, where this answers it and nobody replied on it yet."""
    if receipt is None:
        return []
    replied = Reply.objects.filter(answer=answer, line=OuterRef("pk"))
    lines = OwedLine.objects.filter(~Exists(replied), owed=answer.owed_id, contribution=receipt.subject)
    return list(lines.select_related("step"))


def replies_to(answer: Answer) -> QuerySet[Reply]:
    return Reply.objects.filter(answer=answer).select_related("words").order_by("at", "pk")


def reasons_given() -> dict[str, int]:
    """How often each reason was given in answers that stand."""
    standing = Answer.objects.filter(corrected_by=None, is_public=True)
    counts = standing.values("reason_code").annotate(count=Count("pk")).order_by("reason_code")
    return {row["reason_code"]: row["count"] for row in counts}
