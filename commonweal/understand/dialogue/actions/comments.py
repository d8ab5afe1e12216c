"""Bring in what people said in a form tool, on paper or by phone, from one file: all that is new of it, or nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.audit.models import Words
from commonweal.foundations.intake import actions as intakes
from commonweal.foundations.intake.models import Intake
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.refusals import Refusal

from ..comments import Comments, Said
from ..models import Contribution, Conversation, Heard
from ..wording import clean
from .coming import Coming, plan_comments
from .contributions import keep_as_seen_first

#: By which way an answer may have come before somebody put it into a file.
CHANNELS = (Contribution.Channel.FORM, Contribution.Channel.PAPER, Contribution.Channel.PHONE)


class NothingNew(Refusal):
    plainly = _("Everything in this file is here already. Nothing was kept.")


@dataclass(frozen=True)
class BroughtIn:
    """What came in, and how many of it are held back until somebody has read them."""

    coming: Coming
    contributions: tuple[Contribution, ...]
    held: int
    step: Step


@transaction.atomic
def import_comments(
    *,
    comments: Comments,
    on_word_of: str,
    by: Person,
    at: datetime,
    because: Step | None = None,
    channel: str = Contribution.Channel.FORM,
    hold_personal: bool = True,
    looked_at: Intake | None = None,
) -> BroughtIn:
    """Keep every answer that is not here yet, each as a suggestion of its own. Brought in again, a file adds only what
    is new.

    Args:
        on_word_of: how we know: which survey, which form, who sent the file.
        hold_personal: hold back what looks as if it held private details, until a convenor has read it.
        looked_at: the preview that a person said yes to; other bytes than those are refused.

    Raises:
        NothingNew: everything in it is here.
        ComingInTwice: somebody else brings the same in at this moment.
    """
    conversation, source = comments.conversation, clean(on_word_of, longest=300)
    Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    coming = plan_comments(comments)
    if not coming.new:
        raise NothingNew(conversation)
    taken = intakes.take_in(
        source=comments.source, digest=comments.digest, rows=comments.rows, by=by, at=at, looked_at=looked_at
    )
    step = thread.record(
        kind="dialogue.comments",
        subject=conversation,
        because=because or conversation.step,
        at=at,
        params={"count": len(coming.new)},
    )
    word = audit.keep_words(source)
    kept = {
        said.key: _keep(conversation, said, Channel(channel), word, step, by, at, minds_details=hold_personal)
        for said in coming.new
    }
    held = sum(each.is_held for each in kept.values())
    intakes.keep_ids(intake=taken, kind="comment", records=dict(sorted(kept.items())))
    _keep_heard(coming, step)
    _enter(coming, kept.values(), word, held, by, at)
    return BroughtIn(coming, tuple(kept.values()), held, step)


Channel = Contribution.Channel


def _keep(
    conversation: Conversation,
    said: Said,
    channel: Contribution.Channel,
    word: Words,
    step: Step,
    by: Person,
    at: datetime,
    *,
    minds_details: bool,
) -> Contribution:
    contribution = Contribution(
        conversation=conversation,
        channel=channel,
        words=audit.keep_words(said.words),
        given_on=said.on,
        kept_at=at,
        keyed_in_by=by,
        on_word_of=word,
    )
    keep_as_seen_first(contribution, step, at, minds_details=minds_details)
    return contribution


def _keep_heard(coming: Coming, step: Step) -> None:
    Heard.objects.bulk_create(
        Heard(
            conversation=coming.comments.conversation,
            step=step,
            area=area,
            age_from=ages[0],
            age_to=ages[1],
            people=people,
        )
        for (area, ages), people in coming.heard.items()
    )


def _enter(coming: Coming, kept: Collection[Contribution], word: Words, held: int, by: Person, at: datetime) -> None:
    """One line in the audit for all of it, sealing the words of each."""
    facts = {
        "digest": coming.comments.digest,
        "source": audit.fingerprint(coming.comments.source),
        "suggestions": len(kept),
        "held": held,
    }
    words = [*(each.words for each in kept), word]
    audit.enter(
        by=by, verb="dialogue.import_comments", subject=coming.comments.conversation, at=at, facts=facts, words=words
    )
