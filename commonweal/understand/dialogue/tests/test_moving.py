"""A conversation goes out as Polis has it and comes in again the same: once, twice, also real ones."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.foundations import intake
from commonweal.foundations.audit.models import Entry
from commonweal.foundations.publishing.packages import zipped
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue import polis, queries
from commonweal.understand.dialogue.actions.plan import HeldHere, plan_import
from commonweal.understand.dialogue.models import Cast, Contribution, Conversation, Participant, Statement

from .conftest import AT, House

ELSEWHERE = "https://elsewhere.example/dialogue/1/"


def told(export: polis.Export) -> tuple[object, ...]:
    """All that an export says, but for how it calls people: each by what they did. Two who did the same are alike."""
    did: dict[int, list[object]] = defaultdict(list)
    for place, ballot in enumerate(export.ballots):
        did[ballot.voter].append((ballot.comment, ballot.choice, ballot.at, place if export.has_times else 0))
    wrote = {each.number: each.author for each in export.comments}
    for number, author in sorted(wrote.items()):
        if author is not None:
            did[author].append(("wrote", number))
    people = sorted(map(repr, (sorted(own, key=repr) for own in did.values())))
    comments = [each._replace(author=None) for each in export.comments]
    return export.question, export.description, export.has_times, comments, people, len(export.people)


def written(export: polis.Export, url: str = ELSEWHERE) -> bytes:
    return zipped(polis.write(export, url=url))


def once_more(conversation: Conversation, house: House, url: str = ELSEWHERE) -> Conversation:
    """Out and in again, as another house would have it."""
    export = queries.export_of(conversation, reader=house.cleo)
    came = polis.read(intake.Source("moved.zip", written(export, url)))  # type: ignore[arg-type]
    return dialogue.import_conversation(export=came, by=None, at=AT, promise="").conversation


def first_export(folder: Path) -> Conversation:
    return dialogue.import_conversation(export=polis.read(folder), by=None, at=AT).conversation


MOMENTS = st.integers(0, 10**12).map(lambda told: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(milliseconds=told))
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp", "Cf"]), max_size=20)
STARTS = st.sampled_from(["", "=", "'", "'=", "＝", "+", "@", "-"])


@st.composite
def exports(draw: Any) -> polis.Export:
    numbers = sorted(draw(st.sets(st.integers(0, 30), min_size=1, max_size=5)))
    person = st.integers(0, 6)
    comments = tuple(
        polis.Comment(
            number,
            draw(st.none() | person),
            draw(STARTS) + draw(WORDS),
            0,
            0,
            draw(st.sampled_from([-1, 1])),
            draw(MOMENTS),
        )
        for number in numbers
    )
    has_times = draw(st.booleans())
    cast = draw(st.dictionaries(st.tuples(person, st.sampled_from(numbers)), st.sampled_from([-1, 0, 1]), max_size=12))
    ballots = [polis.Ballot(*key, choice, draw(MOMENTS) if has_times else None) for key, choice in cast.items()]
    if has_times:
        ballots.sort(key=lambda each: each.at)  # type: ignore[arg-type,return-value]
    else:
        ballots.sort(key=lambda each: (each.voter, each.comment))
    people = {each.voter for each in ballots} | {each.author for each in comments if each.author is not None}
    return polis.Export(
        "x",
        "",
        draw(STARTS) + "Why?",
        draw(STARTS) + draw(WORDS),
        comments,
        tuple(ballots),
        frozenset(people),
        has_times,
    )


@given(exports())
@settings(max_examples=150, deadline=None)
def test_what_is_written_is_read_again_the_same(export: polis.Export) -> None:
    files = polis.write(export, url=ELSEWHERE)
    if not export.has_times:
        assert polis.VOTES not in files
    again = polis.read(intake.Source("moved.zip", zipped(files)))  # type: ignore[arg-type]
    for name in ("question", "description", "comments", "ballots", "people", "has_times"):
        assert getattr(again, name) == getattr(export, name), name
    assert polis.write(again, url=ELSEWHERE) == files


def test_no_cell_of_what_is_written_is_a_formula() -> None:
    comments = (polis.Comment(0, None, "=HYPERLINK(1)", 0, 0, 1, AT), polis.Comment(1, None, "'quoted'", 0, 0, 1, AT))
    export = polis.Export("x", "", "+1?", "@why", comments, (), frozenset(), True)
    files = polis.write(export, url=ELSEWHERE)
    cells = [cell for text in files.values() for row in csv.reader(io.StringIO(text)) for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell[:1] in "=+@" and cell]


def test_the_files_of_others_are_read_as_they_are(tmp_path: Path) -> None:
    """Only where we wrote them an apostrophe is ours."""
    (tmp_path / "comments.csv").write_text(
        "timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body\n1,0,,0,0,1,'Tis the season\n"
    )
    (tmp_path / "votes.csv").write_text("timestamp,comment-id,voter-id,vote\n")
    assert polis.read(tmp_path, question="'Tis?").comments[0].words == "'Tis the season"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "london.youth.policing",
        "scoop-hivemind.freshwater",
        pytest.param("canadian-electoral-reform", marks=pytest.mark.slow),
    ],
)
def test_real_conversations_go_out_and_come_in_the_same(name: str, shared_data: Path, house: House) -> None:
    first = first_export(shared_data / "dialogue/polis" / name)
    second = once_more(first, house)
    third = once_more(second, house, url=f"{ELSEWHERE}another/")
    out, in_again, at_last = (queries.export_of(each, reader=house.cleo) for each in (first, second, third))
    assert told(out) == told(in_again) == told(at_last)
    assert len(out.ballots) == Cast.objects.filter(statement__conversation=second).count()
    # Broken on purpose: one vote the other way round would be seen.
    turned = out.ballots[0]._replace(choice=-out.ballots[0].choice or 1)
    changed = polis.Export(
        **{**{f: getattr(out, f) for f in out.__dataclass_fields__}, "ballots": (turned, *out.ballots[1:])}
    )
    assert told(changed) != told(in_again)


@pytest.mark.django_db
def test_a_real_conversation_goes_out_as_it_came_in(shared_data: Path, house: House) -> None:
    """Held against the files of Polis itself: words, authors, times and votes; not looked at counts as accepted."""
    folder = shared_data / "dialogue/polis/london.youth.policing"
    came, out = polis.read(folder), queries.export_of(first_export(folder), reader=house.cleo)
    assert told(out)[3] != []
    moderated = {each.number: -1 if each.moderated < 0 or not each.words else 1 for each in came.comments}
    expected = sorted(each._replace(author=None, moderated=moderated[each.number]) for each in came.comments)
    assert sorted(each._replace(author=None) for each in out.comments) == expected
    assert sorted(map(repr, (each[1:] for each in out.ballots))) == sorted(
        map(repr, (each[1:] for each in came.ballots))
    )


@pytest.mark.django_db
def test_the_moved_conversation_that_grew_adds_only_what_is_new(shared_data: Path, house: House) -> None:
    first = first_export(shared_data / "dialogue/polis/london.youth.policing")
    second = once_more(first, house)
    somebody = Participant.objects.filter(conversation=first).order_by("number")[0]
    statement = Statement.objects.filter(conversation=first).order_by("number")[0]
    Cast.objects.create(participant=somebody, statement=statement, choice=-1, at=AT)
    came = polis.read(intake.Source("m.zip", written(queries.export_of(first, reader=house.cleo))))  # type: ignore[arg-type]
    plan = plan_import(came)
    assert plan.conversation == second
    assert (len(plan.new_ballots), plan.new_people, plan.new_comments) == (1, [], [])


@pytest.mark.django_db
def test_our_own_files_are_not_brought_in_beside_the_conversation_that_they_are_of(
    house: House, shared_data: Path
) -> None:
    first = first_export(shared_data / "dialogue/polis/london.youth.policing")
    taken = dialogue.take_away(conversation=first, reason="We move", by=house.cleo, at=AT)
    came = polis.read(intake.Source("m.zip", taken.content))  # type: ignore[arg-type]
    with pytest.raises(HeldHere):
        plan_import(came)


@pytest.mark.django_db
def test_taking_it_away_is_written_down_with_its_reason_and_seen_by_all(house: House) -> None:
    house.say("Lamps")
    taken = dialogue.take_away(conversation=house.conversation, reason="We move house", by=house.cleo, at=AT)
    entry = Entry.objects.filter(verb="dialogue.take_away").get()
    assert entry.by == house.cleo.ref
    assert entry.facts["suggestions"] == 1
    assert taken.step.audience == "public"
    with zipfile.ZipFile(io.BytesIO(taken.content)) as packed:
        rows = list(csv.DictReader(io.StringIO(packed.read("suggestions.csv").decode())))
    assert [(row["words"], row["held"]) for row in rows] == [("Lamps", "no")]


@pytest.mark.django_db
def test_what_the_reader_may_not_read_is_not_in_it_and_its_votes_are(shared_data: Path, house: House) -> None:
    conversation = first_export(shared_data / "dialogue/polis/london.youth.policing")
    everything = queries.export_of(conversation, reader=house.cleo)
    a_resident = queries.export_of(conversation, reader=house.ada)
    held = {each.number for each in a_resident.comments if not each.words}
    assert len(held) == Contribution.objects.filter(conversation=conversation).exclude(held_at=None).count() > 0
    assert any(each.words for each in everything.comments if each.number in held)
    assert everything.ballots == a_resident.ballots
