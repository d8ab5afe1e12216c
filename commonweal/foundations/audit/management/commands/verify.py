"""commonweal verify: does the audit trail hold?"""

from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from commonweal.foundations.audit import heads, queries, sealing
from commonweal.foundations.audit.verification import Verification


class Command(BaseCommand):
    help = "Read the whole audit trail, reckon its tree again and compare it with the signed heads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head", action="append", default=[], type=Path, metavar="FILE", help="heads that a witness has kept"
        )
        parser.add_argument(
            "--database-only", action="store_true", help="leave out the heads that this installation keeps in its files"
        )

    def handle(self, *args: Any, head: list[Path], database_only: bool, **options: Any) -> None:
        begun = time.monotonic()
        found = queries.verify(heads=_heads(head, kept=not database_only))
        for fault in found.faults:
            self.stderr.write(f"{fault.kind.upper()}  {fault}")
        self.stdout.write(_summary(found, time.monotonic() - begun))
        if not found.is_sound:
            raise CommandError("the audit trail does not hold: the first fault is named at the top", returncode=1)


def _heads(files: list[Path], *, kept: bool) -> list[heads.Head]:
    found = sealing.kept_heads() if kept else []
    for file in files:
        try:
            found += heads.parse(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, heads.UnusableHeads) as unusable:
            raise CommandError(f"{file}: {unusable}", returncode=2) from unusable
    return found


def _summary(found: Verification, seconds: float) -> str:
    return (
        f"{found.entries} entries under {found.seals} seals, compared with {found.heads} kept heads; "
        f"{found.words} pieces of text, {found.redactions} removed; "
        f"{found.unsealed} entries wait for a seal, {found.unsealed_words} pieces of text are under none. "
        f"{'All of it holds.' if found.is_sound else 'It does not hold.'} ({seconds:.1f} s)"
    )
