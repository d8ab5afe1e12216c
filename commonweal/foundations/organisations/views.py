"""Who is here: every organisation in one list, and each on its own page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.foundations.look.paging import page_of
from commonweal.foundations.verbs.access import Request, loads, may, open_to_all
from commonweal.foundations.verbs.clock import now, today
from commonweal.foundations.verbs.refusals import Refusal

from . import actions, queries
from .forms import HeadForm
from .models import Organisation, Service


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


@loads("service", queries.service)
@may("name the head of a service")
@require_http_methods(["GET", "HEAD", "POST"])
def head(request: Request, service: Service) -> HttpResponse:
    """Who is told when the service is late with an answer."""
    form = HeadForm(request.POST or None, initial={"name": service.head_name, "email": service.head_email})
    if form.is_valid():
        try:
            actions.name_head(service=service, by=request.person, at=now(), **form.cleaned_data)
            messages.success(request, _("Kept. They are told when an answer of this service is late."))
            return redirect("organisations:head", service.pk)
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    told = {"service": service, "form": form}
    return render(request, "organisations/head.html", told, status=422 if form.errors else 200)
