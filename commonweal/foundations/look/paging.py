"""Long lists, a page at a time: `page_of(request, queryset)` in the view, `{% paging page %}` in the template."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

PageOf: TypeAlias = Page[Any]

#: A larger number than this is not a page that anybody asked for by hand.
LONGEST_NUMBER = 7


def page_of(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], per_page: int = 50) -> PageOf:
    """The page that the address asks for. Nonsense shows the first page; too far shows the last."""
    paginator: Paginator[Any] = Paginator(rows, per_page)
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER else 1
    return paginator.page(min(max(number, 1), paginator.num_pages))


@dataclass(frozen=True)
class Link:
    """One way through the list; `number` is None where pages are left out."""

    number: int | None
    address: str = ""
    is_current: bool = False


def links(page: PageOf, asked: QueryDict) -> list[Link]:
    """First, last and the neighbours of this page."""
    return [
        Link(number, address(asked, number), number == page.number) if number else Link(None)
        for number in _with_gaps(page.number, page.paginator.num_pages)
    ]


def address(asked: QueryDict, number: int) -> str:
    query = asked.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


def _with_gaps(current: int, last: int) -> Iterator[int | None]:
    shown = sorted({1, last} | {n for n in range(current - 1, current + 2) if 1 <= n <= last})
    before = 0
    for number in shown:
        if number > before + 1:
            yield None
        yield number
        before = number
