"""Texts that say alike: near-duplicates, what is already there, candidates for themes. Nothing leaves the machine.

    known = Texts.of(["More trees, please", "Plant more trees", …])
    known.like("please plant trees")        those most like a new text, before somebody sends it
    known.near_duplicates()                 pairs that may say the same
    known.themes()                          groups that a person may take, change or leave

Likeness is the cosine of two bags of words and of three-letter pieces of words, each weighted by how rare it is among
the texts (TF-IDF; G. Salton and C. Buckley, 'Term-weighting approaches in automatic text retrieval', 1988). Pieces see
through endings, typing mistakes and the mutations of Welsh. It knows no meaning: 'bin day' and 'rubbish' are unlike.
Themes are groups by average linkage. All of it is the same whatever order the texts come in.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

#: Two texts may say the same from here on; and are of one theme, on the average of a group, from here on.
SAME, ALIKE = 0.6, 0.22
#: A word against all of its three-letter pieces together.
WORD, PIECES = 0.6, 0.4
#: Average linkage looks at every pair: 3,000 texts take four seconds and 400 MB.
MOST_FOR_THEMES = 4_000

_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


class TooManyTexts(ValueError):
    """More than can be grouped at once."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, by their places, and how alike they are, between 0 and 1."""

    one: int
    other: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Theme:
    """Texts that may belong together.

    Attributes:
        members: their places, the most typical first.
        words: up to three words that stand out in it.
        tightness: the mean likeness of its texts to its middle.
    """

    members: tuple[int, ...]
    words: tuple[str, ...]
    tightness: float


@dataclass(frozen=True)
class Texts:
    """Texts made ready to be compared.

    Attributes:
        texts: as they came.
        table: a row for each text, of length one (or nought, where it has no words); shape (n, terms).
        terms: what the columns stand for: words, and pieces with a mark before them.
        rarity: of each term; shape (terms,).
    """

    texts: tuple[str, ...]
    table: sparse.csr_array
    terms: tuple[str, ...]
    rarity: NDArray[np.float64]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Texts:
        counted = [terms_of(text) for text in texts]
        known = sorted({term for terms in counted for term in terms})
        in_how_many = Counter(term for terms in counted for term in terms)
        rarity = np.array([_rarity(len(texts), in_how_many[term]) for term in known])
        return cls(tuple(texts), _table(counted, known, rarity, _rarity(len(texts), 0)), tuple(known), rarity)

    def like(self, text: str, *, least: float = ALIKE, most: int = 5) -> list[Pair]:
        """Those that are most like a new text, the likest first; `one` is -1 for the new text.

        >>> Texts.of(["More trees, please", "Mend the road"]).like("plant more trees")[0].other
        0
        """
        row = _table([terms_of(text)], self.terms, self.rarity, _rarity(len(self.texts), 0))
        likeness = (self.table @ row.T).toarray().ravel()
        order = sorted(np.flatnonzero(likeness >= least).tolist(), key=lambda at: (-likeness[at], self.texts[at]))
        return [Pair(-1, at, float(likeness[at])) for at in order[:most]]

    def near_duplicates(self, *, least: float = SAME) -> list[Pair]:
        """Pairs that may say the same, the likest first."""
        found = sparse.triu(self.table @ self.table.T, k=1).tocoo()
        kept = found.data >= least
        rows = zip(found.row[kept].tolist(), found.col[kept].tolist(), found.data[kept].tolist(), strict=True)
        pairs = [Pair(one, other, min(1.0, likeness)) for one, other, likeness in rows]
        return sorted(pairs, key=lambda pair: (-round(pair.likeness, 9), self.texts[pair.one], self.texts[pair.other]))

    def themes(self, *, least: float = ALIKE, smallest: int = 2) -> list[Theme]:
        """Candidates for themes, the largest first. A text that is like no group is in none.

        Args:
            least: the mean likeness of two groups at which they are still put together.
            smallest: of how many texts a theme is at least.

        Raises:
            TooManyTexts: more than 4,000; take them in parts.
        """
        if len(self.texts) > MOST_FOR_THEMES:
            raise TooManyTexts(f"{len(self.texts):,} texts, where {MOST_FOR_THEMES:,} can be grouped at once")
        order = np.array(sorted(range(len(self.texts)), key=lambda at: (self.texts[at], at)), dtype=np.intp)
        order = order[np.diff(self.table.indptr)[order] > 0]
        if len(order) < smallest:
            return []
        rows = self.table[order]
        apart = 1 - (rows @ rows.T).toarray()
        np.fill_diagonal(apart, 0)
        group = fcluster(linkage(squareform(apart.clip(0), checks=False), "average"), 1 - least, "distance")
        members = [order[group == number] for number in range(1, group.max() + 1)]
        found = [self._theme(some) for some in members if len(some) >= smallest]
        return sorted(found, key=lambda theme: (-len(theme.members), self.texts[theme.members[0]]))

    def _theme(self, members: NDArray[np.intp]) -> Theme:
        middle = np.asarray(self.table[members].mean(axis=0)).ravel()
        near = self.table[members] @ middle / max(float(np.linalg.norm(middle)), 1e-12)
        in_order = sorted(range(len(members)), key=lambda at: (-round(float(near[at]), 9), self.texts[members[at]]))
        standing_out = sorted(np.flatnonzero(middle).tolist(), key=lambda at: (-round(float(middle[at]), 9), at))
        words = [
            self.terms[at] for at in standing_out if not self.terms[at].startswith("_") and len(self.terms[at]) > 3
        ]
        return Theme(tuple(int(members[at]) for at in in_order), tuple(words[:3]), float(near.mean()))


def terms_of(text: str) -> Counter[str]:
    """The words of a text, and the three-letter pieces of its words, each as often as it stands there.

    >>> sorted(terms_of("Trees!"))
    ['_$tr', '_ees', '_es$', '_ree', '_tre', 'trees']
    """
    words = _WORDS.findall(unicodedata.normalize("NFKC", text).casefold())
    framed = (f"${word}$" for word in words)
    pieces = (f"_{word[at : at + 3]}" for word in framed for at in range(len(word) - 2))
    return Counter(words) + Counter(pieces)


def _rarity(texts: int, holding: int) -> float:
    return float(np.log((1 + texts) / (1 + holding)) + 1)


def _table(
    counted: Iterable[Counter[str]], known: Sequence[str], rarity: NDArray[np.float64], rarest: float
) -> sparse.csr_array:
    """Rows of length one: words and pieces each of length one, then by their weights.

    A term that is not known has no column, but it lengthens its row: what nobody else said makes a text less alike.
    """
    place = {term: at for at, term in enumerate(known)}
    data: list[float] = []
    columns: list[int] = []
    starts = [0]
    for terms in counted:
        names = sorted(terms)
        at = np.array([place.get(name, -1) for name in names], dtype=np.intp)
        counts = np.array([terms[name] for name in names], dtype=float)
        weights = (1 + np.log(counts)) * np.where(at >= 0, rarity[at] if len(rarity) else 0, rarest)
        is_piece = np.array([name.startswith("_") for name in names], dtype=bool)
        for part, share in ((~is_piece, WORD), (is_piece, PIECES)):
            weights[part] *= share**0.5 / max(float(np.linalg.norm(weights[part])), 1e-12)
        data += weights[at >= 0].tolist()
        columns += at[at >= 0].tolist()
        starts.append(len(columns))
    return sparse.csr_array((np.array(data), np.array(columns, dtype=np.int32), starts), (len(starts) - 1, len(known)))
