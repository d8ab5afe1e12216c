"""What people say yes to, in words. A room declares its purposes in its `tasks.py`.

    purposes.declare("dialogue.votes", _("We may keep what you vote in conversations"))

The words are what the page shows; a new wording is a new `wording_version` of the consent.
"""

from django.utils.functional import Promise

_words: dict[str, str | Promise] = {}


def declare(purpose: str, words: str | Promise) -> None:
    if purpose in _words and _words[purpose] is not words:
        raise ValueError(f"the purpose {purpose} is declared twice")
    _words[purpose] = words


def in_words(purpose: str) -> str:
    """The declared sentence; the code itself where no room declared one."""
    return str(_words.get(purpose, purpose))
