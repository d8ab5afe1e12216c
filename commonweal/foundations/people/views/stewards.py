"""The steward's pages: who is here, who holds which role, and forgetting someone who asked by letter."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundations.look.paging import page_of
from commonweal.foundations.verbs.access import Request, loads, may
from commonweal.foundations.verbs.clock import now, today
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, forms, queries
from ..models import Person, Role
from ..roles import ROLES

STEWARD = "keep people and their roles"
LONGEST_SEARCH = 120


@may(STEWARD)
@require_safe
def everybody(request: Request) -> HttpResponse:
    words = request.GET.get("words", "")[:LONGEST_SEARCH].replace("\0", "").strip()
    page = page_of(request, queries.found_by(words), per_page=50)
    rows = [(someone, [role for role in someone.roles.all() if role.is_held_on(today())]) for someone in page]
    context = {"page": page, "rows": rows, "words": words, "roles": ROLES.values()}
    return render(request, "people/everybody.html", context)


@may(STEWARD)
@require_safe
@loads("person", queries.living)
def card(request: Request, person: Person) -> HttpResponse:
    return _card(request, person, forms.Entrust())


def _card(request: Request, person: Person, form: forms.Entrust, status: int = 200) -> HttpResponse:
    held = [role for role in person.roles.all() if role.until_on is None or role.until_on > today()]
    context = {"shown": person, "held": held, "form": form, "roles": ROLES.values()}
    return render(request, "people/card.html", context, status=status)


@may(STEWARD)
@require_POST
@loads("person", queries.living)
def entrust(request: Request, person: Person) -> HttpResponse:
    form = forms.Entrust(request.POST)
    if form.is_valid():
        try:
            kind = form.cleaned_data["kind"]
            actions.entrust(person=person, kind=kind, by=request.person, at=now(), from_on=today())
            return redirect("people:card", person.pk)
        except Refusal as refusal:
            form.add_error("kind", str(refusal.plainly))
    return _card(request, person, form, status=422)


@may(STEWARD)
@require_POST
@loads("role", queries.role_held)
def withdraw_role(request: Request, role: Role) -> HttpResponse:
    try:
        actions.withdraw_role(role=role, by=request.person, at=now(), on=today())
    except Refusal as refusal:
        messages.error(request, str(refusal.plainly))
    return redirect("people:card", role.person_id)


@may(STEWARD)
@require_http_methods(["GET", "HEAD", "POST"])
@loads("person", queries.living)
def forget(request: Request, person: Person) -> HttpResponse:
    form = forms.Forget(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            because = form.cleaned_data["because"]
            actions.erase(person=person, by=request.person, at=now(), because=because)
            messages.success(request, _("They are forgotten."))
            return redirect("people:everybody")
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    context = {"form": form, "shown": person}
    return render(request, "people/forget.html", context, status=422 if form.errors else 200)
