"""A toy conversation drawn by hand, then real ones."""

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from commonweal.foundations.audit.models import Entry, Words
from commonweal.foundations.intake import UnusableFile
from commonweal.foundations.intake import actions as intakes
from commonweal.foundations.intake.models import Intake, SourceId
from commonweal.foundations.thread import telling
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.refs import SYSTEM
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue import polis, queries
from commonweal.understand.dialogue.actions.plan import AnotherKindOfVotes, plan_import
from commonweal.understand.dialogue.models import Cast, Contribution, Conversation, Participant, Statement, Vote

from .conftest import AT, House, signed_in

#            Anna (7)   Bert (8)   Cees (9)
# 0 lamps    agree      agree      disagree, then agree
# 1 dogs     disagree   –          pass
# 2 advert   –          –          agree                   rejected by the moderators
COMMENTS = """timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1000000000000,x,0,7,3,1,1,"More lamps, please"
1000000001000,x,1,8,0,1,1,No dogs
1000000002000,x,2,12,1,0,-1,Buy my lamps
"""
VOTES = """timestamp,datetime,comment-id,voter-id,vote
1000000003000,x,0,7,1
1000000003000,x,0,8,1
1000000009000,x,0,9,1
1000000004000,x,0,9,-1
1000000005000,x,1,7,-1
1000000005000,x,1,9,0
1000000005000,x,2,9,1
"""
IN_THE_END = """participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2
7,,0,1,2,1,1,1,-1,
8,,0,1,1,1,0,1,,
9,,1,0,3,2,0,1,0,1
"""
SUMMARY = (
    'topic,How should the path feel?\nurl,https://polis.example/toy\nconversation-description,"Two lines\nof it"\n'
)

Folder = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    def write(name: str = "toy", **files: str | bytes | None) -> Path:
        made = tmp_path / name
        made.mkdir(exist_ok=True)
        given: dict[str, Any] = {"comments": COMMENTS, "votes": VOTES, "summary": SUMMARY} | files
        for stem, content in given.items():
            path = made / f"{stem.replace('_', '-')}.csv"
            path.unlink(missing_ok=True)
            if content is not None:
                path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return made

    return write


def bring_in(folder: Path, **more: Any) -> Conversation:
    given: dict[str, Any] = {"export": polis.read(folder), "by": None, "at": AT} | more
    return dialogue.import_conversation(**given).conversation


def votes(conversation: Conversation) -> dict[tuple[int, int], int]:
    rows = Vote.objects.filter(statement__conversation=conversation)
    return {
        (vote.participant.number, vote.statement.number): vote.choice
        for vote in rows.select_related("participant", "statement")
    }


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("import_conversation", *arguments, stdout=out, stderr=out)
    return out.getvalue()


@pytest.mark.django_db
def test_import_keeps_every_statement_and_every_vote(folder: Folder) -> None:
    conversation = bring_in(folder())
    assert conversation.question == "How should the path feel?"
    assert conversation.why.text == "Two lines\nof it"
    assert Statement.objects.count() == 3
    assert Cast.objects.count() == 7
    assert Vote.objects.count() == 6
    assert Participant.objects.count() == 4  # three who voted, one who only wrote
    assert not conversation.is_open(AT)


@pytest.mark.django_db
def test_import_lets_the_last_vote_by_time_count(folder: Folder) -> None:
    conversation = bring_in(folder())
    lamps = Vote.objects.filter(statement__number=0, statement__conversation=conversation)
    assert sorted(vote.choice for vote in lamps) == [1, 1, 1]
    assert sorted(cast.choice for cast in Cast.objects.filter(statement__number=0)) == [-1, 1, 1, 1]


@pytest.mark.django_db
def test_import_lets_the_later_row_count_among_votes_of_the_same_moment(folder: Folder) -> None:
    tied = VOTES + "1000000009000,x,0,9,0\n"
    conversation = bring_in(folder(votes=tied))
    assert sorted(votes(conversation)[key] for key in votes(conversation) if key[1] == 0) == [0, 1, 1]


@pytest.mark.django_db
def test_import_holds_back_what_was_rejected_there(folder: Folder) -> None:
    conversation = bring_in(folder())
    held = Contribution.objects.exclude(held_at=None).get()
    assert (held.words.text, held.held_because) == ("Buy my lamps", "elsewhere")
    assert held.step.audience == "parties"
    assert [each.words.text for each in queries.shown_contributions(conversation)].count("Buy my lamps") == 0
    assert len(queries.votes_of(conversation)) == 5


@pytest.mark.django_db
def test_import_gives_people_numbers_that_say_nothing(folder: Folder) -> None:
    conversation = bring_in(folder())
    assert sorted(Participant.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert not Participant.objects.exclude(person=None).exists()
    ids = SourceId.objects.filter(kind="participant").values_list("source_id", flat=True)
    assert all(len(each) == 64 for each in ids)
    assert Statement.objects.get(conversation=conversation, number=2).author is not None


@pytest.mark.django_db
def test_import_draws_the_numbers_by_lot(folder: Folder) -> None:
    people = 200
    rows = "".join(f"10000000{number:05},x,0,{number},1\n" for number in range(people))
    bring_in(folder(votes="timestamp,datetime,comment-id,voter-id,vote\n" + rows))
    in_order_of_time = list(Cast.objects.order_by("at").values_list("participant__number", flat=True))
    assert in_order_of_time != sorted(in_order_of_time)
    in_order_of_rows = list(Participant.objects.order_by("pk").values_list("number", flat=True))
    assert in_order_of_rows == sorted(in_order_of_rows)  # so the rows say no more than the numbers do


@pytest.mark.django_db
def test_import_seals_every_statement_in_one_entry_and_tells_the_thread(folder: Folder) -> None:
    conversation = bring_in(folder())
    entry = Entry.objects.get(verb="dialogue.import_conversation")
    digests = {bytes(words.digest).hex() for words in Words.objects.filter(text__in=["No dogs", "Buy my lamps"])}
    assert digests < set(entry.sealed_words)
    assert entry.facts["votes"] == 7
    step = Step.objects.get(kind="dialogue.import")
    assert list(step.causes.all()) == [conversation.step]


@pytest.mark.django_db
def test_import_again_adds_nothing(folder: Folder) -> None:
    first = bring_in(folder())
    before = (Cast.objects.count(), Vote.objects.count(), Contribution.objects.count(), Step.objects.count())
    assert bring_in(folder()) == first
    after = (Cast.objects.count(), Vote.objects.count(), Contribution.objects.count(), Step.objects.count())
    assert before == after


@pytest.mark.django_db
def test_import_again_adds_only_what_is_new(folder: Folder) -> None:
    first = bring_in(folder())
    more = COMMENTS + "1000000010000,x,3,13,1,0,1,Benches\n"
    later = VOTES + "1000000011000,x,3,7,1\n1000000012000,x,0,7,-1\n"
    plan = plan_import(polis.read(folder(comments=more, votes=later)))
    assert [coming.new for coming in plan.preview.coming] == [1, 1, 2]
    assert bring_in(folder(comments=more, votes=later)) == first
    assert Cast.objects.count() == 9
    assert Vote.objects.count() == 7
    assert sorted(Participant.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert sorted(vote.choice for vote in Vote.objects.filter(statement__number=0)) == [-1, 1, 1]


@pytest.mark.django_db
def test_import_again_with_the_same_vote_at_the_same_moment_counts_rows(folder: Folder) -> None:
    bring_in(folder())
    bring_in(folder(votes=VOTES + "1000000003000,x,0,7,1\n"))
    assert Cast.objects.count() == 8


@pytest.mark.django_db
def test_import_takes_final_votes_where_there_is_no_votes_file(folder: Folder) -> None:
    conversation = bring_in(folder(votes=None, participants_votes=IN_THE_END))
    assert Cast.objects.filter(at=None).count() == Vote.objects.count() == 6
    assert conversation.closes_at == datetime(2001, 9, 9, 1, 46, 42, tzinfo=UTC)


@pytest.mark.django_db
def test_import_of_final_votes_again_adds_only_votes_that_changed(folder: Folder) -> None:
    bring_in(folder(votes=None, participants_votes=IN_THE_END))
    changed = IN_THE_END.replace("7,,0,1,2,1,1,1,-1,", "7,,0,1,2,1,1,-1,-1,")
    bring_in(folder(votes=None, participants_votes=changed))
    assert Cast.objects.count() == 7
    bring_in(folder(votes=None, participants_votes=IN_THE_END))
    assert Cast.objects.count() == 8
    assert sorted(vote.choice for vote in Vote.objects.filter(statement__number=0)) == [1, 1, 1]


@pytest.mark.django_db
def test_import_refuses_to_count_people_twice(folder: Folder) -> None:
    bring_in(folder(votes=None, participants_votes=IN_THE_END))
    with pytest.raises(AnotherKindOfVotes):
        bring_in(folder())
    assert Cast.objects.count() == 6


@pytest.mark.django_db
def test_import_reports_where_counting_differs_from_what_is_published(folder: Folder) -> None:
    export = polis.read(folder(comments=COMMENTS.replace(",7,3,1,1,", ",7,4,1,1,")))
    (difference,) = export.differences
    assert (difference.comment, difference.published, difference.counted) == (0, (4, 1), (3, 1))
    assert not polis.read(folder()).differences


@pytest.mark.django_db
def test_import_keeps_a_statement_without_words_and_holds_it_back(folder: Folder) -> None:
    bring_in(folder(comments=COMMENTS.replace("No dogs", "")))
    assert Contribution.objects.get(held_because="empty").words.text == ""


@pytest.mark.django_db
def test_import_takes_a_byte_order_mark_off(folder: Folder) -> None:
    bring_in(folder(comments=b"\xef\xbb\xbf" + COMMENTS.encode()))
    assert Statement.objects.count() == 3


MANY = VOTES + "1000000005000,x,1,8,1\n" * 7_000
FAULTS = {
    "a missing column": (
        {"votes": VOTES.replace("voter-id", "voter")}, ("votes.csv", 1, "voter-id")),
    "a wrong vote in row 7,000": (
        {"votes": "".join(MANY.splitlines(keepends=True)[:6_999]) + "1000000005000,x,1,8,7\n"},
        ("votes.csv", 7_000, "vote")),
    "a vote of no kind": (
        {"votes": VOTES.replace("0,9,-1", "0,9,yes")}, ("votes.csv", 5, "vote")),
    "a vote on an unknown statement": (
        {"votes": VOTES + "1000000005000,x,99,9,1\n"}, ("votes.csv", 9, "comment-id")),
    "a statement that is there twice": (
        {"comments": COMMENTS + "1000000002000,x,1,12,1,0,-1,Again\n"}, ("comments.csv", 5, "comment-id")),
    "a number that is none": (
        {"comments": COMMENTS.replace("1,8,0,1,1", "1,8,many,1,1")}, ("comments.csv", 3, "agrees")),
    "Latin-1": (
        {"comments": COMMENTS.replace("No dogs", "Caf\xe9").encode("latin-1")}, ("comments.csv", 3, None)),
    "a control character": (
        {"comments": COMMENTS.replace("No dogs", "No\x00dogs")}, ("comments.csv", 3, None)),
    "a short row": (
        {"votes": VOTES + "1000000005000,x,1\n"}, ("votes.csv", 9, None)),
    "an empty file": (
        {"comments": ""}, ("comments.csv", None, None)),
    "no comments": (
        {"comments": None}, ("toy", None, None)),
    "no votes": (
        {"votes": None}, ("toy", None, None)),
    "no question": (
        {"summary": None}, ("toy", None, None)),
    "an unknown statement among final votes": (
        {"votes": None, "participants_votes": IN_THE_END.replace("n-disagree,0,1,2", "n-disagree,0,1,99")},
        ("participants-votes.csv", 1, "99")),
    "a final vote of 7": (
        {"votes": None, "participants_votes": IN_THE_END.replace("8,,0,1,1,1,0,1,,", "8,,0,1,1,1,0,7,,")},
        ("participants-votes.csv", 3, "0")),
    "somebody twice among final votes": (
        {"votes": None, "participants_votes": IN_THE_END + "7,,0,1,2,1,1,1,-1,\n"},
        ("participants-votes.csv", 5, "participant")),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("fault", FAULTS)
def test_import_refuses_with_file_row_and_column(folder: Folder, fault: str) -> None:
    files, (name, row, column) = FAULTS[fault]
    with pytest.raises(UnusableFile) as refused:
        polis.read(folder(**files))
    assert (refused.value.file, refused.value.row) == (name, row)
    assert column is None or refused.value.column == column
    assert str(refused.value.expected)
    assert str(refused.value.found)


@pytest.mark.django_db
def test_command_refuses_with_status_2_and_keeps_nothing(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    bad = folder(votes=VOTES.replace("0,9,-1", "0,9,7"))
    with pytest.raises(SystemExit) as ended:
        call_command("import_conversation", str(bad))
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert all(part in told for part in ("votes.csv", "5", "vote", "7"))
    assert not Conversation.objects.exists()
    assert not Words.objects.exists()


@pytest.mark.django_db
def test_import_is_whole_or_not_at_all(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the power went off")

    monkeypatch.setattr("commonweal.understand.dialogue.actions.imports._record", fails)
    with pytest.raises(RuntimeError):
        bring_in(folder())
    for model in (Conversation, Contribution, Statement, Participant, Cast, Vote, Step, Intake, SourceId):
        assert not model.objects.exists()


@pytest.mark.django_db
def test_import_refuses_other_bytes_than_those_looked_at(folder: Folder) -> None:
    plan = plan_import(polis.read(folder()))
    looked_at = intakes.preview(preview=plan.preview, by=SYSTEM, at=AT)
    with pytest.raises(intakes.NotWhatWasLookedAt):
        bring_in(folder(votes=VOTES + "1000000011000,x,1,8,1\n"), looked_at=looked_at)
    assert not Conversation.objects.exists()


@pytest.mark.django_db
def test_dry_run_tells_and_keeps_nothing(folder: Folder) -> None:
    told = command(str(folder()), "--dry-run")
    assert "Statements: 3 (3 new)" in told
    assert "Votes: 7 (7 new)" in told
    assert "People who voted: 3" in told
    assert "Votes cast again, where the last one counts: 1" in told
    assert "3 statements: 2 are shown and 1 is held back." in told
    assert "Why: it was held back where the conversation took place (1)." in told
    assert "Promise: none; the page says so" in told
    assert "as published, for every statement" in told
    assert not Conversation.objects.exists()


def test_command_takes_the_convenor_and_nobody_else(house: House, folder: Folder) -> None:
    command(str(folder()), "--by", "cleo@example.org")
    assert Conversation.objects.get(question="How should the path feel?").opened_by == house.cleo
    with pytest.raises(SystemExit):
        command(str(folder(name="other", summary=None)), "--question", "Q?", "--by", "ada@example.org")


def test_an_imported_statement_is_answered_like_a_suggestion(house: House, folder: Folder) -> None:
    conversation = bring_in(folder(), by=house.cleo)
    waiting = list(queries.ungathered(conversation))
    theme = dialogue.gather(contributions=waiting, title="Lamps and dogs", by=house.cleo, at=AT)
    page = signed_in(house.ada).get(theme.get_absolute_url()).content.decode()
    assert "More lamps, please" in page
    assert "3 agree, 0 disagree, 0 pass" in page
    assert "Buy my lamps" not in page


# -- what waits, and what was promised


def test_brought_in_statements_are_counted_as_what_they_are(house: House, folder: Folder) -> None:
    house.say()
    brought_in = bring_in(folder())
    counts = {each.pk: (each.suggestions, each.brought_in) for each in queries.conversations()}
    assert counts == {house.conversation.pk: (1, 0), brought_in.pk: (0, 2)}
    assert queries.suggestions_made().count() == 1
    lamps = Contribution.objects.get(statement__number=0)
    assert lamps.who == "Somebody in another conversation"
    assert telling.title(lamps.step) == "Somebody in another conversation made a suggestion"
    page = signed_in(house.ada).get("/understand/dialogue/").content.decode()
    assert "2 statements from a conversation held elsewhere" in page


def test_brought_in_statements_wait_for_nobody_where_nobody_promised(house: House, folder: Folder) -> None:
    brought_in = bring_in(folder(), by=house.cleo)
    assert queries.waiting_for(house.cleo, AT) == []
    client = signed_in(house.cleo)
    desk = client.get("/understand/dialogue/desk/").content.decode()
    assert "2 statements from another conversation, in no theme yet" in desk
    assert "More lamps, please" not in desk
    assert (
        "More lamps, please" in client.get(f"/understand/dialogue/desk/?conversation={brought_in.pk}").content.decode()
    )
    page = client.get(brought_in.get_absolute_url()).content.decode()
    assert "Nobody here promised an answer to what was said in it." in page
    line = client.get(Contribution.objects.get(statement__number=0).get_absolute_url()).content.decode()
    assert "Nobody here promised an answer to it." in line
    assert "then it gets a date for its answer" not in line


def test_brought_in_statements_wait_where_somebody_promised(house: House, folder: Folder) -> None:
    command(str(folder()), "--by", "cleo@example.org", "--promise", "The board answers each of them by June.")
    (waiting,) = queries.waiting_for(house.cleo, AT)
    assert waiting.what == ("How should the path feel?: 2 statements from another conversation, in no theme yet")
    brought_in = Conversation.objects.get(question="How should the path feel?")
    page = signed_in(house.ada).get(brought_in.get_absolute_url()).content.decode()
    assert "The board answers each of them by June." in page
    assert "Nobody here promised" not in page
    sealed = Entry.objects.get(verb="dialogue.import_conversation").sealed_words
    assert brought_in.promise is not None
    assert bytes(brought_in.promise.digest).hex() in sealed


@pytest.mark.django_db
def test_a_promise_is_made_when_a_conversation_first_comes_in_or_never(folder: Folder) -> None:
    bring_in(folder())
    with pytest.raises(dialogue.PromiseComesTooLate):
        bring_in(folder(), promise="We answer after all.")


def test_the_page_says_in_one_sentence_how_many_are_held_back(house: House, folder: Folder) -> None:
    brought_in = bring_in(folder())
    sentence = (
        "3 statements: 2 are shown and 1 is held back. Why: it was held back where the conversation took place (1)."
    )
    assert sentence in command(str(folder()), "--dry-run")
    assert sentence in signed_in(house.ada).get(brought_in.get_absolute_url()).content.decode()
    assert queries.in_and_back_of(house.conversation) == ""


def test_what_is_keyed_in_for_a_conversation_without_a_promise_waits_all_the_same(house: House, folder: Folder) -> None:
    brought_in = bring_in(folder())
    dialogue.key_in(
        conversation=brought_in, words="Benches", given_on=brought_in.opens_at.date(), on_word_of="Letter",
        by=house.cleo, at=AT,
    )  # fmt: skip
    (waiting,) = queries.waiting_for(house.cleo, AT)
    assert waiting.what == "How should the path feel?: 1 suggestion to put into a theme"


# -- real conversations

REAL = {
    # folder: (statements, held back, people who voted, votes, votes cast again)
    "london.youth.policing": (39, 3, 26, 640, 2),
    "15-per-hour-seattle": (54, 23, 339, 2_995, 123),
    "scoop-hivemind.freshwater": (80, 29, 117, 3_979, 7),
    "bg2050-volunteers": (371, 55, 126, 14_341, 58),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", REAL)
def test_a_real_conversation_comes_in_whole(shared_data: Path, name: str) -> None:
    statements, held, people, count, again = REAL[name]
    folder = shared_data / "dialogue" / "polis" / name
    export = polis.read(folder)
    conversation = bring_in(folder)
    assert (len(export.comments), export.voters, len(export.ballots), export.revotes) == (
        statements, people, count, again)  # fmt: skip
    assert conversation.statements.count() == statements
    assert Contribution.objects.filter(held_because="elsewhere").count() == held
    assert Cast.objects.count() == count
    assert Vote.objects.count() == count - again
    assert published(folder) == counted(conversation)


def published(folder: Path) -> dict[int, tuple[int, int]]:
    with (folder / "comments.csv").open(encoding="utf-8", newline="") as file:
        return {int(row["comment-id"]): (int(row["agrees"]), int(row["disagrees"])) for row in csv.DictReader(file)}


def counted(conversation: Conversation) -> dict[int, tuple[int, int]]:
    """From the votes as they were kept, every cast counted."""
    counts = {statement.number: [0, 0] for statement in conversation.statements.all()}
    kept = Cast.objects.filter(statement__conversation=conversation).exclude(choice=0)
    for number, choice in kept.values_list("statement__number", "choice"):
        counts[number][choice < 0] += 1
    return {number: (agrees, disagrees) for number, (agrees, disagrees) in counts.items()}


@pytest.mark.django_db
def test_a_real_conversation_is_read_from_final_votes_alone(shared_data: Path) -> None:
    export = polis.read(shared_data / "dialogue" / "polis" / "american-assembly.bowling-green")
    assert (len(export.comments), export.voters, len(export.ballots)) == (896, 2_031, 225_524)
    assert not export.has_times
    assert len(export.differences) == 211  # votes that people changed are not in this file
