"""Pages of the books: an account, a posting."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.foundations.look.paging import page_of
from commonweal.foundations.thread import telling
from commonweal.foundations.thread.naming import known_names
from commonweal.foundations.verbs.access import Request, loads, open_to_all

from .. import queries
from ..models import Account, Entry, Journal
from ..rules import may_look

AT_ONCE = 50


@require_safe
@open_to_all
@loads("account", queries.account_for)
def account(request: Request, account: Account) -> HttpResponse:
    page = page_of(request, queries.entries_of(account), per_page=AT_ONCE)
    entries = list(page.object_list)
    holds = list(queries.holds_on(account)[:AT_ONCE])
    told = _told([entry.journal.reason for entry in entries], [hold.reason for hold in holds], request.person)
    shown = {
        "account": account,
        "owner": known_names([account.owner]).get(account.owner, ""),
        "page": page,
        "lines": list(zip(entries, told[0], strict=True)),
        "holds": list(zip(holds, told[1], strict=True)),
    }
    return render(request, "ledger/account.html", shown)


@require_safe
@open_to_all
@loads("journal", queries.journal_for)
def journal(request: Request, journal: Journal) -> HttpResponse:
    entries = [(entry, _name_of(request.person, entry)) for entry in queries.entries_in(journal)]
    told = _told([journal.reason], [], request.person)[0]
    return render(request, "ledger/journal.html", {"journal": journal, "entries": entries, "reasons": told})


def _name_of(person: Any, entry: Entry) -> str | None:
    """The account's name, where this person may look at it."""
    return entry.account.name if may_look(person, entry.account) else None


def _told(first: list[Any], second: list[Any], person: Any) -> list[list[Any]]:
    """One line for each reason, in order. A reason inside somebody's plan is told to others as not public."""
    unique = list({step.pk: step for step in [*first, *second]}.values())
    told = telling.told_apart([[step] for step in unique], person=person)
    lines = {step.pk: (line[0] if line else None) for step, line in zip(unique, told, strict=True)}
    return [[lines[step.pk] for step in group] for group in (first, second)]
