"""One measured value, as it is typed or uploaded, before it is kept."""

from dataclasses import dataclass
from decimal import Decimal

from commonweal.foundations.publishing.rungs import Rung
from commonweal.methods.quantities import Period


@dataclass(frozen=True)
class Measured:
    value: Decimal
    period: Period
    provenance: str
    n: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    rung: str = Rung.CLAIMED
