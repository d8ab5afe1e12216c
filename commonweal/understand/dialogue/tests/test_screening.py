"""The rules that look at words: what they find, what they read over, and how well they do."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from commonweal.understand.dialogue import details, local, screening
from commonweal.understand.dialogue.details import found_in
from commonweal.understand.dialogue.screening import Rules

TODAY = date(2026, 6, 1)


def finds(phrase: str, text: str, **lists: list[str]) -> bool:
    return bool(Rules.of({"lists": lists, "rules": [{"about": "x", "phrases": [phrase]}]}).about(text))


@pytest.mark.parametrize(
    ("phrase", "text", "is_found"),
    [
        ("hits me", "He HITS me!", True),
        ("hits me", "He hits mean balls", False),
        ("hit* me", "they were hitting me", True),
        ("(kill|end) my life", "to end my life", True),
        ("dont want [to] live", "I don’t want to live", True),
        ("dont want [to] live", "I dont want live", True),
        ("he .. hits", "he always, when drunk, hits", True),
        ("he .. hits", "he left. Somebody hits", False),
        ("<who> hits", "my dad hits", True),
        ("cam drin", "fy ngham; cam‑drin", True),
        ("gwr", "fy ngŵr a’r gŵr", True),
    ],
)
def test_a_phrase_is_found_as_it_is_written(phrase: str, text: str, is_found: bool) -> None:
    assert finds(phrase, text, who=["dad", "mum"]) is is_found


@pytest.mark.parametrize("phrase", ["what?", "(one", "two]", "a+b"])
def test_a_phrase_that_cannot_be_read_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        finds(phrase, "anything")


def test_an_everyday_saying_is_read_over_and_hides_nothing_else() -> None:
    told = {"lists": {}, "rules": [{"about": "x", "phrases": ["dying"]}], "unless": [{"phrases": ["dying for"]}]}
    rules = Rules.of(told)
    assert not rules.about("I'm dying for a library")
    assert rules.about("I'm dying for a library. I am dying.")


def test_a_long_text_is_looked_at_quickly() -> None:
    import time

    text = "he was often so very much and then my dad and the children were left " * 30
    began = time.perf_counter()
    screening.rules_on(TODAY).about(text[:2_000])
    found_in("1 " * 1_000 + "a" * 500 + "@" * 500)
    assert time.perf_counter() - began < 1.0


def test_every_kind_of_sentence_is_among_the_examples() -> None:
    every = screening.examples()
    assert len(every) >= 120
    assert len({each["says"] for each in every}) == len(every)
    for kept_apart in (True, False):
        sorted_out = [each["harm"] for each in screening.examples(kept_apart=kept_apart)]
        assert sum(sorted_out) >= 30 and sorted_out.count(False) >= 30
    harmless = {each["says"] for each in every if not each["harm"]}
    assert {"The road is dangerous for children", "I'm dying for a library"} <= harmless
    assert any("abuse of power" in says for says in harmless)


def test_the_rules_find_what_the_readme_says_they_find(capsys: Any) -> None:
    """The numbers of the README and of the public page are these, reckoned again."""
    measured = screening.measured_on(TODAY)
    recall, precision = measured.in_a_hundred
    with capsys.disabled():
        print(f"\nsentences kept apart: {measured}; recall {recall} %, precision {precision} %")  # noqa: T201
    told = (Path(__file__).parents[1] / "README.md").read_text()
    assert (
        f"{measured.found} of {measured.harm} sentences that tell of harm (recall {recall}\N{NO-BREAK SPACE}%)" in told
    )
    assert (
        f"{measured.false_alarms} of {measured.harmless} everyday ones (precision {precision}\N{NO-BREAK SPACE}%)"
        in told
    )
    made_with = screening.measure(screening.rules_on(TODAY), screening.examples(kept_apart=False))
    assert made_with.recall >= 0.95 and made_with.precision >= 0.95


def test_rules_that_find_nothing_or_everything_measure_as_such() -> None:
    every = screening.examples(kept_apart=True)
    nothing = screening.measure(Rules.of({"rules": []}), every)
    everything = screening.measure(
        Rules.of({"rules": [{"about": "x", "phrases": ["(a*|e*|i*|o*|u*|y*|w*|m*|h*|s*|n*|t*|r*|d*)"]}]}), every
    )
    assert (nothing.recall, nothing.precision) == (0.0, 0.0)
    assert everything.recall == 1.0 and everything.precision < 0.6


def test_the_public_page_tells_the_rules_and_the_numbers(db: None) -> None:
    page = Client().get(reverse("dialogue:word_rules")).content.decode()
    measured = screening.measured_on(TODAY)
    assert f"Of {measured.harm} that tell of harm they found {measured.found}." in page
    assert "Words find only some. Never count on them." in page
    assert "suicid" in page and "The names of private people cannot be found this way." in page
    assert "fewer than 8" in page


def test_a_place_puts_its_own_file_in_place_of_ours(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    assert local.latest("care_hours", TODAY) == 24
    own = tmp_path / "place" / "dialogue"
    own.mkdir(parents=True)
    (own / "care_hours.toml").write_text("[[values]]\nfrom = 2026-01-01\nvalue = 4\n")
    assert local.latest("care_hours", TODAY) == 4
    with pytest.raises(LookupError):
        local.latest("care_hours", date(2025, 1, 1))
    (own / "care_words.toml").write_text('[[rules]]\nfrom = 2026-01-01\nabout = "x"\nphrases = ["purple"]\n')
    assert screening.may_tell_of_harm("A purple door", on=TODAY)
    assert not screening.may_tell_of_harm("I want to die", on=TODAY)


def test_a_rule_holds_from_its_day_until_its_last() -> None:
    rows = [{"from": date(2026, 1, 1), "until": date(2026, 2, 1)}, {"from": date(2026, 3, 1)}]
    assert [len(local.in_force(rows, date(2026, month, 1))) for month in (1, 2, 3)] == [1, 0, 1]


# -- private details


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Ring me on 07700 900123.", "phone", "07700 900123"),
        ("Ring +44 7700 900 123 after six", "phone", "+44 7700 900 123"),
        ("Ring (01792) 496000", "phone", "(01792) 496000"),
        ("Write to ann.example+x@mail.example.org please", "mail", "ann.example+x@mail.example.org"),
        ("She lives at 12 Mill Lane, Swansea SA1 1AA", "address", "12 Mill Lane, Swansea SA1 1AA"),
        ("she lives at 12 mill lane sa1 1aa", "address", "12 mill lane sa1 1aa"),
        ("It is 7 Bryn Glas, CF10 1AA", "address", "7 Bryn Glas, CF10 1AA"),
        ("My number is 943 476 5919", "nhs", "943 476 5919"),
        ("NI: QQ 12 34 56 C, sorry AB123456C", "insurance", "AB123456C"),
        ("The van is AB12 CDE", "plate", "AB12 CDE"),
        ("its reg is ab12 cde", "plate", "ab12 cde"),
    ],
)
def test_private_details_are_found(text: str, kind: str, found: str) -> None:
    assert [(each.kind, each.text) for each in found_in(text)] == [(kind, found)]
    assert found_in(text)[0].label


@pytest.mark.parametrize(
    "text",
    [
        "Ring 999, 111, 116 123, 0800 1111 or 0808 800 5000",
        "The bus 12 to SA1 1AA is late",
        "About 20 people in SA1 1AA have no garden",
        "It costs £1,250,000 and 2,500 for 14 days from 2026-03-02",
        "Open 09:30 to 17:00, 02/03/2026, page 123 456",
        "943 476 5918 is not one",
        "The A12 CDE bridge and the M25",
        "meet @ the hall, C&A, 5@home",
        "Mr Smith of our street is loud",
        "It was 20 minutes 2024 2025 2026 in a row",
    ],
)
def test_what_is_no_private_detail_is_left_alone(text: str) -> None:
    assert found_in(text) == []


def test_every_kind_of_detail_has_a_name() -> None:
    assert {kind for kind, _look in details._LOOKS} == set(details.KINDS)
