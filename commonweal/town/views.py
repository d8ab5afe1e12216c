"""In the demonstration place, and nowhere else: sign in as any of its invented people with one click."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from commonweal.foundations.people.models import Person
from commonweal.foundations.verbs.access import Request, loads, open_to_all
from commonweal.foundations.verbs.clock import now

from . import queries

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def invented_person(_: object, uuid: UUID) -> Person:
    """An invented person of the demonstration; in a real place there are none."""
    if not settings.IS_DEMO:
        raise Person.DoesNotExist
    return Person.objects.select_related("sign_in").get(
        pk=uuid, is_invented=True, erased_at=None, sign_in__isnull=False
    )


@require_GET
@open_to_all
def people(request: Request) -> HttpResponse:
    if not settings.IS_DEMO:
        raise Http404
    return render(request, "town/people.html", {"people": queries.people_to_be(now())})


@require_POST
@open_to_all
@loads("person", invented_person)
def sign_in_as(request: Request, person: Person) -> HttpResponse:
    login(request, person.sign_in, backend=BACKEND)
    return redirect("front:my_day")
