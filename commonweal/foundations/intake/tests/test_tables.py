"""Every fault names the file, the row, the column, what was expected and what was found."""

import contextlib
import io
import time
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import example, given, settings
from hypothesis import strategies as st

from commonweal.foundations import intake
from commonweal.foundations.intake import Column, Limits, UnusableFile, read_table

VOTES = [
    Column("comment-id", intake.whole_number(0)),
    Column("voter-id", intake.whole_number(0)),
    Column("vote", intake.one_of({"-1": -1, "0": 0, "1": 1})),
]
HEADER = b"comment-id,voter-id,vote\n"


def votes(content: bytes, **how: Any) -> intake.Table:
    return read_table(content, columns=VOTES, name="votes.csv", **how)


def refused(content: bytes, **how: Any) -> UnusableFile:
    with pytest.raises(UnusableFile) as refusal:
        votes(content, **how)
    assert refusal.value.file == "votes.csv"
    assert "votes.csv" in refusal.value.plainly
    assert str(refusal.value.expected) in str(refusal.value)
    assert str(refusal.value.found) in str(refusal.value)
    return refusal.value


def test_a_table_is_read_with_its_rows_numbered_as_a_spreadsheet_shows_them() -> None:
    table = votes(HEADER + b"1,7,-1\n\n2,7,1\n")
    assert [(row.number, row["comment-id"], row["vote"]) for row in table] == [(2, 1, -1), (4, 2, 1)]
    assert len(table) == 2


def test_a_byte_order_mark_is_taken_off_in_silence() -> None:
    assert votes(b"\xef\xbb\xbf" + HEADER + b"1,7,-1\n").headers[0] == "comment-id"


@pytest.mark.parametrize("delimiter", [b",", b";", b"\t"])
def test_the_delimiter_is_found_by_the_columns_wanted(delimiter: bytes) -> None:
    assert votes(HEADER.replace(b",", delimiter) + delimiter.join([b"1", b"7", b"-1"])).rows[0]["vote"] == -1


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"])
def test_any_line_end_will_do(ending: bytes) -> None:
    assert len(votes((HEADER + b"1,7,-1\n1,8,1\n").replace(b"\n", ending))) == 2


def test_names_of_columns_may_differ_in_capitals_spaces_and_hyphens() -> None:
    assert votes(b"Comment ID,VOTER_ID, vote \n1,7,-1\n").rows[0]["comment-id"] == 1


def test_a_column_mapped_once_by_a_person_is_read_under_our_name() -> None:
    table = votes(b"Aussage,voter-id,vote\n1,7,-1\n", headers={"Aussage": "comment-id"})
    assert table.rows[0]["comment-id"] == 1


def test_a_wrong_type_in_row_7000_is_pointed_at_exactly() -> None:
    rows = [b"%d,7,1\n" % number for number in range(2, 8001)]
    rows[6998] = b"6999,7,agree\n"
    refusal = refused(HEADER + b"".join(rows))
    assert (refusal.row, refusal.column) == (7000, "vote")
    assert str(refusal) == (
        "votes.csv, row 7000, column “vote”: we expected one of: -1, 0, 1, and found “agree”. "
        "Nothing from this file was kept."
    )


def test_a_cell_with_a_line_end_in_it_does_not_shift_the_row_numbers() -> None:
    columns = [Column("a", intake.text()), Column("b", intake.whole_number())]
    with pytest.raises(UnusableFile) as refusal:
        read_table(b'a,b\n"two\nlines",1\nx,y\n', columns=columns)
    assert (refusal.value.row, refusal.value.column) == (3, "b")


def test_a_missing_column_is_named_with_the_columns_found() -> None:
    refusal = refused(b"comment-id,voter,vote\n1,7,-1\n")
    assert (refusal.row, refusal.column) == (1, "voter-id")
    assert "comment-id, voter, vote" in str(refusal.found)


def test_a_missing_column_that_is_not_required_reads_as_nothing() -> None:
    table = read_table(b"a\n1\n", columns=[Column("a", intake.whole_number), Column("b", intake.text, required=False)])
    assert table.rows[0]["b"] is None


def test_a_column_named_twice_is_refused() -> None:
    refusal = refused(b"comment-id,voter-id,vote,Vote\n1,7,-1,1\n")
    assert (refusal.row, refusal.column) == (1, "Vote")


@pytest.mark.parametrize("row", [b"1,7\n", b"1,7,-1,9\n"])
def test_a_ragged_row_is_refused_by_its_number(row: bytes) -> None:
    refusal = refused(HEADER + b"1,7,-1\n" + row)
    assert refusal.row == 3
    assert "3 cells" in str(refusal.expected)


def test_a_blank_cell_is_refused_unless_it_may_be_blank() -> None:
    assert refused(HEADER + b"1,,-1\n").column == "voter-id"
    table = read_table(b"a,b\n1,\n", columns=[Column("b", intake.text, may_be_blank=True)])
    assert table.rows[0]["b"] is None


def test_latin_1_bytes_are_refused_by_row_and_byte() -> None:
    columns = [Column("name", intake.text), Column("place", intake.text)]
    with pytest.raises(UnusableFile) as refusal:
        read_table("name,place\nAnna,Bern\nZoé,Genf\n".encode("latin-1"), columns=columns)
    assert (refusal.value.row, refusal.value.column) == (3, "name")
    assert "0xE9 at byte 24" in str(refusal.value)
    assert "“é”" in str(refusal.value)


def test_a_wrong_byte_far_into_a_file_is_found_at_its_place() -> None:
    content = HEADER + b"1,7,-1\n" * 300_000
    cut = len(HEADER) + 7 * 200_000
    refusal = refused(content[:cut] + b"1,\xff,1\n" + content[cut:])
    assert (refusal.row, refusal.column) == (200_002, "voter-id")
    assert f"at byte {cut + 3}" in str(refusal.found)


def test_a_letter_that_lies_across_the_parts_in_which_a_file_is_checked_is_no_fault() -> None:
    columns = [Column("a", intake.text)]
    lines = b"a\n" + b"x" * 99 + b"\n"
    content = lines + (b"y" * 99 + b"\n") * ((1_000_000 - len(lines)) // 100)
    content += b"z" * (1_000_000 - len(content) - 1) + "é\n".encode()
    assert len(read_table(content, columns=columns).rows[-1]["a"]) > 0
    assert content[999_999:1_000_001] == "é".encode()


def test_utf_16_is_refused_as_what_it_is() -> None:
    assert "UTF-16" in str(refused("comment-id,voter-id,vote".encode("utf-16")).found)


@pytest.mark.parametrize("control", [b"\x00", b"\x07", b"\x1b", b"\x7f", "\x85".encode()])
def test_nul_and_control_characters_are_refused_at_their_place(control: bytes) -> None:
    refusal = refused(HEADER + b"1,7,-1\n1," + control + b"8,1\n")
    assert (refusal.row, refusal.column) == (3, "voter-id")


def test_a_file_that_is_too_large_is_refused_before_it_is_read_to_its_end() -> None:
    class Endless(io.RawIOBase):
        name, asked = "votes.csv", 0

        def read(self, size: int = -1) -> bytes:
            assert 0 < size <= 50_000_001
            self.asked += 1
            return b"1" * size

    file = Endless()
    with pytest.raises(UnusableFile, match="at most 50 MB"):
        read_table(file, columns=VOTES)
    assert file.asked == 1


def test_a_cell_above_the_limit_is_refused() -> None:
    columns = [Column("a", intake.text(1_000_000)), Column("b", intake.text)]
    for length in (100_001, 200_000):
        with pytest.raises(UnusableFile, match="at most 100000 characters") as refusal:
            read_table(b"a,b\n" + b"x" * length + b",y\n", columns=columns)
        assert refusal.value.row == 2
    assert read_table(b"a,b\n" + b"x" * 100_000 + b",y\n", columns=columns).rows


def test_too_many_columns_are_refused() -> None:
    assert "6001 columns" in str(refused(b"," * 6000 + b"\n").found)


def test_quotation_marks_out_of_place_are_refused_by_row() -> None:
    assert refused(HEADER + b'1,"7"x,-1\n').row == 2
    assert refused(HEADER + b'1,7,-1\n1,"7,-1\n').row == 3


@pytest.mark.parametrize("empty", [b"", b"\n\n", b"\xef\xbb\xbf", b"   "])
def test_an_empty_file_is_refused(empty: bytes) -> None:
    refused(empty)


def test_a_second_row_of_the_same_name_is_refused_with_both_row_numbers() -> None:
    refusal = refused(HEADER + b"1,7,-1\n2,7,1\n1,7,1\n", unique=("comment-id", "voter-id"))
    assert refusal.row == 4
    assert "row 2" in str(refusal.found)


def test_where_the_last_wins_the_earlier_row_of_the_same_name_is_gone() -> None:
    table = votes(HEADER + b"1,7,-1\n2,7,1\n1,7,1\n", unique=("comment-id", "voter-id"), repeated="last wins")
    assert [(row.number, row["vote"]) for row in table] == [(3, 1), (4, 1)]


def test_columns_that_nobody_asked_for_are_read_where_a_reader_is_given() -> None:
    table = read_table(
        b"participant,1,2,3\n7,1,,-1\n",
        columns=[Column("participant", intake.whole_number)],
        others=intake.one_of({"1": 1, "0": 0, "-1": -1}),
    )
    assert table.rows[0].others == {"1": 1, "3": -1}


@pytest.mark.parametrize(
    ("reader", "cell", "value"),
    [
        (intake.whole_number(), "-12", -12),
        (intake.decimal_number(0), "12.50", Decimal("12.50")),
        (intake.text(3), "abc", "abc"),
        (intake.iso_date(), "2026-04-30", date(2026, 4, 30)),
        (intake.iso_datetime(), "2026-04-30T15:05:00+01:00", datetime(2026, 4, 30, 14, 5, tzinfo=UTC)),
        (intake.iso_datetime(), "2026-04-30 14:05", datetime(2026, 4, 30, 14, 5, tzinfo=UTC)),
        (intake.millisecond_timestamp(), "1658933760180", datetime(2022, 7, 27, 14, 56, 0, 180000, tzinfo=UTC)),
        (intake.boolean(), "Yes", True),
        (intake.boolean(), "0", False),
    ],
)
def test_a_reader_reads(reader: intake.Reader, cell: str, value: object) -> None:
    assert reader.read(cell) == value


@pytest.mark.parametrize(
    ("reader", "cell"),
    [
        (intake.whole_number(), "1.0"),
        (intake.whole_number(), "١"),
        (intake.whole_number(), "9" * 20),
        (intake.whole_number(1, 5), "6"),
        (intake.decimal_number(), "nan"),
        (intake.decimal_number(), "1e9"),
        (intake.decimal_number(0, 1), "1.01"),
        (intake.text(3), "abcd"),
        (intake.iso_date(), "30/04/2026"),
        (intake.iso_date(), "2026-02-30"),
        (intake.iso_datetime(), "0001-01-01T00:00:00+23:00"),
        (intake.millisecond_timestamp(), "99999999999999"),
        (intake.boolean(), "perhaps"),
    ],
)
def test_a_reader_refuses(reader: intake.Reader, cell: str) -> None:
    with pytest.raises(ValueError):
        reader.read(cell)
    assert str(reader.expected)


def test_what_is_shown_of_a_cell_is_short_and_has_nothing_invisible_in_it() -> None:
    refusal = refused(HEADER + "1,7,\u202e{0}".encode() + b"y" * 500)
    assert "\u202e" not in str(refusal)
    assert "{0}" in str(refusal)
    assert len(str(refusal)) < 300


ALPHABET = st.sampled_from(
    [b"comment-id", b"voter-id", b"vote", b",", b";", b"\t", b'"', b"\n", b"\r", b"1", b"-1", b"\xff"]
)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=2_000) | st.lists(ALPHABET, max_size=60).map(b"".join))
@example(b'"')
@example(b"\xef\xbb\xbf")
@example(b"PK\x03\x04")
@example(b"\xed\xa0\x80")
@example(HEADER + b'"' * 999)
def test_any_bytes_are_read_or_refused_and_nothing_else(content: bytes) -> None:
    try:
        table = votes(content)
    except UnusableFile as refusal:
        assert str(refusal)
    else:
        assert all(row["vote"] in {-1, 0, 1} for row in table)


@pytest.mark.parametrize(
    "content",
    [
        b'"' * 100_000,
        b"," * 100_000,
        b"\n" * 100_000,
        b'a,"' * 33_000,
        b"\xff" * 100_000,
        b"(" * 100_000,
        b'"\n' * 50_000,
    ],
)
def test_a_hundred_kilobytes_of_nonsense_take_less_than_a_second(content: bytes) -> None:
    begun = time.process_time()
    for nonsense in (content, HEADER + content):
        with contextlib.suppress(UnusableFile):
            votes(nonsense)
    assert time.process_time() - begun < 2


def test_a_table_with_nothing_below_its_header_has_no_rows() -> None:
    assert votes(HEADER).rows == []


def test_an_upload_is_read_under_its_own_name() -> None:
    upload = SimpleUploadedFile("from-a-browser.csv", HEADER + b"1,7,agree\n")
    with pytest.raises(UnusableFile, match="from-a-browser.csv, row 2, column “vote”"):
        read_table(upload, columns=VOTES)


def test_a_fault_of_a_whole_row_or_a_whole_file_says_so() -> None:
    assert "row 2, looking at all its columns: we expected 3 cells" in str(refused(HEADER + b"1,7\n"))
    assert "looking at the whole file" in str(refused(b""))


@pytest.mark.parametrize("path", ["nowhere.csv", "a-file/below.csv", "n" * 90 + ".csv"])
def test_a_path_where_nothing_is_says_so_and_names_it_whole(tmp_path: Path, path: str) -> None:
    (tmp_path / "a-file").write_text("not a folder")
    with pytest.raises(intake.NothingThere) as refusal:
        read_table(tmp_path / path, columns=VOTES)
    assert str(refusal.value).startswith(f"Nothing is at {tmp_path / path}. ")


def test_a_folder_in_the_place_of_a_file_is_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="a file that can be read"):
        read_table(tmp_path, columns=VOTES)


def test_rows_can_be_streamed_up_to_the_first_fault() -> None:
    rows = intake.stream_rows(HEADER + b"1,7,-1\n1,8,x\n", columns=VOTES)
    assert next(rows)["voter-id"] == 7
    with pytest.raises(UnusableFile):
        next(rows)


def test_limits_can_be_set_by_the_caller() -> None:
    refused(HEADER + b"1,7,-1\n", limits=Limits(bytes=20))


def test_a_real_export_of_votes_is_read_whole(shared_data: Path) -> None:
    folder = shared_data / "dialogue" / "polis" / "london.youth.policing"
    table = read_table(
        folder / "votes.csv", columns=[*VOTES, Column("timestamp", intake.millisecond_timestamp, required=False)]
    )
    assert table.name == "votes.csv"
    assert len(table) == len((folder / "votes.csv").read_bytes().splitlines()) - 1
