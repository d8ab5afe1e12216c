"""An opinion map as plain data (for JSON) and in words.

The words are English and short; pages of the platform say the same in the reader's language from the same codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .mapping import FEWEST_PEOPLE, FEWEST_VOTES, OpinionMap
from .stability import HOLDS
from .statements import Telling
from .votes import AGREE

#: Another one whenever the same votes and seed would give another map.
VERSION = "1"
#: What a reader has to know, by code.
NOTES: Mapping[str, str] = {
    "too_few_people": f"Fewer than {FEWEST_PEOPLE} people voted on {FEWEST_VOTES} statements or more, so there is no "
    "map: single people could be told from it.",
    "everybody_alike": "Everybody who voted enough stands on nearly the same spot, so there are no groups.",
    "people_far_out": "A few people stand far from everybody else. They are not a group of their own, and the groups "
    "were looked for without them.",
    "groups_do_not_hold": "No groups were found that would come out again from other people or other statements, so "
    "none are reported.",
}
#: What no map of votes can know, whatever comes out of it.
ALWAYS = (
    "People chose to take part: the sizes of the groups say nothing about the sizes in the whole place.",
    "A statement that few people saw is known less well than its share looks.",
)
METHOD = (
    f"People with {FEWEST_VOTES} votes or more; missing votes as the statement's mean; two principal components; "
    "points times the root of statements over votes; k-means for 2 to 5 groups, the number by silhouette"
)
GUARDS = f"; people far out set aside; groups reported only where each comes out again (Jaccard {HOLDS} or more)"


def as_data(made: OpinionMap) -> dict[str, Any]:
    """The map as plain data: numbers, texts, lists and dicts."""
    people, statements = made.votes.shape
    return {
        "participants": people,
        "statements": statements,
        "votes": len(made.votes),
        "moderated": int(made.is_out.sum()),
        "clustered": made.clustered,
        "explained_variance": []
        if made.plane is None
        else [round(each, 6) for each in made.plane.explained_variance.tolist()],
        "groups": [
            {
                "name": group.name,
                "size": group.size,
                "stability": None if group.stability is None else round(group.stability, 4),
                "centre": [round(each, 6) for each in group.centre],
                "representative": [_told(each, made) for each in group.representative],
            }
            for group in made.groups
        ],
        "uniting": [_told(each, made) for each in made.uniting],
        "dividing": [_told(each, made) for each in made.dividing],
        "silhouette": None if made.silhouette is None else round(made.silhouette, 6),
        "seed": made.seed,
        "method": METHOD if made.is_plain else METHOD + GUARDS,
        "notes": [{"code": code, "says": NOTES[code]} for code in made.notes]
        + [{"code": "always", "says": says} for says in ALWAYS],
    }


def in_words(made: OpinionMap, words: Mapping[int, str] | None = None) -> str:
    """The map as a page of text.

    Args:
        words: of the statements, by id; without them they are called by their numbers.
    """
    people, statements = made.votes.shape
    lines = [
        f"{people:,} people cast {len(made.votes):,} votes on {statements:,} statements "
        f"({int(made.is_out.sum()):,} taken out by moderators); {made.clustered:,} voted enough to be in a group."
    ]
    if made.silhouette is not None:
        sizes = ", ".join(f"{group.name} with {group.size:,} people{_held(group.stability)}" for group in made.groups)
        lines.append(f"Groups: {sizes}. Silhouette {made.silhouette:.3f}.")
    for title, told in (
        ("What unites all groups" if made.groups else "What most people say", made.uniting),
        ("What divides them", made.dividing),
    ):
        lines += [f"\n{title}"] + [f"- {sentence(each, made, words)}" for each in told] if told else []
    for group in made.groups:
        lines += [f"\nWhat group {group.name} says more than others"]
        lines += [f"- {sentence(each, made, words)}" for each in group.representative]
    lines += ["\nWhat to know"] + [f"- {note}" for note in (*(NOTES[code] for code in made.notes), *ALWAYS)]
    return "\n".join(lines)


def sentence(told: Telling, made: OpinionMap, words: Mapping[int, str] | None = None) -> str:
    """A statement and what each group said to it, as in: 12 “More trees”: agree A 90%, B 20%."""
    text = f" “{words[told.statement]}”" if words and told.statement in words else ""
    side = "agree" if told.choice == AGREE else "disagree"
    names = [group.name for group in made.groups] or ["everybody"]
    shares = ", ".join(f"{name} {share:.0%}" for name, share in zip(names, told.shares, strict=True))
    return f"{told.statement}{text}: {side} {shares}"


def _held(stability: float | None) -> str:
    return "" if stability is None else f" (comes out again: {stability:.0%})"


def _told(told: Telling, made: OpinionMap) -> dict[str, Any]:
    names = [group.name for group in made.groups] or ["everybody"]
    return {
        "statement": told.statement,
        "choice": "agree" if told.choice == AGREE else "disagree",
        "shares": {name: round(share, 4) for name, share in zip(names, told.shares, strict=True)},
        "why": sentence(told, made),
    }
