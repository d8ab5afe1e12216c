"""Pages that exist only to see how errors look."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path

from commonweal.site.urls import handler400, handler403, handler404, handler500  # noqa: F401
from commonweal.site.urls import urlpatterns as house


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault that nobody expected")


def refuses(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("may see this")


def takes(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(len(request.POST)))


def open_page(page: Any) -> Any:
    page.access = "open to all"
    return page


urlpatterns = [
    path("breaks/", open_page(breaks)),
    path("refuses/", open_page(refuses)),
    path("takes/", open_page(takes)),
    *house,
]
