"""Who is here: every organisation in one list, and each on its own page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonweal.foundations.look.paging import page_of
from commonweal.foundations.verbs.access import Request, loads, open_to_all
from commonweal.foundations.verbs.clock import today

from . import queries
from .models import Organisation


@open_to_all
@require_safe
def everyone_here(request: Request) -> HttpResponse:
    kind = request.GET.get("kind", "")
    page = page_of(request, queries.all_organisations(kind=kind), per_page=50)
    context = {"page": page, "kind": kind, "kinds": Organisation.Kind.choices}
    return render(request, "organisations/everyone_here.html", context)


@open_to_all
@require_safe
@loads("organisation", queries.organisation)
def organisation(request: Request, organisation: Organisation) -> HttpResponse:
    context = {
        "organisation": organisation,
        "services": queries.services(organisation),
        "acting": queries.named_parts(organisation, on=today()),
        "members": queries.number_of_members(organisation, on=today()),
    }
    return render(request, "organisations/organisation.html", context)
