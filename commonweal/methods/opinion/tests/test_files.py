"""Files as Polis exports them, well formed and not, and the command that reads them."""

import json

import pytest

from commonweal.methods.opinion import polis
from commonweal.methods.opinion.__main__ import main

HEADING = "timestamp,datetime,comment-id,voter-id,vote"
COMMENTS = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"


@pytest.fixture
def write(tmp_path):
    def made(text, name="votes.csv"):
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    return made


def rows(*lines):
    return "\n".join([HEADING, *lines]) + "\n"


def pairs(votes):
    return list(
        zip(
            votes.people[votes.person].tolist(),
            votes.statements[votes.statement].tolist(),
            votes.choice.tolist(),
            strict=True,
        )
    )


GOOD = ("9,Tue,7,3,1", "8,Mon,7,3,-1", "9,Tue,8,12,0")


@pytest.mark.parametrize(
    "text",
    [
        rows(*GOOD),
        rows(*GOOD).rstrip("\n"),
        rows(*GOOD).replace("\n", "\r\n"),
        "\ufeff" + rows(*GOOD),
        rows('9,"Tue, 8 May",7,3,1', *GOOD[1:]),
    ],
    ids=["plain", "no last line end", "windows", "byte order mark", "quotes"],
)
def test_votes_are_read_and_the_last_by_time_counts(write, text):
    assert pairs(polis.read_votes(write(text))) == [(3, 7, 1), (12, 8, 0)]


def test_votes_as_they_stood_in_the_end_are_read(write):
    text = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,4,9\n3,0,0,2,1,1,1,-1\n5,,0,1,0,0,,0\n"
    assert pairs(polis.read_votes(write(text))) == [(3, 4, 1), (3, 9, -1), (5, 9, 0)]


def test_no_votes_are_no_votes(write):
    assert len(polis.read_votes(write(HEADING + "\n"))) == 0


@pytest.mark.parametrize(
    ("text", "row", "column", "found"),
    [
        (rows(*GOOD, "9,Tue,7,3,7"), 5, "vote", "7"),
        (rows(*GOOD, "9,Tue,x,3,1"), 5, "comment-id", "x"),
        (rows(*GOOD, "9,Tue,7,,1"), 5, "voter-id", "nothing"),
        (rows(*GOOD, "9,Tue,7,3"), 5, "", "4"),
        (rows("9,Tue,7,3,1,1"), 2, "", "6"),
        (rows("9,Tue,7,3,+1"), 2, "vote", "+1"),
        (rows("9,Tue,7,3," + "1" * 30), 2, "vote", "1" * 30),
        ("timestamp,comment-id,vote\n", 1, "", "timestamp, comment-id, vote"),
        ("", 1, "", ""),
        (rows("9,Tue,7,3,1").encode() + b"9,Tue,7,3,\xe9\n", 3, "", "the byte 0xe9"),
        ("participant,n-disagree,4\n3,0,2\n", 2, "4", "2"),
        ("participant,n-disagree,4\nx,0,1\n", 2, "participant", "x"),
        ("participant,4\n3,1\n", 1, "", "participant, 4"),
    ],
)
def test_a_wrong_file_is_refused_with_row_and_column(write, text, row, column, found):
    with pytest.raises(polis.UnusableFile) as refused:
        polis.read_votes(write(text))
    assert (refused.value.row, refused.value.column, refused.value.found) == (row, column, found)


@pytest.mark.parametrize(
    ("text", "row", "column"),
    [
        (COMMENTS + "9,Tue,4,1,0,0,1,Trees\n9,Tue,4,1,0,0,1,Again\n", 3, "comment-id"),
        (COMMENTS + "9,Tue,4,1,0,0,5,Trees\n", 2, "moderated"),
        (COMMENTS + "9,Tue,4,1,0,0,1\n", 2, ""),
        ("comment-id,moderated\n", 1, ""),
    ],
)
def test_wrong_comments_are_refused_with_row_and_column(write, text, row, column):
    with pytest.raises(polis.UnusableFile) as refused:
        polis.read_comments(write(text, "comments.csv"))
    assert (refused.value.row, refused.value.column) == (row, column)


def test_a_file_that_cannot_be_opened_is_refused(tmp_path):
    with pytest.raises(polis.UnusableFile, match="a file that can be read"):
        polis.read_votes(tmp_path)


def test_a_path_where_nothing_is_says_so_and_names_it_whole(tmp_path):
    with pytest.raises(polis.NothingThere) as refused:
        polis.read_votes(tmp_path / "votes.csv")
    assert str(refused.value) == f"Nothing is at {tmp_path / 'votes.csv'}. Please look at the path again."


def conversation(write):
    lines = [
        f"{n},Mon,{statement},{person},{1 if (person < 12) == (statement < 6) else -1}"
        for n, (person, statement) in enumerate((person, statement) for person in range(24) for statement in range(12))
    ]
    bodies = "".join(f'9,Tue,{statement},1,0,0,1,"Statement <b> {statement}"\n' for statement in range(12))
    return write(rows(*lines)), write(COMMENTS + bodies, "comments.csv")


def test_the_command_gives_json(write, capsys):
    votes, comments = conversation(write)
    assert main([str(votes), "--comments", str(comments), "--seed", "4", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["participants"], told["votes"], told["seed"]) == (24, 288, 4)
    assert [group["size"] for group in told["groups"]] == [12, 12]


def test_the_command_tells_it_in_words(write, capsys):
    votes, comments = conversation(write)
    assert main([str(votes), "--comments", str(comments)]) == 0
    said = capsys.readouterr().out
    assert "Groups: A with 12 people" in said
    assert "What divides them" in said and "“Statement <b> " in said


def test_the_command_writes_a_page_with_a_chart_and_a_table_that_say_the_same(write, tmp_path):
    votes, comments = conversation(write)
    page = tmp_path / "map.html"
    assert main([str(votes), "--comments", str(comments), "--report", str(page)]) == 0
    html = page.read_text(encoding="utf-8")
    assert html.count("<circle") + html.count("<rect") == 24
    assert "group A: 12 people" in html and '<th scope="row">A</th><td>12</td>' in html
    assert "Statement &lt;b&gt; " in html and "<script" not in html and "http" not in html


@pytest.mark.parametrize("arguments", [["--comments"], []])
def test_the_command_names_what_is_wrong_and_ends_with_two(write, capsys, arguments):
    wrong = write(rows("9,Tue,7,3,7"))
    others = [*arguments, str(write("x\n", "comments.csv"))] if arguments else []
    assert main([str(wrong), *others]) == 2
    assert "votes.csv, row 2, column vote: we expected" in capsys.readouterr().err


def test_a_vote_on_a_statement_that_nobody_wrote_is_refused(write, capsys):
    votes, comments = conversation(write)
    lines = votes.read_text(encoding="utf-8") + "1,Mon,99,1,1\n"
    assert main([str(write(lines)), "--comments", str(comments)]) == 2
    assert "a vote on 99" in capsys.readouterr().err


def test_a_real_conversation_counts_as_published(polis_data):
    """london.youth.policing: 640 rows, of which two were cast again."""
    folder = polis_data / "london.youth.policing"
    votes = polis.read_votes(folder / "votes.csv")
    assert (votes.shape, len(votes)) == ((26, 36), 638)
    assert [(votes.choice == choice).sum() for choice in (1, -1, 0)] == [392, 192, 54]
