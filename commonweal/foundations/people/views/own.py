"""A person's own pages: what we hold, how to be reached, what they agreed to, take everything, leave."""

from allauth.account.authentication import get_authentication_records
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonweal.foundations.verbs.access import Request, loads, signed_in
from commonweal.foundations.verbs.clock import now, today
from commonweal.foundations.verbs.refusals import Refusal

from .. import actions, forms, languages, queries
from ..bundle import bundle_of
from ..models import Consent, SignIn


@signed_in
@require_safe
def me(request: Request) -> HttpResponse:
    held = [role for role in request.person.roles.all() if role.is_held_on(today())]
    consents = request.person.consents.order_by("-given_at")[:100]
    return render(request, "people/me.html", {"person": request.person, "roles": held, "consents": consents})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: Request) -> HttpResponse:
    form = forms.Contact(request.POST if request.method == "POST" else None, initial=_contact_of(request.person))
    if form.is_valid():
        try:
            person = actions.set_contact(person=request.person, by=request.person, at=now(), **form.cleaned_data)
            messages.success(request, _("We will reach you that way from now on."))
            response = redirect("people:person")
            languages.remember(response, person.language)
            return response
        except Refusal as refusal:
            form.add_error("reach", str(refusal.plainly))
    return render(request, "people/contact.html", {"form": form}, status=422 if form.errors else 200)


def _contact_of(person: object) -> dict[str, object]:
    return {field: getattr(person, field) for field in actions.CONTACT}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: Request) -> HttpResponse:
    key: SignIn = request.user  # type: ignore[assignment]
    if not ratelimit.consume(request, action="change_password", user=key):
        return ratelimit.respond_429(request)
    form = forms.NewPassword(
        request.POST if request.method == "POST" else None, key=key, asks_old=_asks_old(request, key)
    )
    if form.is_valid():
        changed = actions.set_password(
            person=request.person, password=form.cleaned_data["new"], by=request.person, at=now()
        )
        update_session_auth_hash(request, changed)
        messages.success(request, _("You have a new password. Everywhere else you are signed out."))
        return redirect("people:person")
    return render(request, "people/password.html", {"form": form}, status=422 if form.errors else 200)


def _asks_old(request: Request, key: SignIn) -> bool:
    """Whoever came in by code has proved the address, which is all that a forgotten password needs."""
    came_by = [record["method"] for record in get_authentication_records(request, key)]
    return key.has_usable_password() and "code" not in came_by


@signed_in
@require_POST
@loads("consent", queries.own_consent)
def withdraw_consent(request: Request, consent: Consent) -> HttpResponse:
    actions.withdraw_consent(consent=consent, by=request.person, at=now())
    messages.success(request, _("You have taken your agreement back."))
    return redirect("people:person")


@signed_in
@require_POST
def take_everything(request: Request) -> HttpResponse:
    at = now()
    actions.note_export(person=request.person, by=request.person, at=at)
    response = HttpResponse(bundle_of(request.person, at=at), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="everything-of-mine.zip"'
    return response


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: Request) -> HttpResponse:
    form = forms.Leave(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.erase(person=request.person, by=request.person, at=now())
            logout(request)
            messages.success(request, _("You have left, and we have forgotten you."))
            return redirect("/")
        except Refusal as refusal:
            form.add_error(None, str(refusal.plainly))
    return render(request, "people/leave.html", {"form": form}, status=422 if form.errors else 200)
