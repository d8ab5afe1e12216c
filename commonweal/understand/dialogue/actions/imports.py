"""Bring in a conversation that was held elsewhere: all of it, or nothing."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.audit.models import Words
from commonweal.foundations.intake import actions as intakes
from commonweal.foundations.intake.models import Intake
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Audience
from commonweal.foundations.verbs.refs import SYSTEM, Ref
from commonweal.foundations.verbs.refusals import Refusal

from ..models import Cast, Contribution, Conversation, Participant, Statement, Vote
from ..polis import Comment, Export
from ..wording import LONGEST_REASON, clean
from .contributions import keep
from .plan import Plan, digest_of, held_because, plan_import

#: Rows in one question: four cells each must stay below what both engines take.
AT_ONCE = 2_000

#: Told how much of the work is done, from 0 to 1.
Progress = Callable[[float], None]


class PromiseComesTooLate(Refusal):
    plainly = _(
        "This conversation is here already, and what was promised then cannot be changed. Bring in what is new without "
        "a promise. Nothing was kept."
    )


@dataclass(frozen=True)
class Imported:
    """What came in."""

    conversation: Conversation
    plan: Plan
    intake: Intake


@transaction.atomic
def import_conversation(
    *,
    export: Export,
    by: Person | None,
    at: datetime,
    promise: str = "",
    looked_at: Intake | None = None,
    progress: Progress = lambda share: None,
) -> Imported:
    """Keep every statement and every vote of an export. Brought in again, it adds only what is new.

    Args:
        by: the convenor; None at the command line.
        promise: what will be done here with what people said there. Without one nobody is owed an answer.
        looked_at: the preview that a person said yes to; other bytes than those are refused.

    Statements that were rejected where the conversation took place are kept and held back. People get fresh numbers in
    an order of their own; what the source calls them is kept as a keyed digest only.
    """
    plan, who = plan_import(export), by or SYSTEM
    if promise and plan.conversation is not None:
        raise PromiseComesTooLate(plan.conversation)
    taken = intakes.take_in(
        source=export.source, digest=export.digest, rows=plan.preview.rows, by=who, at=at, looked_at=looked_at
    )
    conversation = plan.conversation or _open(plan, taken, by, promise, at)
    participants = plan.participants | _keep_people(conversation, plan, taken)
    progress(0.1)
    statements = plan.statements | _keep_statements(conversation, plan, taken, participants, at)
    progress(0.3)
    _keep_ballots(plan, statements, participants, lambda share: progress(0.3 + 0.7 * share))
    _record(conversation, plan, who, at)
    return Imported(conversation, plan, taken)


def _open(plan: Plan, taken: Intake, by: Person | None, promise: str, at: datetime) -> Conversation:
    export = plan.export
    times = [comment.at for comment in export.comments] + [ballot.at for ballot in export.ballots if ballot.at]
    began, ended = (min(times), max(times)) if times else (at, at)
    why = export.description or _now(
        "This conversation was held elsewhere. What people said in it was brought in here."
    )
    conversation = Conversation(
        question=clean(export.question, longest=200),
        why=audit.keep_words(why),
        promise=audit.keep_words(clean(promise, longest=LONGEST_REASON)) if promise else None,
        brought_in_from=export.source[:300],
        opens_at=began,
        closes_at=ended,
        closed_at=at,
        opened_by=by,
    )
    conversation.step = thread.record(
        kind="dialogue.opening",
        subject=conversation,
        because=None,
        at=began,
        params={"conversation": conversation},
    )
    conversation.save(force_insert=True)
    intakes.keep_ids(intake=taken, kind="conversation", records={"conversation": conversation})
    return conversation


def _keep_people(conversation: Conversation, plan: Plan, taken: Intake) -> dict[int, Participant]:
    """Fresh numbers, drawn by lot: neither they nor the order of the rows tell who came when."""
    people = list(plan.new_people)
    secrets.SystemRandom().shuffle(people)
    highest = Participant.objects.filter(conversation=conversation).count()
    made = {
        person: Participant(conversation=conversation, number=number)
        for number, person in enumerate(people, start=highest + 1)
    }
    Participant.objects.bulk_create(made.values(), batch_size=AT_ONCE)
    ids = {digest_of(plan.export.source, person): participant.ref for person, participant in made.items()}
    intakes.keep_ids(intake=taken, kind="participant", records=dict(sorted(ids.items())))
    return made


def _keep_statements(
    conversation: Conversation, plan: Plan, taken: Intake, participants: dict[int, Participant], at: datetime
) -> dict[int, Statement]:
    made: dict[int, Statement] = {}
    for comment in plan.new_comments:
        made[comment.number] = Statement(
            conversation=conversation,
            contribution=_contribution(conversation, comment, at),
            number=comment.number,
            author=None if comment.author is None else participants[comment.author],
        )
    Statement.objects.bulk_create(made.values(), batch_size=AT_ONCE)
    records: dict[str, Ref] = {str(number): statement.contribution.ref for number, statement in made.items()}
    intakes.keep_ids(intake=taken, kind="statement", records=records)
    return made


def _contribution(conversation: Conversation, comment: Comment, at: datetime) -> Contribution:
    because = held_because(comment)
    contribution = Contribution(
        conversation=conversation,
        channel=Contribution.Channel.FILE,
        words=audit.keep_words(comment.words),
        given_on=timezone.localdate(comment.at),
        kept_at=at,
        held_at=at if because else None,
        held_because=because,
    )
    keep(contribution, conversation.step, comment.at, audience=Audience.PARTIES if because else Audience.PUBLIC)
    return contribution


def _keep_ballots(
    plan: Plan, statements: dict[int, Statement], participants: dict[int, Participant], progress: Progress
) -> None:
    """Keep each vote as it was cast, then let the last one of each person on each statement be the one that counts."""
    rows = [
        (participants[ballot.voter].pk, statements[ballot.comment].pk, ballot.choice, ballot.at)
        for ballot in plan.new_ballots
    ]
    last: dict[tuple[int, int], tuple[int, datetime | None]] = {}
    for participant, statement, choice, cast_at in rows:
        last[participant, statement] = choice, cast_at
    if plan.conversation is not None:
        _leave_later_votes(plan.conversation, last)
    votes = [(*key, *value) for key, value in last.items()]
    every = len(rows) + len(votes) or 1
    _insert(Cast, rows, "", lambda done: progress(done / every))
    _insert(Vote, votes, _REPLACES, lambda done: progress((len(rows) + done) / every))
    _look_again()


def _look_again() -> None:
    """PostgreSQL plans by what it last counted: after many new rows it would read them end to end, again and again."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in (Participant, Statement, Cast, Vote):
                cursor.execute(f"ANALYZE {model._meta.db_table}")


def _leave_later_votes(conversation: Conversation, last: dict[tuple[int, int], tuple[int, datetime | None]]) -> None:
    """A vote that is here and was cast later than what comes in stays the one that counts."""
    kept = Vote.objects.filter(statement__conversation=conversation).values_list("participant", "statement", "at")
    for participant, statement, cast_at in kept:
        coming = last.get((participant, statement))
        if coming is not None and coming[1] is not None and cast_at is not None and cast_at > coming[1]:
            del last[participant, statement]


_REPLACES = " ON CONFLICT (participant_id, statement_id) DO UPDATE SET choice = excluded.choice, at = excluded.at"


def _insert(
    model: type[Cast] | type[Vote], rows: Sequence[tuple[object, ...]], ending: str, progress: Progress
) -> None:
    """Straight into the table: a quarter of a million votes as model instances would take several times as long."""
    table, adapt = connection.ops.quote_name(model._meta.db_table), connection.ops.adapt_datetimefield_value
    beginning = f"INSERT INTO {table} (participant_id, statement_id, choice, at) VALUES "  # noqa: S608
    with connection.cursor() as cursor:
        for start in range(0, len(rows), AT_ONCE):
            batch = rows[start : start + AT_ONCE]
            places = ", ".join(["(%s, %s, %s, %s)"] * len(batch))
            cells: list[Any] = [cell for *ids, at in batch for cell in (*ids, adapt(at))]  # type: ignore[arg-type]
            cursor.execute(beginning + places + ending, cells)
            progress(start + len(batch))


def _record(conversation: Conversation, plan: Plan, who: Person | Ref, at: datetime) -> None:
    """One line in the audit for all of it, sealing every statement; one step in the thread."""
    facts = {
        "source": plan.export.source,
        "digest": plan.export.digest,
        "statements": len(plan.new_comments),
        "people": len(plan.new_people),
        "votes": len(plan.new_ballots),
        "text": audit.fingerprint(conversation.question),
    }
    numbers = [comment.number for comment in plan.new_comments]
    said = Contribution.objects.filter(statement__conversation=conversation, statement__number__in=numbers)
    words = list(Words.objects.filter(pk__in=said.values("words")))
    if plan.conversation is None:
        words += [each for each in (conversation.why, conversation.promise) if each]
    audit.enter(by=who, verb="dialogue.import_conversation", subject=conversation, at=at, facts=facts, words=words)
    if plan.preview.brings_anything:
        params = {"statements": len(plan.new_comments), "votes": len(plan.new_ballots)}
        thread.record(kind="dialogue.import", subject=conversation, because=conversation.step, at=at, params=params)
