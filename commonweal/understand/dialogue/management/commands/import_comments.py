"""`commonweal import-comments FILE`: bring in what people said in a form tool, on paper or by phone."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import rules
from django.core.management.base import BaseCommand

from commonweal.foundations.intake import actions as intakes
from commonweal.foundations.intake import queries as came_in
from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs import clock
from commonweal.foundations.verbs.refs import SYSTEM
from commonweal.foundations.verbs.refusals import NotYours, Refusal
from commonweal.understand.dialogue import actions as dialogue
from commonweal.understand.dialogue import columns, comments
from commonweal.understand.dialogue.actions.coming import Coming, plan_comments
from commonweal.understand.dialogue.actions.comments import CHANNELS
from commonweal.understand.dialogue.models import Conversation

#: The options that name one column of the file.
ONE_COLUMN = {"id": columns.ID, "postcode": columns.POSTCODE, "age": columns.AGE}


class Command(BaseCommand):
    help = "Bring in suggestions: a CSV or XLSX file with a row for each person, as form tools write them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--conversation", type=UUID, required=True, metavar="UUID")
        parser.add_argument("--dry-run", action="store_true", help="look only: say what would come in, keep nothing")
        parser.add_argument("--source", default="", help="what you call this survey; the file's name otherwise")
        parser.add_argument("--words", action="append", default=[], metavar="COLUMN", help="what they said; repeatable")
        parser.add_argument("--day", default="", metavar="COLUMN", help="the day they said it, day first or ISO 8601")
        parser.add_argument("--month-first", action="store_true", help="days in it are written 12/31/2026")
        parser.add_argument("--said-on", type=date.fromisoformat, metavar="DATE", help="one day for all, 2026-04-30")
        for name in ONE_COLUMN:
            parser.add_argument(f"--{name}", default="", metavar="COLUMN")
        parser.add_argument("--channel", choices=[each.value for each in CHANNELS], default=CHANNELS[0].value)
        parser.add_argument("--show-personal", action="store_true", help="do not hold back what looks private")
        parser.add_argument("--by", default="", metavar="EMAIL", help="the convenor who brings it in")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._bring_in(options)
        except Refusal as refusal:
            self.stderr.write(str(refusal.plainly))
            sys.exit(2)

    def _bring_in(self, options: dict[str, Any]) -> None:
        conversation = _conversation(options["conversation"])
        called = options["source"] or options["file"].stem
        source = columns.source_of(conversation, called)
        parts = _parts(options) or came_in.headers_of(source)
        read = comments.read(
            options["file"].resolve(),
            conversation=conversation,
            source=source,
            parts=parts,
            today=clock.today(),
            said_on=options["said_on"],
        )
        coming = plan_comments(read)
        self._show(coming)
        if options["dry_run"]:
            self.stdout.write("Nothing was kept (--dry-run).")
            return
        by = _convenor(options["by"])
        at = clock.now()
        brought = dialogue.import_comments(
            comments=read,
            on_word_of=called,
            by=by,
            at=at,
            channel=options["channel"],
            hold_personal=not options["show_personal"],
            looked_at=intakes.preview(preview=coming.preview, by=by, at=at),
        )
        intakes.remember_columns(source=source, headers=parts, by=by or SYSTEM, at=at)
        self.stdout.write(f"Kept {len(brought.contributions):,} suggestions, {brought.held:,} of them held back.")
        self.stdout.write(conversation.get_absolute_url())

    def _show(self, coming: Coming) -> None:
        self.stdout.write(f"Suggestions: {len(coming.comments.said):,} ({len(coming.new):,} new)")
        for note in coming.notes:
            self.stdout.write(str(note))
        for each in coming.personal:
            kinds = ", ".join(dict.fromkeys(detail.label for detail in each.details))
            self.stdout.write(f"Row {each.said.row} may hold private details: {kinds}")


def _parts(options: dict[str, Any]) -> dict[str, str]:
    parts = dict.fromkeys(options["words"], columns.WORDS)
    parts |= {options[name]: part for name, part in ONE_COLUMN.items() if options[name]}
    if options["day"]:
        parts[options["day"]] = columns.MONTH_FIRST if options["month_first"] else columns.DAY_FIRST
    return parts


def _conversation(uuid: UUID) -> Conversation:
    found = Conversation.objects.select_related("step").filter(pk=uuid).first()
    if found is None:
        raise Refusal(plainly=f"There is no conversation {uuid}.")
    return found


def _convenor(email: str) -> Person:
    person = Person.objects.prefetch_related("roles").filter(email__iexact=email, erased_at=None).first()
    if person is None or not rules.test_rule("key in a suggestion", person):
        raise NotYours(plainly=f"{email or 'Nobody'} is not a convenor here: name one with --by.")
    return person
