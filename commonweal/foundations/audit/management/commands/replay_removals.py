"""commonweal replay-removals: what had been removed goes again from a database that was restored."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from commonweal.foundations.audit import actions, removals, sealing
from commonweal.foundations.verbs import clock


class Command(BaseCommand):
    help = "Remove again what had been removed after a backup was made. Run it before a restored database is opened."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="the kept list; by default this installation's own")
        parser.add_argument("--write", action="store_true", help="write the list to the file instead")

    def handle(self, *args: Any, file: Path | None, write: bool, **options: Any) -> None:
        file = file or sealing.removals_file()
        if write:
            self.stdout.write(f"{removals.keep(file)} removals added to {file}")
            return
        replayed, foreign = actions.replay_removals(_lines(file), at=clock.now())
        self.stdout.write(f"{replayed} removals replayed from {file}")
        for subject in foreign:
            self.stderr.write(f"{subject}: no room knows how to remove this")
        if foreign:
            raise CommandError(f"{len(foreign)} removals could not be replayed", returncode=1)


def _lines(file: Path) -> list[removals.Line]:
    try:
        return removals.read(file)
    except (FileNotFoundError, NotADirectoryError) as missing:
        raise CommandError(f"Nothing is at {file}. Please look at the path again.", returncode=2) from missing
    except (OSError, UnicodeDecodeError, removals.UnusableRemovals) as unusable:
        raise CommandError(str(unusable), returncode=2) from unusable
