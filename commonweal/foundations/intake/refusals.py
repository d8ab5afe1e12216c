"""What an import says when a file cannot be used: five things, always."""

from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.verbs.refusals import Refusal

LONGEST_SHOWN = 80


class UnusableFile(Refusal):
    """The file, the row (as a spreadsheet numbers them), the column, what was expected and what was found.

    Row and column are None where the fault is that of the file, or of the whole row.
    """

    def __init__(
        self,
        file: str,
        *,
        expected: str | Promise,
        found: str | Promise,
        row: int | None = None,
        column: str | None = None,
    ) -> None:
        self.file, self.row, self.column = shown(file), row, None if column is None else shown(column)
        self.expected = expected
        self.found = shown(found) if isinstance(found, str) else found
        super().__init__(self.file, row, self.column, plainly=self._sentence())

    def _sentence(self) -> Promise:
        return format_lazy(
            self._pattern(),
            file=self.file,
            row=self.row,
            column=self.column,
            expected=self.expected,
            found=self.found,
        )

    def _pattern(self) -> Any:
        if self.row is not None and self.column is not None:
            return _(
                "{file}, row {row}, column “{column}”: we expected {expected}, and found {found}. "
                "Nothing from this file was kept."
            )
        if self.row is not None:
            return _(
                "{file}, row {row}, looking at all its columns: we expected {expected}, and found {found}. "
                "Nothing from this file was kept."
            )
        return _(
            "{file}, looking at the whole file and not at one row or column: we expected {expected}, "
            "and found {found}. Nothing from this file was kept."
        )


class NothingThere(UnusableFile):
    """No file and no folder is at the path that somebody typed: the path is told whole, so that it can be put right."""

    def __init__(self, path: str) -> None:
        super().__init__(path, expected=_("a file or a folder"), found=_("nothing"))
        there = "".join(printable(each) for each in path)
        self.plainly = format_lazy(
            _("Nothing is at {path}. Please look at the path again. Nothing was kept."), path=there
        )


def shown(text: str) -> str:
    """The text, safe to show: short, on one line, with nothing invisible in it."""
    short = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
    return "".join(printable(each) for each in short)


def printable(letter: str) -> str:
    return letter if letter.isprintable() else f"\\x{ord(letter):02x}"


def quoted(text: str) -> str | Promise:
    """A cell as a refusal shows it."""
    return format_lazy("“{cell}”", cell=shown(text)) if text else _("nothing")
