"""The page behind a link for a single purpose: the first click shows, the second saves, once."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.foundations.verbs import access
from commonweal.foundations.verbs.access import Request, open_to_all
from commonweal.foundations.verbs.clock import now

from .. import links, queries
from ..actions.offers import LinkAlreadyUsed, LinkNotOpen, why_not_open
from ..models import Link


@access.by_link
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: Request, token: str) -> HttpResponseBase:
    """Hand over to the page of the link's purpose. A forged link is not found; a used or run-out one is gone."""
    link = queries.link_of(token)
    page = links.page_for(link.purpose) if link is not None else None
    if link is None or page is None:
        return render(request, "notices/link_unknown.html", status=404)
    if not link.is_open_at(now()):
        return _gone(request, link, why_not_open(link))
    try:
        answer = page(request, link)
    except LinkNotOpen as refusal:  # used by a second click while this one was on its way
        link.refresh_from_db()
        return _gone(request, link, refusal)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@open_to_all
@require_safe
def saved(request: Request) -> HttpResponse:
    """Where a page leads after it has saved by link: the link itself is gone by then."""
    return render(request, "notices/saved.html")


def _gone(request: Request, link: Link, refusal: LinkNotOpen) -> HttpResponse:
    """Says what happened and what can be done. What was typed into a form that came too late is shown once more."""
    is_unsaved = request.method == "POST" and not isinstance(refusal, LinkAlreadyUsed)
    sent = [str(text).strip() for name, text in request.POST.items() if name != "csrfmiddlewaretoken"]
    context = {
        "link": link,
        "plainly": refusal.plainly,
        "typed": [text for text in sent if " " in text] if is_unsaved else [],
    }
    return render(request, "notices/link_gone.html", context, status=410)
