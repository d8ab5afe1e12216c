"""What every page's frame needs: the place and the navigation."""

from typing import Any

from django.http import HttpRequest


def place(request: HttpRequest) -> dict[str, Any]:
    return {}
