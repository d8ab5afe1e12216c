"""What a table of answers would bring, held against what is here already. Changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from commonweal.foundations import intake
from commonweal.foundations.intake import queries as came_in
from commonweal.foundations.places import queries as places
from commonweal.foundations.places.models import Area

from ..ages import Ages
from ..comments import Comments, Said
from ..details import Detail, found_in
from ..models import Contribution

#: So many contributions are asked for in one question.
AT_ONCE = 500


@dataclass(frozen=True)
class Personal:
    """An answer that looks as if it held private details, and what they are."""

    said: Said
    details: tuple[Detail, ...]


@dataclass(frozen=True)
class Coming:
    """Attributes:
    new: answers that are not here yet.
    changed: how many that are here have other words in the file now; what was kept stays.
    personal: of the new ones, those with private details in them.
    heard: how many people of which area and ages come in with the new ones.
    lost: how many of their postcodes lie nowhere that we know.
    """

    comments: Comments
    new: tuple[Said, ...]
    changed: int
    personal: tuple[Personal, ...]
    heard: Mapping[tuple[Area | None, Ages], int]
    lost: int

    @property
    def known(self) -> int:
        return len(self.comments.said) - len(self.new)

    @property
    def preview(self) -> intake.Preview:
        found = intake.Coming(_("Suggestions"), found=len(self.comments.said), new=len(self.new))
        return intake.Preview(self.comments.source, self.comments.digest, (found,), tuple(self.notes))

    @property
    def notes(self) -> Iterator[str | Promise]:
        """What a person should read first."""
        comments = self.comments
        if comments.read_as not in ("UTF-8", "XLSX"):
            yield format_lazy(
                _("The text was read as {kind}. Look whether accents and £ are right."), kind=comments.read_as
            )
        counts = (comments.own_rows, comments.empty, comments.tidied, self.changed, self.lost)
        for count, note in zip(counts, _NOTES, strict=True):
            if count:
                yield note % {"count": count}


_NOTES = (
    ngettext_lazy(
        "%(count)s row below the headings is the form tool's own and is left out.",
        "%(count)s rows below the headings are the form tool's own and are left out.",
        "count",
    ),
    ngettext_lazy(
        "%(count)s row has no words in it and is left out.",
        "%(count)s rows have no words in them and are left out.",
        "count",
    ),
    ngettext_lazy(
        "Hidden signs were taken off %(count)s answer.", "Hidden signs were taken off %(count)s answers.", "count"
    ),
    ngettext_lazy(
        "%(count)s answer has other words now than when it came in. What was kept stays.",
        "%(count)s answers have other words now than when they came in. What was kept stays.",
        "count",
    ),
    ngettext_lazy(
        "%(count)s postcode lies in no ward that we know.", "%(count)s postcodes lie in no ward that we know.", "count"
    ),
)


def plan_comments(comments: Comments) -> Coming:
    """Hold the answers against what came in from the same source before. Changes nothing."""
    known = came_in.known(comments.source, "comment", [said.key for said in comments.said])
    new = tuple(said for said in comments.said if said.key not in known)
    old = {said.key: said.words for said in comments.said if said.key in known}
    heard, lost = _heard(comments, new)
    return Coming(
        comments=comments,
        new=new,
        changed=_changed({known[key].uuid: words for key, words in old.items()}),
        personal=tuple(Personal(said, tuple(found)) for said in new if (found := found_in(said.words))),
        heard=heard,
        lost=lost,
    )


def _changed(told: Mapping[UUID, str]) -> int:
    """Words that were taken away since are no change of the file's."""
    changed, ids = 0, list(told)
    for start in range(0, len(ids), AT_ONCE):
        some = Contribution.objects.filter(pk__in=ids[start : start + AT_ONCE], words__removed_at=None)
        changed += sum(told[pk] != words for pk, words in some.values_list("pk", "words__text"))
    return changed


def _heard(comments: Comments, new: Sequence[Said]) -> tuple[Counter[tuple[Area | None, Ages]], int]:
    """People of rows of which nothing is here yet, each once, however many questions they answered."""
    fresh = {said.key for said in new}
    known = {said.row for said in comments.said if said.key not in fresh}
    rows = {said.row for said in new} - known
    who = [comments.people[row] for row in sorted(rows) if row in comments.people]
    areas = places.areas_of(each.postcode for each in who if each.postcode)
    lost = sum(bool(each.postcode) and each.postcode not in areas for each in who)
    return Counter((areas.get(each.postcode), each.ages) for each in who), lost
