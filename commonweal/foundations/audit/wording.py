"""People's words as a column of another room's question: the text, or a mark that becomes the sentence in its place.

Contribution.objects.values_list("pk", shown("words"))      a question for many rows, without loading the words
read(text)                                                  what a reader sees, in their language
"""

from datetime import date

from django.db.models import Case, CharField, F, TextField, Value, When
from django.db.models.functions import Cast, Concat, Substr

from .models import removed

#: Nobody types it: forms refuse control characters.
MARK = "\x1f"


def shown(path: str = "") -> Case:
    """The text of the `Words` at the end of `path`; or mark, date and code where it was taken away."""
    at = f"{path}__" if path else ""
    on = Substr(Cast(f"{at}removed_at", CharField()), 1, 10)
    instead = Concat(Value(MARK), on, Value(MARK), f"{at}removed_because", output_field=TextField())
    return Case(When(**{f"{at}removed_at": None}, then=F(f"{at}text")), default=instead)


def read(text: str) -> str:
    if not text.startswith(MARK):
        return text
    _, on, because = text.split(MARK)
    return removed(date.fromisoformat(on), because)
