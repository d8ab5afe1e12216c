"""Does a text perhaps tell of harm? Phrases are looked for; nothing is guessed, learned or sent anywhere.

Words find only some of what people say about harm, and some of what they find is harmless: how many of each is measured
(`measure`) and published. So a find is no verdict: a person who is trained reads the text, and help is shown at once.

A phrase is written as people speak, in small letters and without signs:

    hit*         a word that begins so           (he|she)    one of these
    ..           up to six more words           [been]      this word, or nothing
    <family>     one word of the list of that name

>>> rules = Rules.of({"lists": {}, "rules": [{"about": "x", "phrases": ["kill* (my|her) .. dog"]}], "unless": []})
>>> rules.about("They killed my little old dog!"), rules.about("They killed time. My dog waited.")
({'x'}, set())
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from . import local

#: So many more words may stand where a phrase says `..`, within one sentence.
GAP = r"(?: [a-z0-9]+){0,6}?"
_TOKEN = re.compile(r"\.\.|<\w+>|[()\[\]|]|[a-z0-9]+\*?")
_ENDS = re.compile(r"[.!?;:\n]+")


@dataclass(frozen=True)
class Rules:
    """Phrases of one day, made into patterns."""

    held: tuple[tuple[str, re.Pattern[str]], ...]
    read_over: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Rules:
        lists = told.get("lists", {})
        held = tuple((row["about"], _pattern(row["phrases"], lists)) for row in told["rules"])
        over = tuple(_pattern(row["phrases"], lists) for row in told.get("unless", []))
        return cls(held, over)

    def about(self, text: str) -> set[str]:
        """What the text may be about: codes of the rules that found something."""
        plain = plainly(text)
        for pattern in self.read_over:
            plain = pattern.sub(" . ", plain)
        return {about for about, pattern in self.held if pattern.search(plain)}


def rules_on(day: date) -> Rules:
    return _rules(local.version_of("care_words"), day)


@lru_cache(maxsize=8)
def _rules(version: object, day: date) -> Rules:
    told = local.file_of("care_words")
    in_force = {name: local.in_force(told.get(name, []), day) for name in ("rules", "unless")}
    return Rules.of({**told, **in_force})


def may_tell_of_harm(text: str, *, on: date) -> bool:
    return bool(rules_on(on).about(text))


def plainly(text: str) -> str:
    """Small letters without accents and signs, one blank between words, a dot where a sentence ends.

    >>> plainly("He's HIT me… Dw i'n drist!")
    ' hes hit me . dw in drist . '
    """
    folded = unicodedata.normalize("NFKD", text.casefold().replace("…", "."))
    letters = "".join(sign for sign in folded if unicodedata.category(sign) not in {"Mn", "Cf"})
    letters = re.sub(r"['’‘`´]", "", letters)
    words = re.sub(r"[^a-z0-9.]+", " ", _ENDS.sub(" . ", letters))
    return f" {' '.join(words.replace('.', ' . ').split())} "


@dataclass(frozen=True)
class Measure:
    """How well the rules do on sentences that people have sorted: what they find, and how much of it is right."""

    harm: int
    found: int
    harmless: int
    false_alarms: int

    @property
    def recall(self) -> float:
        """Of the sentences that tell of harm, the share that is found."""
        return self.found / self.harm if self.harm else 0.0

    @property
    def precision(self) -> float:
        """Of the sentences that are held, the share that tells of harm."""
        held = self.found + self.false_alarms
        return self.found / held if held else 0.0

    @property
    def in_a_hundred(self) -> tuple[int, int]:
        return round(100 * self.recall), round(100 * self.precision)


def measure(rules: Rules, examples: Iterable[Mapping[str, Any]]) -> Measure:
    """Hold sorted sentences (`says`, `harm`) against the rules."""
    sorted_out = [(each["harm"], bool(rules.about(each["says"]))) for each in examples]
    return Measure(
        harm=sum(harm for harm, _held in sorted_out),
        found=sum(harm and held for harm, held in sorted_out),
        harmless=sum(not harm for harm, _held in sorted_out),
        false_alarms=sum(held and not harm for harm, held in sorted_out),
    )


def examples(*, kept_apart: bool | None = None) -> list[dict[str, Any]]:
    """Invented sentences that people have sorted; those that nobody looked at while the rules were written, or the
    others, or all."""
    told: list[dict[str, Any]] = local.file_of("care_examples")["examples"]
    return [each for each in told if kept_apart is None or each["kept_apart"] == kept_apart]


def measured_on(day: date) -> Measure:
    """On the sentences that were kept apart: on those that the rules were made with every rule looks good."""
    return _measured(local.version_of("care_words"), local.version_of("care_examples"), day)


@lru_cache(maxsize=8)
def _measured(words: object, sentences: object, day: date) -> Measure:
    return measure(rules_on(day), examples(kept_apart=True))


def _pattern(phrases: Sequence[str], lists: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    either = "|".join(_phrase(phrase, lists) for phrase in phrases)
    return re.compile(rf"(?<= )(?:{either})(?= )")


def _phrase(phrase: str, lists: Mapping[str, Sequence[str]]) -> str:
    """One phrase as a pattern on what `plainly` gives.

    Raises:
        ValueError: the phrase has a sign that means nothing here, or a bracket without its other half.
    """
    made, needs_blank = [], False
    if _TOKEN.sub("", phrase).strip() or any(phrase.count(one) != phrase.count(two) for one, two in ("()", "[]")):
        raise ValueError(f"this phrase cannot be read: {phrase}")
    for sign in _TOKEN.findall(phrase):
        if sign == "..":
            made.append(GAP)
        elif sign in ")]":
            made.append(")" if sign == ")" else "))?")
        elif sign == "|":
            made.append("|")
        else:
            made.append(_opened(sign, lists, needs_blank))
        needs_blank = sign not in "(|["
    return "".join(made)


def _opened(sign: str, lists: Mapping[str, Sequence[str]], needs_blank: bool) -> str:
    """A word, a list of words, or the beginning of a bracket, after its blank."""
    if sign == "[":
        return "(?: (?:"
    blank = " " if needs_blank else ""
    if sign == "(":
        return f"{blank}(?:"
    if sign.startswith("<"):
        return f"{blank}(?:{'|'.join(_word(word) for word in lists[sign[1:-1]])})"
    return blank + _word(sign)


def _word(word: str) -> str:
    return word.replace("*", "[a-z0-9]*")
