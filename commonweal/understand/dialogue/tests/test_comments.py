"""Answers from any form tool: read, shown beforehand, kept whole or not at all, and only once."""

from __future__ import annotations

import csv
import io
import json
from base64 import b64encode
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zlib import compress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from commonweal.foundations.audit.models import Entry
from commonweal.foundations.intake import UnusableFile
from commonweal.foundations.intake.actions import ComingInTwice, NotWhatWasLookedAt
from commonweal.foundations.intake.models import Intake, Mapping, SourceId
from commonweal.foundations.intake.tests.workbooks import workbook
from commonweal.foundations.places import actions as places
from commonweal.foundations.thread.models import Step
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue import columns, comments
from commonweal.understand.dialogue.actions.coming import Coming, plan_comments
from commonweal.understand.dialogue.ages import age_band
from commonweal.understand.dialogue.file_forms import packed, unpacked
from commonweal.understand.dialogue.models import Contribution, Heard

from .conftest import AT, House, signed_in

pytestmark = pytest.mark.django_db

TODAY = AT.date()
TABLE = """Response ID,Timestamp,Full name,What would you change?,What is good?,Postcode,Age
r1,01/03/2026 10:15,Zoe Invented,More lamps by the bridge please,The ducks,N3 2TH,16-24
r2,01/03/2026 11:00,Yan Invented,"Cut the hedge, it is too high",,N99 9ZZ,Prefer not to say
r3,02/03/2026 09:30,Xi Invented,,,N3 2TH,65+
r4,02/03/2026 09:45,Will Invented,Ring me on 07700 900123 about the lamps,,,
"""
PARTS = {
    "Response ID": columns.ID,
    "Timestamp": columns.DAY_FIRST,
    "What would you change?": columns.WORDS,
    "What is good?": columns.WORDS,
    "Postcode": columns.POSTCODE,
    "Age": columns.AGE,
}
ONLY_WORDS = {"Words": columns.WORDS, "Day": columns.DAY_FIRST}


def read(house: House, table: str | bytes = TABLE, **more: Any) -> comments.Comments:
    given: dict[str, Any] = {
        "conversation": house.conversation,
        "source": columns.source_of(house.conversation, "Spring survey"),
        "parts": PARTS,
        "today": TODAY,
        "name": "answers.csv",
    } | more
    return comments.read(table.encode() if isinstance(table, str) else table, **given)


def bring_in(house: House, table: str | bytes = TABLE, **more: Any) -> dialogue.BroughtIn:
    how = {name: more.pop(name) for name in ("channel", "hold_personal", "looked_at") if name in more}
    given = read(house, table, **more)
    return dialogue.import_comments(comments=given, on_word_of="Spring survey", by=house.cleo, at=AT, **how)


def coming(house: House, table: str | bytes = TABLE, **more: Any) -> Coming:
    return plan_comments(read(house, table, **more))


def words() -> list[str]:
    said = Contribution.objects.exclude(channel="page").select_related("words")
    return sorted(each.words.text for each in said)


# -- reading and keeping


def test_each_answer_to_each_question_becomes_a_suggestion(house: House) -> None:
    brought = bring_in(house)
    assert words() == [
        "Cut the hedge, it is too high",
        "More lamps by the bridge please",
        "Ring me on 07700 900123 about the lamps",
        "The ducks",
    ]
    first = brought.contributions[0]
    assert (first.channel, first.given_on, first.keyed_in_by) == ("form", date(2026, 3, 1), house.cleo)
    assert first.on_word_of is not None
    assert first.on_word_of.text == "Spring survey"
    assert first.who == "A resident"
    assert [cause.kind for cause in first.step.causes.all()] == ["dialogue.comments"]
    assert brought.step.params == {"count": 4}


def test_names_and_what_is_left_out_are_kept_nowhere(house: House) -> None:
    bring_in(house)
    kept = json.dumps(
        [
            str(each.__dict__)
            for model in (Contribution, Intake, SourceId, Mapping, Entry, Heard, Step)
            for each in model.objects.all()
        ]
    )
    for left_out in ("Invented", "N3 2TH", "r1"):
        assert left_out not in kept.replace("Cleo Invented", "")


def test_a_second_import_adds_only_what_is_new_by_the_sources_own_ids(house: House) -> None:
    bring_in(house)
    grown = TABLE.replace("The ducks", "The swans") + "r5,02/03/2026 10:00,V,A bench halfway,,,\n"
    plan = coming(house, grown)
    assert (len(plan.new), plan.known, plan.changed) == (1, 4, 1)
    bring_in(house, grown)
    assert words().count("The ducks") == 1
    assert "The swans" not in words()
    assert "A bench halfway" in words()


def test_without_ids_words_and_day_say_what_is_known_and_twice_the_same_counts_twice(house: House) -> None:
    table = "Words,Day\nMore trees,01/03/2026\nmore  trees,01/03/2026\nMore trees,02/03/2026\n"
    assert len(bring_in(house, table, parts=ONLY_WORDS).contributions) == 3
    shuffled = "Day,Words\n02/03/2026,More trees\n01/03/2026,More trees\n01/03/2026,More trees\n01/03/2026,More trees\n"
    assert len(bring_in(house, shuffled, parts=ONLY_WORDS).contributions) == 1
    with pytest.raises(dialogue.NothingNew):
        bring_in(house, shuffled, parts=ONLY_WORDS)


def test_another_survey_of_the_same_ids_is_another(house: House) -> None:
    bring_in(house)
    assert len(bring_in(house, source=columns.source_of(house.conversation, "Summer survey")).contributions) == 4
    assert columns.source_of(house.conversation, " spring  SURVEY") == columns.source_of(
        house.conversation, "Spring survey"
    )


def test_what_looks_private_is_held_back_and_nothing_else_is(house: House) -> None:
    brought = bring_in(house)
    held = Contribution.objects.exclude(held_at=None).get()
    assert (brought.held, held.held_because, held.step.audience) == (1, "details", "parties")
    assert "07700" in held.words.text


def test_a_convenor_who_has_read_them_may_show_them_at_once(house: House) -> None:
    assert bring_in(house, hold_personal=False).held == 0
    assert not Contribution.objects.exclude(held_at=None).exists()


def test_a_postcode_becomes_a_count_of_its_ward_apart_from_the_words(house: House, ward: Any) -> None:
    assert coming(house).lost == 1
    brought = bring_in(house)
    told = {(str(each.area), each.age_from, each.age_to): each.people for each in Heard.objects.all()}
    assert told == {(ward.name, 16, 24): 1, ("None", None, None): 1}  # an empty row is nobody who was heard
    grown = TABLE + "r5,02/03/2026 10:00,V,A bench,,N3 2TH,16-24\n"
    again = bring_in(house, grown)
    assert {each.people for each in Heard.objects.filter(step=again.step)} == {1}
    assert brought.step != again.step
    assert not {field.name for field in Contribution._meta.get_fields()} & {"area", "age_from", "postcode"}


def test_one_day_for_all_where_no_column_says_it(house: House) -> None:
    table, parts = "Words\nMore trees\n", {"Words": columns.WORDS}
    with pytest.raises(UnusableFile, match="we expected the day it was said"):
        read(house, table, parts=parts)
    brought = bring_in(house, table, parts=parts, said_on=date(2026, 2, 1))
    assert brought.contributions[0].given_on == date(2026, 2, 1)


def test_a_workbook_and_older_text_are_read_too(house: House) -> None:
    rows = [["Words", "Day"], ["Seats on the 143", date(2026, 3, 1)], ["Café by the lock", date(2026, 3, 2)]]
    brought = bring_in(house, workbook(rows), parts=ONLY_WORDS, name="answers.xlsx")
    assert [each.given_on for each in brought.contributions] == [date(2026, 3, 1), date(2026, 3, 2)]
    older = "Words;Day\nCafé by the lock, £3;02/03/2026\n".encode("cp1252")
    plan = coming(house, older, parts=ONLY_WORDS)
    assert plan.new[0].words == "Café by the lock, £3"
    assert any("Windows-1252" in str(note) for note in plan.notes)


def test_rows_that_the_form_tool_adds_are_left_out_and_said(house: House) -> None:
    survey = "Words,Day\nOpen-Ended Response,\nMore trees,01/03/2026\n"
    plan = coming(house, survey, parts=ONLY_WORDS)
    assert [(said.row, said.words) for said in plan.new] == [(3, "More trees")]
    assert any("1 row below the headings" in str(note) for note in plan.notes)
    other = 'Words,Day\nWhat would you change?,Recorded\n"{""ImportId"":""QID1""}",x\nMore trees,01/03/2026\n'
    assert [said.row for said in coming(house, other, parts=ONLY_WORDS).new] == [4]
    person = "Words,Day\nResponse to the fire was slow,01/03/2026\n"
    assert len(coming(house, person, parts=ONLY_WORDS).new) == 1


def test_signs_that_turn_text_around_are_taken_off_and_said(house: House) -> None:
    plan = coming(house, "Words,Day\n\u202eMore trees\u202c,01/03/2026\n", parts=ONLY_WORDS)
    assert plan.new[0].words == "More trees"
    assert any("Hidden signs were taken off 1 answer" in str(note) for note in plan.notes)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("r9,31/02/2026,N,Words,,,", "row 6, column “Timestamp”.*such as 30/04/2026.*31/02/2026"),
        ("r9,03/03/2026,N,Words,,,", "row 6, column “Timestamp”.*not in the future"),
        ("r9,,N,Words,,,", "row 6, column “Timestamp”.*the day it was said"),
        ("r1,01/03/2026,N,Words,,,", "row 6, column “Response ID”.*row 2 has too"),
        (",01/03/2026,N,Words,,,", "row 6, column “Response ID”.*found nothing"),
        ("r9,01/03/2026,N,Words,,,old enough", "row 6, column “Age”.*25-34.*old enough"),
        (f"r9,01/03/2026,N,{'x' * 5001},,,", "row 6, column “What would you change.”.*at most 5000 letters"),
        ("r9,01/03/2026,N,Words", "row 6.*7 cells.*4 cells"),
    ],
)
def test_a_file_that_cannot_be_used_names_row_and_column_and_nothing_is_kept(house: House, row: str, told: str) -> None:
    with pytest.raises(UnusableFile, match=told):
        bring_in(house, f"{TABLE}{row}\n")
    assert not Contribution.objects.exists()


def test_a_column_that_is_not_there_and_no_column_of_words_are_refused(house: House) -> None:
    with pytest.raises(UnusableFile, match="Old name"):
        read(house, parts={"Old name": columns.WORDS})
    with pytest.raises(comments.NoColumnOfWords):
        read(house, parts={"Response ID": columns.ID})


def test_what_was_said_after_the_last_day_is_refused(house: House) -> None:
    dialogue.close(conversation=house.conversation, by=house.cleo, at=AT - timedelta(days=1))
    house.conversation.refresh_from_db()
    with pytest.raises(UnusableFile, match="row 4|row 5"):
        bring_in(house)


def test_the_verb_refuses_other_bytes_than_those_looked_at(house: House) -> None:
    looked_at = Intake.objects.create(
        source=read(house).source, digest="0" * 64, rows=1, by=house.cleo.ref, previewed_at=AT
    )
    with pytest.raises(NotWhatWasLookedAt):
        bring_in(house, looked_at=looked_at)


def test_what_came_in_meanwhile_undoes_the_whole(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_in(house)
    stale = read(house)
    monkeypatch.setattr(
        "commonweal.understand.dialogue.actions.comments.plan_comments",
        lambda given: Coming(given, given.said, 0, (), {}, 0),
    )
    before = Contribution.objects.count()
    with pytest.raises(ComingInTwice):
        dialogue.import_comments(comments=stale, on_word_of="x", by=house.cleo, at=AT)
    assert Contribution.objects.count() == before


@pytest.mark.parametrize(
    ("cell", "ages"),
    [
        ("16-24", (16, 24)),
        ("25 to 34 years", (25, 34)),
        ("65+", (65, None)),
        ("75 and over", (75, None)),
        ("Under 18", (0, 17)),
        ("47", (40, 49)),
        ("Aged 18 – 24", (18, 24)),
        ("I'd rather not say", (None, None)),
    ],
)
def test_age_bands_are_read_as_people_write_them(cell: str, ages: Any) -> None:
    assert age_band().read(cell) == ages


# -- looking at the columns


def test_columns_are_guessed_by_name_and_by_what_is_in_them() -> None:
    look = columns.look(TABLE.encode(), name="answers.csv")
    assert look.guess == {
        "Response ID": "id",
        "Timestamp": "day",
        "Full name": "",
        "What would you change?": "words",
        "What is good?": "",
        "Postcode": "postcode",
        "Age": "age",
    }
    assert columns.look(b"Date,Id\n1/31/2026,4\n").guess["Date"] == "day-month-first"


# -- pages


@pytest.fixture
def ward(house: House) -> Any:
    signed: dict[str, Any] = {"by": house.cleo, "at": AT}
    places.set_up_place(name="Invented Town", **signed)
    area = places.add_area(name="Canal", gss_code="E99000001", valid_from=date(2020, 1, 1), **signed)
    places.add_postcodes(area=area, codes=["N3 2TH"], valid_from=date(2020, 1, 1), **signed)
    return area


def page(house: House) -> str:
    return reverse("dialogue:bring_in", args=[house.conversation.pk])


def hidden(content: str) -> dict[str, str]:
    """What the form of a page would send back as it stands."""
    from html.parser import HTMLParser

    class Fields(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.found: dict[str, str] = {}

        def handle_starttag(self, tag: str, attributes: Any) -> None:
            at = dict(attributes)
            chosen = at.get("type") not in {"radio", "checkbox"} or "checked" in at
            if tag == "input" and at.get("name") and chosen:
                self.found.setdefault(at["name"], at.get("value") or ("on" if at.get("type") == "checkbox" else ""))

    parser = Fields()
    parser.feed(content)
    return parser.found


def upload(house: House, table: str = TABLE, name: str = "answers.csv") -> Any:
    file = SimpleUploadedFile(name, table.encode())
    return signed_in(house.cleo).post(page(house), {"file": file, "called": "Spring survey"})


def test_a_convenor_goes_from_the_file_to_suggestions_in_three_steps(house: House) -> None:
    cleo = signed_in(house.cleo)
    assert "Nothing is kept before you say so" in cleo.get(page(house)).content.decode()
    asked = upload(house).content.decode()
    assert "Which column is what?" in asked
    assert "More lamps by the bridge please" in asked
    chosen = {
        f"column_{place}": part for place, part in enumerate(["id", "day", "", "words", "words", "postcode", "age"])
    }
    shown = cleo.post(page(house), hidden(asked) | chosen).content.decode()
    assert "4 answers are new" in shown
    assert "a telephone number" in shown
    assert "1 row has no words in it" in shown
    assert not Contribution.objects.exists()
    kept = cleo.post(page(house), hidden(shown), follow=True)
    assert "4 suggestions are kept. 1 is held back." in kept.content.decode()
    assert Mapping.objects.get().headers["What is good?"] == "words"


def test_the_second_time_nobody_is_asked_about_columns(house: House) -> None:
    test_a_convenor_goes_from_the_file_to_suggestions_in_three_steps(house)
    shown = upload(house, TABLE + "r5,02/03/2026 10:00,V,A bench halfway along the path,,,\n").content.decode()
    assert "1 answer is new" in shown
    assert "4 are here already" in shown
    again = signed_in(house.cleo).post(page(house), hidden(shown) | {"again": "yes"} | {"digest": ""}, follow=True)
    assert again.status_code == 422
    sent = {name: hidden(shown)[name] for name in ("name", "content", "called")} | {"again": "yes"}
    assert "Which column is what?" in signed_in(house.cleo).post(page(house), sent).content.decode()
    assert "There is nothing new in this file" in upload(house).content.decode()


def test_a_page_that_is_sent_twice_keeps_once(house: House) -> None:
    asked = upload(house).content.decode()
    chosen = {f"column_{place}": part for place, part in enumerate(["id", "day", "", "words", "", "", ""])}
    shown = signed_in(house.cleo).post(page(house), hidden(asked) | chosen).content.decode()
    sent = hidden(shown)
    assert signed_in(house.cleo).post(page(house), sent).status_code == 302
    again = signed_in(house.cleo).post(page(house), sent)
    assert again.status_code == 422
    assert "Everything in this file is here already" in again.content.decode()
    assert Contribution.objects.count() == 3


@pytest.mark.parametrize("change", ["digest", "content", "parts"])
def test_a_page_that_was_changed_on_the_way_is_refused(house: House, change: str) -> None:
    asked = upload(house).content.decode()
    chosen = {f"column_{place}": part for place, part in enumerate(["id", "day", "", "words", "", "", ""])}
    sent = hidden(signed_in(house.cleo).post(page(house), hidden(asked) | chosen).content.decode())
    wrong = {"digest": "0" * 64, "content": "AAAA", "parts": "[1]"}[change]
    response = signed_in(house.cleo).post(page(house), sent | {change: wrong})
    assert response.status_code == 422
    assert not Contribution.objects.exists()


def test_choosing_no_words_or_two_days_is_told(house: House) -> None:
    asked = upload(house).content.decode()
    none = {f"column_{place}": "" for place in range(7)}
    told = signed_in(house.cleo).post(page(house), hidden(asked) | none)
    assert (told.status_code, "Choose at least one column" in told.content.decode()) == (422, True)
    twice = none | {"column_3": "words", "column_0": "day", "column_1": "day-month-first"}
    told = signed_in(house.cleo).post(page(house), hidden(asked) | twice)
    assert "may be chosen for more than one column" in told.content.decode()


def test_a_broken_file_is_told_at_the_file(house: House) -> None:
    response = upload(house, "Words\n\x01\n")
    assert response.status_code == 422
    assert "control character" in response.content.decode()


def test_a_row_that_is_wrong_is_told_beside_the_columns(house: House) -> None:
    asked = upload(house, TABLE + "r9,31/02/2026,N,Words,,,\n").content.decode()
    chosen = {f"column_{place}": part for place, part in enumerate(["id", "day", "", "words", "", "", ""])}
    told = signed_in(house.cleo).post(page(house), hidden(asked) | chosen)
    assert told.status_code == 422
    assert "row 6, column “Timestamp”" in told.content.decode()


def test_the_page_is_for_convenors(house: House) -> None:
    assert signed_in(house.ada).get(page(house)).status_code == 403


def test_what_the_page_carries_never_grows_beyond_what_we_take() -> None:
    assert unpacked(packed(b"words" * 1000)) == b"words" * 1000
    bomb = b64encode(compress(b"\0" * (columns.LIMITS.bytes + 1))).decode()
    with pytest.raises(Exception, match="not whole"):
        unpacked(bomb)


# -- the command


def command(house: House, file: Path, *more: str) -> str:
    out = io.StringIO()
    call_command(
        "import_comments", str(file), "--conversation", str(house.conversation.pk), *more, stdout=out, stderr=out
    )
    return out.getvalue()


def test_the_command_looks_then_keeps_and_remembers_the_columns(house: House, tmp_path: Path) -> None:
    file = tmp_path / "spring.csv"
    file.write_text(TABLE)
    told = ("--words", "What would you change?", "--id", "Response ID", "--day", "Timestamp")
    looked = command(house, file, *told, "--dry-run")
    assert "Suggestions: 3 (3 new)" in looked
    assert "Row 5 may hold private details: a telephone number" in looked
    assert not Contribution.objects.exists()
    assert "Kept 3 suggestions, 1 of them held back." in command(house, file, *told, "--by", "cleo@example.org")
    assert "Suggestions: 3 (0 new)" in command(house, file, "--dry-run")


def test_the_command_refuses_plainly_with_2(house: House, tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "spring.csv"
    file.write_text(TABLE)
    for more in ((), ("--words", "No such"), ("--words", "Full name", "--day", "Timestamp", "--by", "ada@example.org")):
        with pytest.raises(SystemExit) as left:
            command(house, file, *more)
        assert left.value.code == 2
    assert not Contribution.objects.exists()


@pytest.mark.slow
def test_three_thousand_real_statements_come_in_and_come_in_once(house: House, shared_data: Path) -> None:
    """Statements of five real conversations, as a form tool would save them."""
    said: dict[str, None] = {}
    for name in (
        "american-assembly.bowling-green",
        "austria-climate.2vkxcncppn.2022-07-07",
        "football-concussions",
        "austria-climate.5twd2jsnkf.2022-08-08",
        "bg2050-volunteers",
    ):
        with (shared_data / "dialogue/polis" / name / "comments.csv").open(encoding="utf-8", newline="") as rows:
            said.update(dict.fromkeys(row["comment-body"].strip() for row in csv.DictReader(rows)))
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["Words", "Day"], *([each, "01/03/2026"] for each in said if each)])
    table = out.getvalue()
    count = sum(map(bool, said))
    assert count >= 3_000
    assert len(bring_in(house, table, parts=ONLY_WORDS).contributions) == count
    with pytest.raises(dialogue.NothingNew):
        bring_in(house, table, parts=ONLY_WORDS)
