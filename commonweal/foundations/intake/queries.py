"""Questions about what came in."""

from collections.abc import Iterable

from commonweal.foundations.verbs.refs import Ref

from .models import Intake, Mapping, SourceId

AT_ONCE = 500


def known(source: str, kind: str, source_ids: Iterable[object]) -> dict[str, Ref]:
    """Those of the ids that came in before, and our records of them.

    >>> known("polis:london", "statement", [1, 2, 3])
    {'1': Ref(...)}
    """
    wanted = [str(each) for each in source_ids]
    found: dict[str, Ref] = {}
    for start in range(0, len(wanted), AT_ONCE):
        ids = SourceId.objects.filter(source=source, kind=kind, source_id__in=wanted[start : start + AT_ONCE])
        found.update(ids.values_list("source_id", "record"))
    return found


def headers_of(source: str) -> dict[str, str]:
    """The columns of this source as a person mapped them; empty where nobody has."""
    mapping = Mapping.objects.filter(source=source).first()
    return dict(mapping.headers) if mapping else {}


def was_taken_in(source: str, digest: str) -> bool:
    """Whether these very bytes came in before."""
    return Intake.objects.filter(source=source, digest=digest, state=Intake.State.TAKEN).exists()
