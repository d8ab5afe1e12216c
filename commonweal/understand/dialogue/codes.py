"""The two words by which a poster names a conversation: /c/word-word.

Drawn from the plain words of receipts: short to type, hard to mistake. They are no secret.
"""

import secrets

from commonweal.foundations.notices.wording import all_words


def draw() -> str:
    return "-".join(secrets.choice(all_words()) for _ in range(2))
