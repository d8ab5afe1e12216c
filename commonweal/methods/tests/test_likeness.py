"""Texts that say alike are found, whatever their order; unlike ones are not; a person decides."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.methods.likeness import ALIKE, SAME, Texts, TooManyTexts, terms_of

SAID = [
    "Plant more trees in the park",
    "More trees in the park please",
    "Please plant some more trees in Oak Park",
    "The 43 bus is always late",
    "The number 43 bus is late every morning",
    "Late buses make me late for work",
    "Mend the holes in Station Road",
    "There are holes in Station Road, mend them",
    "Mwy o goed yn y parc",
    "Plannu mwy o goed yn y parc",
    "!!!",
]


def test_near_duplicates_are_found_and_nothing_else():
    pairs = {(SAID[pair.one], SAID[pair.other]) for pair in Texts.of(SAID).near_duplicates()}
    assert ("Mend the holes in Station Road", "There are holes in Station Road, mend them") in pairs
    assert ("Mwy o goed yn y parc", "Plannu mwy o goed yn y parc") in pairs
    assert not [pair for pair in pairs if "trees" in pair[0] and "trees" not in pair[1]]


def test_themes_gather_what_belongs_together_in_each_language():
    told = [{SAID[at] for at in theme.members} for theme in Texts.of(SAID).themes()]
    assert set(SAID[:3]) in told
    assert set(SAID[6:8]) in told
    assert set(SAID[8:10]) in told
    assert not [theme for theme in told if "!!!" in theme]


def test_a_theme_names_the_words_that_stand_out():
    trees = next(theme for theme in Texts.of(SAID).themes() if 0 in theme.members)
    assert "trees" in trees.words
    assert 0 < trees.tightness <= 1


def test_what_is_already_there_is_shown_before_it_is_said_again():
    found = Texts.of(SAID).like("could you plant tress in our park")  # with a typing mistake
    assert SAID[found[0].other] in SAID[:3]
    assert Texts.of(SAID).like("quantum chromodynamics") == []
    assert Texts.of(SAID).like("") == Texts.of(SAID).like("…") == []


def test_numbers_tell_texts_apart():
    ages = ["I am between 15 and 19 years old", "I am between 25 and 29 years old"]
    assert Texts.of([*SAID, *ages]).near_duplicates()[0].likeness < 0.999


def test_the_likeness_of_a_text_with_itself_is_one():
    twice = Texts.of([*SAID, SAID[0]])
    assert twice.near_duplicates()[0].likeness == pytest.approx(1)


@given(st.permutations(SAID))
@settings(max_examples=20)
def test_the_order_of_the_texts_makes_no_difference(mixed):
    def told(texts):
        made = Texts.of(texts)
        pairs = {
            (frozenset((texts[pair.one], texts[pair.other])), round(pair.likeness, 9))
            for pair in made.near_duplicates()
        }
        return pairs, [[texts[at] for at in theme.members] for theme in made.themes()]

    assert told(list(mixed)) == told(SAID)


@given(st.lists(st.text(max_size=60), max_size=12), st.text(max_size=60))
@settings(max_examples=60)
def test_any_texts_are_taken(texts, new):
    made = Texts.of(texts)
    assert all(0 <= pair.likeness <= 1.000001 for pair in made.like(new, least=0.0))
    assert all(SAME <= pair.likeness <= 1 for pair in made.near_duplicates())
    found = [at for theme in made.themes() for at in theme.members]
    assert len(found) == len(set(found)) <= len(texts)


def test_too_many_texts_for_themes_are_refused():
    with pytest.raises(TooManyTexts, match="4,001 texts"):
        Texts.of(["trees"] * 4_001).themes()


def test_case_accents_of_form_and_signs_make_no_difference():
    assert terms_of("ＴＲＥＥＳ!") == terms_of("trees")


def astray(text: str, dice: random.Random) -> str:
    """The same, as somebody else would type it: a word left out, two exchanged, a letter wrong."""
    words = text.split()
    if len(words) > 4:
        words.pop(dice.randrange(len(words)))
        at = dice.randrange(len(words) - 1)
        words[at], words[at + 1] = words[at + 1], words[at]
    at = dice.randrange(len(words))
    if len(words[at]) > 3:
        words[at] = words[at][:1] + words[at][2:]
    return " ".join(words)


def test_real_statements_typed_once_more_are_found_again(polis_statements):
    """american-assembly.bowling-green: a tenth of the statements, each as somebody else would have typed it."""
    dice = random.Random(1)
    again = dice.sample(range(len(polis_statements)), len(polis_statements) // 10)
    made = Texts.of(polis_statements)
    first = [made.like(astray(polis_statements[at], dice), most=1) for at in again]
    right = sum(
        bool(found) and polis_statements[found[0].other] == polis_statements[at]
        for found, at in zip(first, again, strict=True)
    )
    assert right / len(again) > 0.95


def test_a_shuffled_bag_of_letters_is_like_nothing(polis_statements):
    """The control: texts of the same letters that say nothing."""
    dice = random.Random(1)
    nonsense = ["".join(dice.sample(text, len(text))) for text in polis_statements[:200]]
    made = Texts.of(polis_statements)
    assert np.mean([bool(made.like(text, least=ALIKE)) for text in nonsense]) < 0.05
