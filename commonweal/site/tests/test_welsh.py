"""The Welsh of the house: whole, in step with what is said in English, and shown."""

from __future__ import annotations

import gettext
import re
from collections import Counter
from collections.abc import Iterable

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils import translation
from django.utils.translation import ngettext

from .catalogue import WELSH, Entry, marked, read

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|</?\w+[^>]*>")


def entries() -> list[Entry]:
    return read((WELSH / "django.po").read_text(encoding="utf-8"))[1:]


def out_of_step(read_entries: Iterable[Entry], compiled: dict[object, str]) -> set[object]:
    """What the text and the compiled file do not both hold, in the same words."""
    written = {key: text for entry in read_entries for key, text in entry.compiled.items()}
    return {key for key, _text in written.items() ^ {key: text for key, text in compiled.items() if key != ""}.items()}


def unlike(entry: Entry) -> bool:
    """Whether a Welsh form lacks or adds something that is filled in. One form may leave out what its English does."""
    allowed = [Counter(PLACEHOLDER.findall(text)) for text in entry.english]
    return any(Counter(PLACEHOLDER.findall(text)) not in allowed for text in entry.welsh)


def test_the_compiled_words_are_in_step_with_the_written_ones() -> None:
    with (WELSH / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    assert not out_of_step(entries(), compiled)
    assert out_of_step(entries()[1:], compiled), "a compiled file with one word more is not found out"


def test_every_word_that_is_marked_has_its_welsh() -> None:
    there = {entry.key for entry in entries()}
    missing = sorted({f"{place}: {key[1]}" for key, place in marked() if key[1] and key not in there})
    assert not missing, "renew the catalogue as site/locale/GLOSSARY.md says:\n" + "\n".join(missing)


def test_the_marked_words_are_found_by_this_test_at_all() -> None:
    """A control: it finds what gettext found, but for a few words that are not said any more."""
    found = {key for key, _place in marked()}
    wanted = {entry.key for entry in entries()}
    assert len(wanted - found) < len(wanted) / 20
    assert {place.rsplit(".", 1)[1] for _key, place in marked()} >= {"py", "html", "txt"}


def test_no_welsh_is_empty_or_a_guess() -> None:
    empty = [entry.key for entry in entries() if "fuzzy" in entry.flags or not all(entry.welsh)]
    assert not empty


def test_an_empty_or_guessed_word_would_be_seen() -> None:
    [_header, empty, guessed] = read('msgid ""\nmsgstr ""\n\nmsgid "a"\nmsgstr ""\n\n#, fuzzy\nmsgid "b"\nmsgstr "c"\n')
    assert not all(empty.welsh)
    assert "fuzzy" in guessed.flags


def test_what_is_filled_in_is_the_same_in_both_languages() -> None:
    assert not [entry.key for entry in entries() if unlike(entry)]


@pytest.mark.parametrize("welsh", ["Helo", "Helo %(nam)s", "Helo %(name)s %(name)s", "Helo <b>%(name)s</b>"])
def test_a_wrong_filling_would_be_seen(welsh: str) -> None:
    assert unlike(read(f'msgid "Hello %(name)s"\nmsgstr "{welsh}"\n')[0])


def test_the_plural_is_chosen_as_django_chooses_it() -> None:
    """Django reads its own catalogue and ours as one only where both choose by the same rule."""
    header = read((WELSH / "django.po").read_text(encoding="utf-8"))[0].words["msgstr"]
    assert "nplurals=4; plural=(n==1) ? 0 : (n==2) ? 1 : (n != 8 && n != 11) ? 2 : 3;" in header
    with translation.override("cy"):
        said = [ngettext("%(found)s person", "%(found)s people", n) % {"found": n} for n in (0, 1, 2, 3, 8, 11, 20)]
    assert said == ["0 person", "1 person", "2 berson", "3 person", "8 person", "11 person", "20 person"]


def test_days_are_named_in_welsh() -> None:
    from datetime import date

    with translation.override("cy"):
        shown = Template('{{ day|date:"j F Y" }} {{ day|date:"l" }}').render(Context({"day": date(2026, 3, 27)}))
    assert shown == "27 Mawrth 2026 Dydd Gwener"


def test_what_django_says_of_a_bad_password_is_welsh() -> None:
    with translation.override("cy"), pytest.raises(ValidationError) as refused:
        validate_password("password")
    assert "Mae'r cyfrinair hwn yn rhy fyr. Rhaid iddo fod o leiaf 10 nod o hyd." in refused.value.messages


def test_every_word_we_borrow_is_shown_in_welsh() -> None:
    from commonweal.site import borrowed_words as borrowed

    plain = [*borrowed.DJANGO_FORMS, *borrowed.DJANGO_PASSWORDS, *borrowed.ALLAUTH]
    english = {entry.key[1] for entry in entries() if entry.places == ["site/borrowed_words.py"]}
    with translation.override("cy"):
        assert not [str(each) for each in plain if "ngettext" not in repr(type(each)) and str(each) in english]


def test_welsh_is_offered() -> None:
    assert "cy" in dict(settings.LANGUAGES)
