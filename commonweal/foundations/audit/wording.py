"""People's words as a column of another room's question: the text with its language, or what stands in its place.

Contribution.objects.values_list("pk", shown("words"))      a question for many rows, without loading the words
read(text)                                                  what a reader sees; `.language` is the one it was written in
"""

from datetime import date

from django.db.models import Case, CharField, F, TextField, Value, When
from django.db.models.functions import Cast, Concat, Substr

from .models import removed

#: Nobody types them: forms refuse control characters.
MARK, SPOKEN = "\x1f", "\x1e"


class Said(str):
    """A text as a reader sees it, and the language that it was written in, where that is known."""

    language: str = ""


def shown(path: str = "") -> Case:
    """The text of the `Words` at the end of `path`, after its language; or date and code where it was taken away."""
    at = f"{path}__" if path else ""
    on = Substr(Cast(f"{at}removed_at", CharField()), 1, 10)
    instead = Concat(Value(MARK), on, Value(MARK), f"{at}removed_because", output_field=TextField())
    spoken = Concat(Value(SPOKEN), f"{at}language", Value(SPOKEN), f"{at}text", output_field=TextField())
    stands = {f"{at}removed_at": None}
    return Case(
        When(**stands, **{f"{at}language": ""}, then=F(f"{at}text")), When(**stands, then=spoken), default=instead
    )


def read(text: str) -> Said:
    if text.startswith(MARK):
        _, on, because = text.split(MARK)
        return Said(removed(date.fromisoformat(on), because))
    if not text.startswith(SPOKEN):
        return Said(text)
    _, language, words = text.split(SPOKEN, maxsplit=2)
    said = Said(words)
    said.language = language
    return said
