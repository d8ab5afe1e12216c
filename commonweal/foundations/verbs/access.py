"""Who may open a page. A page that does not say so is closed to everybody.

    @open_to_all                      anybody, signed in or not
    @signed_in                        somebody who is signed in
    @may("accept this offer")         a rule of `rules` holds for the person and the record just loaded
    @by_link                          the page checks a single-purpose link itself

    @loads("offer", queries.offer_for)   turns the id in the address into the record, or answers 404

`queries.offer_for(person, uuid)` is the one accessor of the record: it raises ObjectDoesNotExist when there is no such
record *or this person may not see it*, so that an address tells nobody what exists.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import rules
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode


class Request(HttpRequest):
    """A request as our middleware hands it to pages: with the person who is signed in, or None."""

    person: Any
    htmx: Any


Page = Callable[..., HttpResponseBase]


def _declare(page: Page, access: str) -> Page:
    page.access = access  # type: ignore[attr-defined]
    return page


def open_to_all(page: Page) -> Page:
    return _declare(page, "open to all")


def by_link(page: Page) -> Page:
    return _declare(page, "by link")


def signed_in(page: Page) -> Page:
    @wraps(page)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.person is None:
            return to_sign_in(request)
        return page(request, *args, **kwargs)

    return _declare(guarded, "signed in")


def may(rule: str) -> Callable[[Page], Page]:
    """Let the page open only where the named rule holds for (request.person, the record loaded last)."""

    def decorate(page: Page) -> Page:
        @wraps(page)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            record = list(kwargs.values())[-1] if kwargs else None
            if rules.test_rule(rule, request.person, record):
                return page(request, *args, **kwargs)
            if request.person is None:
                return to_sign_in(request)
            raise PermissionDenied(rule)

        return _declare(guarded, f"may {rule}")

    return decorate


def loads(name: str, find: Callable[[Any, UUID], Any]) -> Callable[[Page], Page]:
    """Replace the address's `uuid` by the record `name`, or answer 404."""

    def decorate(page: Page) -> Page:
        @wraps(page)
        def loaded(request: Request, uuid: UUID, **kwargs: Any) -> HttpResponseBase:
            try:
                record = find(request.person, uuid)
            except ObjectDoesNotExist as missing:
                raise Http404(name) from missing
            return page(request, **kwargs, **{name: record})

        return loaded

    return decorate


class SignedOut(PermissionDenied):
    """A form came from somebody who is not signed in, most often not any more. What they wrote is shown to them."""


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Ask who it is, and bring them back to the page they were on."""
    if written(request):
        raise SignedOut(request.path)
    return redirect(sign_in_and_back(request))


def sign_in_and_back(request: HttpRequest) -> str:
    back = request.get_full_path() if request.method == "GET" else _page_of_the_form(request)
    return f"{reverse('people:sign_in')}?{urlencode({'next': back})}"


def written(request: HttpRequest) -> list[str]:
    """The texts in a form that was sent from our own page: whatever holds more than one word."""
    if request.method != "POST" or not _came_from_here(request):
        return []
    fields = [values for name, values in request.POST.lists() if "password" not in name]
    return [value for values in fields for value in values if " " in value.strip()]


def _came_from_here(request: HttpRequest) -> bool:
    return request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"


def _page_of_the_form(request: HttpRequest) -> str:
    sent_from = urlsplit(request.headers.get("Referer", ""))
    return sent_from.path if sent_from.netloc == request.get_host() else "/"


class DefaultDeny:
    """Refuses every view that declares no access: the wall behind the permission matrix."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if getattr(view, "access", None) is None:
            raise PermissionDenied(f"{view} declares no access")
