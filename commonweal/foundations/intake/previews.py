"""What would come in, told before anything is kept."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Coming:
    """One kind of record in a file: how many it has, and how many of them we have not seen before.

    >>> Coming(_("Statements"), found=38, new=38)
    """

    what: str | Promise
    found: int
    new: int

    @property
    def known(self) -> int:
        return self.found - self.new


@dataclass(frozen=True, slots=True)
class Preview:
    """All that an import would bring.

    Args:
        source: where the file comes from, as `polis:london.youth.policing`.
        digest: of the bytes that were looked at; taking in other bytes than these is refused.
        coming: what is in them.
        notes: sentences that a person should read first: what is left out and why.
    """

    source: str
    digest: str
    coming: tuple[Coming, ...]
    notes: tuple[str | Promise, ...] = ()

    @property
    def rows(self) -> int:
        return sum(each.found for each in self.coming)

    @property
    def brings_anything(self) -> bool:
        return any(each.new for each in self.coming)
