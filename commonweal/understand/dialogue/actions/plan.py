"""What an export would bring, held against what is here already. Changes nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commonweal.foundations import intake
from commonweal.foundations.intake import queries as came_in
from commonweal.foundations.verbs.refusals import Refusal

from ..models import Cast, Contribution, Conversation, Participant, Statement, Vote
from ..polis import Ballot, Comment, Difference, Export
from ..wording import in_and_back

OUR_ADDRESS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class AnotherKindOfVotes(Refusal):
    plainly = _(
        "This conversation came in before with votes of the other kind (each with its time, or only how people voted "
        "in the end). Adding these would count people twice. Nothing was kept."
    )


class HeldHere(Refusal):
    plainly = _("These files were saved from a conversation that is held here. There is nothing to bring in.")


@dataclass(frozen=True)
class Plan:
    """What an export would bring, against what is here already."""

    export: Export
    conversation: Conversation | None
    statements: dict[int, Statement]
    participants: dict[int, Participant]
    new_comments: list[Comment]
    new_people: list[int]
    new_ballots: list[Ballot]

    @property
    def differences(self) -> tuple[Difference, ...]:
        return self.export.differences

    @property
    def preview(self) -> intake.Preview:
        export = self.export
        return intake.Preview(
            source=export.source,
            digest=export.digest,
            coming=(
                intake.Coming(_("Statements"), found=len(export.comments), new=len(self.new_comments)),
                intake.Coming(
                    _("People who voted or wrote a statement"), found=len(export.people), new=len(self.new_people)
                ),
                intake.Coming(_("Votes"), found=len(export.ballots), new=len(self.new_ballots)),
            ),
            notes=tuple(_notes(export)),
        )


def plan_import(export: Export) -> Plan:
    """Hold the export against what came in from the same source before. Changes nothing.

    Raises:
        AnotherKindOfVotes: the votes are of another kind than those that came in before.
        HeldHere: it is our own conversation, saved to files.
    """
    _refuse_our_own(export.source)
    conversation = _known_conversation(export.source)
    comments = {comment.number: comment for comment in export.comments}
    statements = _known_statements(conversation, comments)
    participants = _known_participants(conversation, export)
    return Plan(
        export=export,
        conversation=conversation,
        statements=statements,
        participants=participants,
        new_comments=[comment for number, comment in sorted(comments.items()) if number not in statements],
        new_people=[each for each in sorted(export.people) if each not in participants],
        new_ballots=_new_ballots(conversation, export, statements, participants),
    )


def held_because(comment: Comment) -> str:
    if not comment.words:
        return Contribution.HeldBecause.EMPTY
    return Contribution.HeldBecause.ELSEWHERE if comment.moderated < 0 else ""


def digest_of(source: str, person: int) -> str:
    """What the source calls a participant, so that only we, with our key, can find them again."""
    return salted_hmac("commonweal.dialogue.participant", f"{source}:{person}", algorithm="sha256").hexdigest()


def _notes(export: Export) -> Iterable[str | Promise]:
    held = Counter(because for comment in export.comments if (because := held_because(comment)))
    unseen = sum(comment.moderated == 0 for comment in export.comments)
    yield in_and_back(len(export.comments), held)
    if unseen:
        yield format_lazy(_("Shown, though nobody had looked at them there: {count} statements"), count=unseen)
    if not export.has_times:
        yield _(
            "The file says only how people voted in the end. Votes that they changed are not in it, "
            "so that counts below may differ from those published."
        )
    for difference in export.differences:
        yield format_lazy(_("Counted otherwise than published: {difference}"), difference=difference.plainly)


def _refuse_our_own(source: str) -> None:
    """People have the same numbers in it as here, under which intake never saw them: they would come in twice."""
    address = source.removeprefix("polis:").removeprefix(settings.SITE_ADDRESS)
    found = OUR_ADDRESS.search(address) if source.startswith(f"polis:{settings.SITE_ADDRESS}/") else None
    if found and Conversation.objects.filter(pk=found[0]).exists():
        raise HeldHere(found[0])


def _known_conversation(source: str) -> Conversation | None:
    known = came_in.known(source, "conversation", ["conversation"]).get("conversation")
    return None if known is None else Conversation.objects.select_related("step").get(pk=known.uuid)


def _known_statements(conversation: Conversation | None, comments: Iterable[int]) -> dict[int, Statement]:
    if conversation is None:
        return {}
    found = Statement.objects.filter(conversation=conversation, number__in=list(comments))
    return {statement.number: statement for statement in found}


def _known_participants(conversation: Conversation | None, export: Export) -> dict[int, Participant]:
    if conversation is None:
        return {}
    digests = {digest_of(export.source, person): person for person in export.people}
    refs = came_in.known(export.source, "participant", digests)
    by_uuid = {each.uuid: each for each in Participant.objects.filter(conversation=conversation)}
    return {digests[digest]: by_uuid[ref.uuid] for digest, ref in refs.items()}


def _new_ballots(
    conversation: Conversation | None,
    export: Export,
    statements: dict[int, Statement],
    participants: dict[int, Participant],
) -> list[Ballot]:
    """Votes that are not here yet. Each row counts, also the same vote at the same moment twice."""
    if conversation is None:
        return list(export.ballots)
    kept = Cast.objects.filter(statement__conversation=conversation)
    if kept.filter(at__isnull=export.has_times).exists():
        raise AnotherKindOfVotes(conversation)
    if not export.has_times:
        kept = Vote.objects.filter(statement__conversation=conversation)  # type: ignore[assignment]
    here = Counter(kept.values_list("participant", "statement", "choice", "at"))
    people = {number: participant.pk for number, participant in participants.items()}
    said = {number: statement.pk for number, statement in statements.items()}
    new = []
    for ballot in export.ballots:
        key = people.get(ballot.voter, 0), said.get(ballot.comment, 0), ballot.choice, ballot.at
        if here[key]:
            here[key] -= 1
        else:
            new.append(ballot)
    return new
