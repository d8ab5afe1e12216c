"""What we take as words, and what we ask people to change first."""

import re
import unicodedata
from collections.abc import Mapping

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.look.signs import told_of
from commonweal.foundations.verbs.refusals import Refusal

from .models import Contribution

LONGEST_SUGGESTION = 2_000
LONGEST_REASON = 4_000
#: What people vote on they read at a glance.
LONGEST_STATEMENT = 280

#: Signs that turn the direction of text around: they make a sentence read otherwise than it is written.
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


class NothingSaid(Refusal):
    plainly = _("Write something first.")


class SaidAtTooGreatLength(Refusal):
    plainly = _("That is too long.")


class HiddenSigns(Refusal):
    plainly = _(
        "There are hidden signs in your text that we cannot keep. Type the words again instead of pasting them."
    )


class Markup(Refusal):
    plainly = _("Write plain words, please.")


#: What a page would take for its own: `<b>`, `</p>`, `<!--`. A heart `<3` and `a < b` are plain words.
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|<[?!][a-zA-Z]")


def clean(text: str, *, longest: int = LONGEST_SUGGESTION) -> str:
    """The words without the edges.

    Raises:
        NothingSaid: nothing is left.
        SaidAtTooGreatLength: more than `longest` characters.
        HiddenSigns: control characters, or signs that turn the direction of text around.
        Markup: pieces of the language of web pages, which here would only stand there as they are.
    """
    words = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not words:
        raise NothingSaid()
    if len(words) > longest:
        raise SaidAtTooGreatLength(plainly=_too_long(len(words), longest))
    if hidden := next((sign for sign in words if is_hidden(sign)), ""):
        raise HiddenSigns(plainly=told_of(hidden))
    if found := _MARKUP.search(words):
        raise Markup(plainly=gettext("Leave out “%(markup)s”. Write plain words, please.") % {"markup": found[0][:40]})
    return words


def in_and_back(found: int, held: Mapping[str, int]) -> str:
    """Of the statements that were brought in, how many everybody may read, and why not the others.

    "39 statements: 36 are shown and 3 are held back. Why: it has no words in it (3)."
    """
    total = ngettext("%(found)s statement", "%(found)s statements", found) % {"found": f"{found:,}"}
    back = sum(held.values())
    if not back:
        return gettext("%(total)s: nothing is held back.") % {"total": total}
    shown = ngettext("%(count)s is shown", "%(count)s are shown", found - back) % {"count": f"{found - back:,}"}
    kept = ngettext("%(count)s is held back", "%(count)s are held back", back) % {"count": f"{back:,}"}
    why = ", ".join(f"{_in_a_sentence(because)} ({count:,})" for because, count in sorted(held.items()))
    return gettext("%(total)s: %(shown)s and %(held)s. Why: %(why)s.") % {
        "total": total,
        "shown": shown,
        "held": kept,
        "why": why,
    }


def _in_a_sentence(because: str) -> str:
    label = str(Contribution.HeldBecause(because).label)
    return label[:1].lower() + label[1:]


def is_hidden(sign: str) -> bool:
    return sign in _TURNS or (unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\n\t")


def _too_long(length: int, longest: int) -> str:
    return ngettext(
        "That is %(over)s letter too long. You can use %(longest)s.",
        "That is %(over)s letters too long. You can use %(longest)s.",
        length - longest,
    ) % {"over": f"{length - longest:,}", "longest": f"{longest:,}"}
