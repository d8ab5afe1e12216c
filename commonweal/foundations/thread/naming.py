"""How those whom a Ref names are called, in one question for each kind of record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from commonweal.foundations.audit import wording
from commonweal.foundations.verbs.refs import Ref

from . import kinds


def names_of(refs: Iterable[Ref]) -> dict[Ref, str]:
    """The public name of each; 'someone' for whoever has none any more."""
    asked = list(refs)
    found = known_names(asked)
    return {ref: found.get(ref) or _("someone") for ref in asked}


def known_names(refs: Iterable[Ref]) -> dict[Ref, str]:
    """The names of those that have one."""
    wanted: dict[tuple[str, str], set[UUID]] = defaultdict(set)
    for ref in refs:
        wanted[ref.room, ref.kind].add(ref.uuid)
    found: dict[Ref, str] = {}
    for (room, kind), ids in wanted.items():
        if (namer := kinds.namer(room, kind)) is not None:
            found |= {Ref(room, kind, id): wording.read(name) for id, name in namer(ids) if name}
    return found
