"""How papers name people's words."""

from uuid import UUID

from commonweal.foundations.publishing.documents import Named
from commonweal.foundations.verbs.refs import Ref


def quoted(words: UUID) -> Named:
    """Somebody's words, fetched when the paper is shown; nothing of what is held back."""
    return Named(Ref("dialogue", "words", words))
