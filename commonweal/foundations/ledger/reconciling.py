"""Our books beside the council's general ledger, to the penny."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from commonweal.methods.quantities import Money

from .files import Posted
from .models import Account, Entry, Payment


@dataclass(frozen=True)
class Difference:
    """One reference for which the two books do not say the same. What a book does not have is nought."""

    reference: str
    ours: Money
    theirs: Money
    rows: tuple[int, ...] = ()

    @property
    def by(self) -> Money:
        return self.theirs - self.ours


@dataclass(frozen=True)
class Reconciliation:
    """What agrees, what does not, and by how much altogether."""

    ours: Money
    theirs: Money
    agreed: int
    differences: tuple[Difference, ...]

    @property
    def by(self) -> Money:
        return self.theirs - self.ours

    @property
    def agrees(self) -> bool:
        return not self.differences


def reconcile(account: Account, posted: Sequence[Posted], *, from_on: date, until_on: date) -> Reconciliation:
    """Lay an account's entries of some days beside the general ledger's lines for it.

    A payment is known by its reference; any other posting by the first twelve figures of its id. Lines of one reference
    are added up on both sides before they are compared. The general ledger's lines of other days are left out.

    Args:
        from_on, until_on: the first day, and the day after the last.
    """
    lines = [line for line in posted if from_on <= line.on < until_on]
    ours, theirs = _ours(account, from_on, until_on), _added_up((line.reference, line.amount) for line in lines)
    nothing = Money(0)
    differences = [
        Difference(
            reference,
            ours.get(reference, nothing),
            theirs.get(reference, nothing),
            tuple(line.row for line in lines if line.reference == reference),
        )
        for reference in sorted({*ours, *theirs})
        if ours.get(reference, nothing) != theirs.get(reference, nothing)
    ]
    return Reconciliation(
        sum(ours.values(), nothing),
        sum(theirs.values(), nothing),
        len({*ours, *theirs}) - len(differences),
        tuple(differences),
    )


def _ours(account: Account, from_on: date, until_on: date) -> Mapping[str, Money]:
    entries = Entry.objects.filter(account=account).select_related("journal")
    of_those_days = [entry for entry in entries if from_on <= timezone.localdate(entry.journal.happened_at) < until_on]
    references = dict(
        Payment.objects.filter(journal__in=[entry.journal_id for entry in of_those_days]).values_list(
            "journal", "reference"
        )
    )
    return _added_up(
        (references.get(entry.journal_id) or entry.journal_id.hex[:12], Money(entry.amount)) for entry in of_those_days
    )


def _added_up(lines: Iterable[tuple[str, Money]]) -> dict[str, Money]:
    sums: dict[str, Money] = {}
    for reference, amount in lines:
        sums[reference] = sums.get(reference, Money(0)) + amount
    return sums
