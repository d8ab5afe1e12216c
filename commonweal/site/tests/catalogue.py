"""Reads a catalogue of words (.po) as gettext does, without gettext; finds the words that the house marks for it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

HOUSE = Path(__file__).resolve().parents[2]
WELSH = HOUSE / "site" / "locale" / "cy" / "LC_MESSAGES"
#: name of the function: which of its arguments are context, words, plural
MARKS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])? )?(".*")$')
Key = tuple[str | None, str]


@dataclass
class Entry:
    flags: set[str] = field(default_factory=set)
    places: list[str] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        return self.words.get("msgctxt"), self.words["msgid"]

    @property
    def english(self) -> list[str]:
        return [self.words[name] for name in ("msgid", "msgid_plural") if name in self.words]

    @property
    def welsh(self) -> list[str]:
        return [text for name, text in self.words.items() if name.startswith("msgstr")]

    @property
    def compiled(self) -> dict[str | tuple[str, int], str]:
        """What a compiled catalogue holds for it: one text, or one for each form of the plural."""
        context, words = self.key
        name = words if context is None else f"{context}\x04{words}"
        if "msgid_plural" not in self.words:
            return {name: self.words["msgstr"]}
        return {(name, int(form[-1])): text for form, text in self.words.items() if form.startswith("msgstr")}


def read(text: str) -> list[Entry]:
    """Every entry of a .po, its header first. What is obsolete (#~) is no entry."""
    entries = [_entry(block) for block in re.split(r"\n\s*\n", text)]
    return [entry for entry in entries if "msgid" in entry.words]


def _entry(block: str) -> Entry:
    entry, name = Entry(), ""
    for line in block.splitlines():
        if line.startswith("#,"):
            entry.flags |= {flag.strip() for flag in line[2:].split(",")}
        elif line.startswith("#:"):
            entry.places += line[2:].split()
        elif found := LINE.match(line):
            if found[1]:
                name = found[1] + (found[2] or "")
                entry.words[name] = ""
            entry.words[name] += ast.literal_eval(found[3])
    return entry


def marked() -> Iterator[tuple[Key, str]]:
    """All words that the house marks for translation, each with the file that says them."""
    for path in sorted(HOUSE.rglob("*")):
        if path.suffix in {".py", ".html", ".txt"} and not {"tests", "migrations"} & set(path.parts):
            source = path.read_text(encoding="utf-8")
            if path.suffix != ".py":
                if "templates" not in path.parts:
                    continue
                source = "\n".join(_calls(templatize(source)))
            for key in _marked_in(source):
                yield key, str(path.relative_to(HOUSE))


def _calls(source: str) -> Iterator[str]:
    """The calls among what Django writes for gettext to read: the rest of a template is crossed out, not Python."""
    string = r"""u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
    for found in re.finditer(rf"\b(_|gettext|ngettext|pgettext|npgettext)\(({string}(?:, ?{string})*)(?=[,)])", source):
        yield f"{found[1]}({found[2]})"


def _marked_in(source: str) -> Iterator[Key]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            context, words, _plural = MARKS[node.func.id]
            texts = [each.value if isinstance(each, ast.Constant) else None for each in node.args]
            if len(texts) > words and isinstance(texts[words], str):
                yield (None if context is None else str(texts[context])), str(texts[words])
