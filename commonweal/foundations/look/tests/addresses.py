"""Pages that exist only to see how errors look, in front of all the others."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from commonweal.foundations.verbs import access

handler400 = "commonweal.foundations.look.errors.bad_request"
handler403 = "commonweal.foundations.look.errors.not_allowed"
handler404 = "commonweal.foundations.look.errors.not_found"
handler500 = "commonweal.foundations.look.errors.fault"


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault that nobody expected")


def refuses(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("may see this")


def takes(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.POST)))


@access.signed_in
def keeps(request: access.Request) -> HttpResponse:
    return HttpResponse("kept")


def open_page(page: Any) -> Any:
    page.access = "open to all"
    return page


urlpatterns = [
    path("breaks/", open_page(breaks)),
    path("refuses/", open_page(refuses)),
    path("takes/", open_page(takes)),
    path("keeps/", keeps),
    path("", include("commonweal.site.urls")),
]
