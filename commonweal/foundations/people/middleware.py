"""Gives every request its `person`: the one signed in, or None. Roles come along in the same question."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from . import queries


class PersonMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.person = queries.person_signed_in(request.user)  # type: ignore[attr-defined]
        return self.get_response(request)
