"""What a person wishes to hear, what they follow, and stopping in one tap."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.signing import BadSignature
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from commonweal.foundations.look.paging import page_of
from commonweal.foundations.people.models import Person
from commonweal.foundations.thread import telling
from commonweal.foundations.thread.models import Audience, Step
from commonweal.foundations.verbs import access
from commonweal.foundations.verbs.access import Request, loads, signed_in
from commonweal.foundations.verbs.clock import now

from .. import actions as notices
from .. import composing, queries
from ..forms import WishesForm
from ..models import Notice


def public_step(person: object, uuid: UUID) -> Step:
    return Step.objects.get(uuid=uuid, audience=Audience.PUBLIC)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: Request) -> HttpResponse:
    if request.method == "POST":
        form = WishesForm(request.POST)
        if form.is_valid():
            notices.wish(person=request.person, by=request.person, at=now(), **form.cleaned_data)
            messages.success(request, _("We will tell you what you asked for."))
            return redirect("notices:wishes")
    wished = queries.wishes_of(request.person)
    page = page_of(request, queries.followed_by(request.person), per_page=20)
    steps = [followed.step for followed in page.object_list]
    lines = telling.lines(steps, person=request.person)
    context = {
        "form": WishesForm(initial={"own": wished.wants_own, "weekly": wished.wants_weekly}),
        "page": page,
        "lines": lines,
    }
    return render(request, "notices/wishes.html", context)


@signed_in
@require_POST
@loads("step", public_step)
def follow(request: Request, step: Step) -> HttpResponse:
    notices.follow(step=step, by=request.person, at=now())
    messages.success(request, _("We will tell you once a week what becomes of this."))
    return redirect(_back(request) or reverse("thread:step", args=[step.uuid]))


@signed_in
@require_POST
@loads("step", public_step)
def unfollow(request: Request, step: Step) -> HttpResponse:
    notices.unfollow(step=step, by=request.person, at=now())
    messages.success(request, _("You do not follow this any more."))
    return redirect(_back(request) or reverse("notices:wishes"))


def _back(request: Request) -> str:
    """The page where the button was pressed, where it is one of ours."""
    address = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours and address.startswith("/") else ""


@access.by_link
@csrf_exempt  # the mail program presses the button for the person: the signature in the address is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: Request, signed: str) -> HttpResponse:
    """One tap stops, without signing in. A GET changes nothing, since mail scanners open every link."""
    try:
        id, cadence = composing.read_stop(signed)
    except BadSignature:
        return render(request, "notices/link_unknown.html", status=404)
    person = Person.objects.filter(pk=id, erased_at=None).first()
    if person is None:
        return render(request, "notices/link_unknown.html", status=404)
    again = request.POST.get("again") == "1"
    if request.method == "POST":
        key = "own" if cadence == Notice.Cadence.OWN else "weekly"
        notices.wish(person=person, by=person, at=now(), **{key: again})
    context = {"cadence": cadence, "is_stopped": request.method == "POST" and not again, "again": again}
    return render(request, "notices/stop.html", context)
