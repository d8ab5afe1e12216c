"""A survey of three thousand answers comes in by its file, is put together at the desk, and is answered by line."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from . import people_do
from .conftest import RunningPlace
from .days import days_ago
from .looking import assert_accessible, assert_fits
from .visitors import Visitor

pytestmark = pytest.mark.browser

COUNT = 3_000
OFFICER = "frances.bell@council.example"
ABOUT = ("the bus to the surgery", "the bench at the school", "the lamp by the bridge", "the path to the chemist")
WISHES = ("comes too late for me", "should be nearer", "is closed when I need it", "is where I meet my neighbours")


def saying(number: int) -> str:
    return f"Answer {number}: {ABOUT[number % 4]} {WISHES[number // 4 % 4]}."


def survey(folder: Path) -> Path:
    """As a form tool saves it, with a column that nobody should keep."""
    path = folder / "spring survey.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["Timestamp", "Your email", "What would help?"])
        for number in range(COUNT):
            table.writerow([f"{days_ago(2):%d/%m/%Y}", f"person{number}@people.example", saying(number)])
    return path


def test_three_thousand_answers_come_in_by_file_and_are_answered(
    place: RunningPlace, visitor: Callable[..., Visitor], tmp_path: Path
) -> None:
    checks = (assert_fits, assert_accessible)
    grace, officer = visitor(place, named="Grace Okafor"), visitor(place)
    stranger = visitor(place, checks=checks)
    conversation = people_do.open_the_conversation(grace)

    # Which column is what is said once; the address of each person is left out.
    bring_in(grace, survey(tmp_path))
    grace.reads("Which column is what?")
    grace.pick("What would help?", "What they said")
    grace.pick("Timestamp", "The day they said it (day first: 31/12/2026)")
    grace.pick("Your email", "Leave it out")
    grace.press("See what would come in")
    grace.reads(f"{COUNT} answers are new.", "Nothing is kept yet.", saying(0))
    grace.press(f"Keep these {COUNT} suggestions")

    # The same file again brings nothing.
    grace.go(conversation)
    bring_in(grace, survey(tmp_path))
    if "Which column is what?" in grace.text:
        grace.press("See what would come in")
    grace.reads("There is nothing new in this file.")

    # Put together, answered by link, checked and published; the line of each says so.
    grace.go(f"/understand/dialogue/desk/?conversation={conversation.rstrip('/').rpartition('/')[2]}")
    there = grace.page.locator("label").filter(has_text="Answer ").all_inner_texts()
    chosen = [words.split(".")[0] for words in there[:3]]
    for words in chosen:
        grace.tick(words)
    grace.write("Name of the theme", "The bus to the surgery")
    grace.press("Put together")
    theme = grace.path
    people_do.ask_an_officer(grace, name="Frances Bell", email=OFFICER)
    mail = place.postbox.to(OFFICER, saying="The bus to the surgery")[0]
    link = people_do.link_in(mail, "/notices/link/")
    people_do.draft_by_link(
        officer, link, answer="Yes: we will do this", words="From May the bus stops at the surgery."
    )
    people_do.clear_and_publish(grace, theme)
    stranger.go(theme)
    stranger.reads("From May the bus stops at the surgery.", "What was said: 3 suggestions", *chosen)
    stranger.does_not_read("@people.example")


def bring_in(window: Visitor, file: Path) -> None:
    window.follow("Bring in answers from a form or a survey")
    window.page.get_by_label("The file").set_input_files(file)
    window.write("What do you call this survey?", "Spring survey")
    window.press("Look at the file")
