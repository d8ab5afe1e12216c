"""`commonweal import-conversation FOLDER`: bring in a conversation as Polis exports it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import rules
from django.core.management.base import BaseCommand

from commonweal.foundations.intake import actions as intakes
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs import clock
from commonweal.foundations.verbs.refs import SYSTEM
from commonweal.foundations.verbs.refusals import NotYours, Refusal
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue import polis
from commonweal.understand.dialogue.actions.plan import Plan, plan_import

WIDTH = 40


class Command(BaseCommand):
    help = "Bring in a conversation: a folder (or zip) with comments.csv and votes.csv as Polis exports them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="look only: say what would come in, keep nothing")
        parser.add_argument("--question", default="", help="what was asked, where summary.csv does not say")
        parser.add_argument(
            "--promise",
            default="",
            metavar="TEXT",
            help="what will be done here with what people said; without it the conversation says that nothing was "
            "promised",
        )
        parser.add_argument("--by", default="", metavar="EMAIL", help="the convenor who brings it in")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._bring_in(options)
        except Refusal as refusal:
            self.stderr.write(str(refusal.plainly))
            sys.exit(2)

    def _bring_in(self, options: dict[str, Any]) -> None:
        by = _convenor(options["by"])
        export = polis.read(options["folder"].resolve(), question=options["question"])
        plan = plan_import(export)
        self._show(plan)
        self.stdout.write(f"Promise: {options['promise'] or 'none; the page says so'}")
        if options["dry_run"]:
            self.stdout.write("Nothing was kept (--dry-run).")
            return
        looked_at = intakes.preview(preview=plan.preview, by=by or SYSTEM, at=clock.now())
        bar = _Bar(self.stderr)
        imported = dialogue.import_conversation(
            export=export,
            by=by,
            at=clock.now(),
            promise=options["promise"],
            looked_at=looked_at,
            progress=bar.show,
        )
        bar.end()
        self.stdout.write(f"Kept. The conversation: {imported.conversation.get_absolute_url()}")

    def _show(self, plan: Plan) -> None:
        export, preview = plan.export, plan.preview
        self.stdout.write(f"Question: {export.question}")
        self.stdout.write(f"From: {export.source}")
        for coming in preview.coming:
            self.stdout.write(f"{coming.what}: {coming.found:,} ({coming.new:,} new)")
        self.stdout.write(f"People who voted: {export.voters:,}")
        self.stdout.write(f"Votes cast again, where the last one counts: {export.revotes:,}")
        for note in preview.notes:
            self.stdout.write(str(note))
        self.stdout.write(self._verdict(plan))

    def _verdict(self, plan: Plan) -> str:
        count = len(plan.differences)
        if not count:
            return "Counting every row gives agrees and disagrees as published, for every statement."
        return (
            f"Counting every row gives other agrees or disagrees than published for {count:,} statements (see above)."
        )


def _convenor(email: str) -> Person | None:
    if not email:
        return None
    person = Person.objects.prefetch_related("roles").filter(email__iexact=email, erased_at=None).first()
    if not rules.test_rule("open a conversation", person):
        raise NotYours(plainly=f"{email} is not a convenor here.")
    return person


class _Bar:
    """How far it has come, on a terminal; silent where nobody looks."""

    def __init__(self, stream: Any) -> None:
        self.stream, self.is_seen = stream, bool(stream.isatty())

    def show(self, share: float) -> None:
        if self.is_seen:
            done = round(share * WIDTH)
            self.stream.write(f"\r[{'#' * done}{'.' * (WIDTH - done)}] {share:4.0%}", ending="")

    def end(self) -> None:
        if self.is_seen:
            self.stream.write("")
