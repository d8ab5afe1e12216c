"""Gives every request its `person`: the one signed in, or None. Roles come along in the same question.

What a signed-in person was shown is kept by no cache on the way, and not by the browser of a shared computer.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from . import queries


class PersonMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.person = queries.person_signed_in(request.user)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.user.is_authenticated:
            response["Cache-Control"] = "private, no-store"
        return response
