"""What form tools write becomes plain text; what is broken, unsafe or too large is refused."""

import io
import zipfile
from datetime import date

import pytest

from commonweal.foundations.intake import Column, UnusableFile, read_table, text
from commonweal.foundations.intake.days import puts_the_month_first, written_day
from commonweal.foundations.intake.sheets import as_text
from commonweal.foundations.intake.tests.workbooks import workbook

TABLE = "Id,Words\n1,“Café” costs £3\n2,Ŵy\n"


def rows(content: bytes, name: str = "answers.csv") -> list[tuple[int, str]]:
    plain = as_text(content, name=name)
    table = read_table(plain.source, columns=[Column("words", text(), may_be_blank=True)])
    return [(row.number, row["words"] or "") for row in table]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_is_read_in_the_usual_encodings(encoding: str) -> None:
    assert rows(TABLE.encode(encoding)) == [(2, "“Café” costs £3"), (3, "Ŵy")]


def test_older_windows_text_is_read_and_named() -> None:
    older = TABLE.replace("Ŵy", "Yes").encode("cp1252")
    assert rows(older)[0] == (2, "“Café” costs £3")
    assert as_text(older, name="x.csv").read_as == "Windows-1252"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_cells_are_apart_by_the_usual_signs(separator: str) -> None:
    written = f"Id{separator}Words{separator}Age\n1{separator}More, trees{separator}3\n"
    assert rows((written if separator != "," else written.replace("More, trees", '"More, trees"')).encode()) == [
        (2, "More, trees")
    ]


def test_names_of_columns_are_made_each_its_own() -> None:
    plain = as_text(b"Words,,Words\na,b,c\n\nd,e,f\n", name="x.csv")
    table = read_table(plain.source, columns=[Column("words", text()), Column("words (2)", text())])
    assert table.headers == ("Words", "(B)", "Words (2)")
    assert [(row.number, row["words (2)"]) for row in table] == [(2, "c"), (4, "f")]


def test_a_workbook_is_read_with_its_days_numbers_and_row_numbers() -> None:
    made = workbook([["Id", "When", "Words"], [1, date(2026, 3, 2), "More lamps"], [], [2.5, None, "Line\none"]])
    plain = as_text(made, name="answers.xlsx")
    assert plain.read_as == "XLSX"
    assert plain.source.content.decode() == ('Id,When,Words\r\n1,2026-03-02,More lamps\r\n\r\n2.5,,"Line\none"\r\n')
    assert rows(made) == [(2, "More lamps"), (4, "Line\none")]


def test_a_workbook_with_a_far_off_cell_is_refused_before_it_fills_the_memory() -> None:
    with pytest.raises(UnusableFile, match="1048576 rows and 16384 columns"):
        as_text(workbook([["Words"]], far="XFD1048576"), name="x.xlsx")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xd0\xcf\x11\xe0old", "an older Excel file"),
        (b"Words\n\x81\xff\x00", "0x00"),
        (b"PK\x03\x04broken", "x.xlsx"),
        (b"\xff\xfeW", "broken text in UTF-16"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, told: str) -> None:
    with pytest.raises(UnusableFile) as refused:
        rows(content, "x.xlsx")
    assert told in str(refused.value)


def test_a_workbook_that_is_damaged_is_refused() -> None:
    with zipfile.ZipFile(out := io.BytesIO(), "w") as packed:
        packed.writestr("xl/workbook.xml", "<workbook><sheets><sheet")
    with pytest.raises(UnusableFile, match="broken or locked"):
        as_text(out.getvalue(), name="x.xlsx")


def test_a_declared_entity_is_never_swollen() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    try:
        plain = as_text(workbook([["Words"], ["&b;"]], before=bomb, raw=True), name="x.xlsx")
    except UnusableFile:
        return
    assert b"aaaa" not in plain.source.content


def test_a_day_is_read_as_it_is_written() -> None:
    assert written_day().read("03/04/26") == date(2026, 4, 3)
    assert written_day(month_first=True).read("3/4/2026 10:15 AM") == date(2026, 3, 4)
    assert written_day(month_first=True).read("2026/03/04 10:15:20 AM GMT") == date(2026, 3, 4)
    assert written_day().read("1st September 2026") == date(2026, 9, 1)
    for wrong in ("31/02/2026", "yesterday", "12/31/2026", "3/4", "4 Foo 2026", "2026-03-041"):
        with pytest.raises(ValueError):
            written_day().read(wrong)


def test_days_say_themselves_which_comes_first_where_they_can() -> None:
    assert puts_the_month_first(["31/12/2026", "01/02/2026"]) is False
    assert puts_the_month_first(["1/13/2026"]) is True
    assert puts_the_month_first(["01/02/2026", "2026-12-31", ""]) is None
