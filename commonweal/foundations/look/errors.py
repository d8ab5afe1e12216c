"""Pages for what went wrong, in our look. A fault is logged here, at the edge, once, with the id that the person sees.

Named in site/urls.py (handler400 …) and in the settings (CSRF_FAILURE_VIEW).
"""

import logging
import secrets
import sys
from collections.abc import Callable

from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from commonweal.foundations.verbs import access
from commonweal.foundations.verbs.refusals import NotYours, Refusal

logger = logging.getLogger(__name__)

TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Shown without the frame: what came may be unfit to ask anything of."""
    if isinstance(exception, TOO_BIG):
        return _page("413", 413)
    return _page("400", 400)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, access.SignedOut):
        written, sign_in = access.written(request), access.sign_in_and_back(request)
        return _page("signed_out", 403, request, written=written, sign_in=sign_in)
    return _page("403", 403, request)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page("404", 404, request)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is missing or old: most often a page that stayed open too long."""
    return _page("forged", 403, request, written=access.written(request))


forged.access = "open to all"  # type: ignore[attr-defined]


class Refused:
    """The net under every page: what a verb refuses is told plainly, also where the page did not catch it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotYours):
            raise PermissionDenied(str(exception)) from exception
        if isinstance(exception, Refusal):
            return _page("refused", 422, request, plainly=str(exception.plainly))
        return None


def fault(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database, which may be what failed."""
    ident = f"{secrets.token_hex(2)}-{secrets.token_hex(2)}"
    logger.error("fault %s at %s %s", ident, request.method, request.path, exc_info=sys.exc_info())
    return _page("500", 500, fault=ident)


def _page(name: str, status: int, request: HttpRequest | None = None, **told: str | list[str]) -> HttpResponse:
    return HttpResponse(render_to_string(f"look/errors/{name}.html", told, request), status=status)
