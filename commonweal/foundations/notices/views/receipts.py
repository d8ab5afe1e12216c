"""A receipt's four words open a person's own line, without an account."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.foundations.look.paging import page_of
from commonweal.foundations.thread import queries as thread
from commonweal.foundations.thread import telling
from commonweal.foundations.verbs.access import Request, open_to_all
from commonweal.foundations.verbs.clock import now
from commonweal.foundations.verbs.whence import whence

from .. import actions as notices
from .. import links, queries
from ..forms import ReceiptForm


@open_to_all
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: Request) -> HttpResponse:
    """Type the words, or come by the QR code with the words filled in."""
    if request.method != "POST":
        words = request.GET.get("words", "").replace("-", " ")[:80]
        return render(request, "notices/receipt.html", {"form": ReceiptForm(initial={"words": words})})
    form = ReceiptForm(request.POST)
    if not form.is_valid():
        return render(request, "notices/receipt.html", {"form": form}, status=422)
    try:
        opened = notices.open_receipt(typed=form.cleaned_data["words"], whence=whence(request), at=now())
    except notices.TooManyGuesses as refusal:
        form.add_error("words", str(refusal.plainly))
        answer = render(request, "notices/receipt.html", {"form": form}, status=429)
        answer["Retry-After"] = "900"
        return answer
    except notices.NoSuchReceipt as refusal:
        form.add_error("words", str(refusal.plainly))
        return render(request, "notices/receipt.html", {"form": form}, status=404)
    request.session["receipt"] = str(opened.pk)
    return redirect("notices:line")


@open_to_all
@never_cache
@require_safe
def line(request: Request) -> HttpResponseBase:
    """What the holder of the receipt gave us, and what became of it."""
    opened = queries.receipt_of(request.session)
    if opened is None:
        return redirect("notices:receipt")
    if (page := links.line_page(opened.subject)) is not None:
        return page(request, opened.subject)
    given = thread.step_of(opened.subject)
    if given is None:
        return render(request, "notices/line.html", {"receipt": opened, "own": None, "page": None, "news": []})
    fruits = page_of(request, thread.fruits(given), per_page=50)
    own, *news = telling.lines([given, *fruits.object_list], person=request.person)
    context = {"receipt": opened, "own": own, "page": fruits, "news": news}
    return render(request, "notices/line.html", context)
