"""Pages of kept copies, and documents as files."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonweal.foundations.audit.claims import fingerprint
from commonweal.foundations.look.templatetags.look import moment
from commonweal.foundations.verbs.access import Request, loads, open_to_all

from . import documents, docx, queries
from .documents import Document, Heading, says
from .models import Copy


@open_to_all
@require_safe
@loads("copy", queries.copy_for)
def copy(request: Request, copy: Copy) -> HttpResponse:
    told = {
        "copy": copy,
        "document": documents.shown(documents.read(json.loads(copy.body))),
        "is_whole": fingerprint(copy.body) == copy.fingerprint,
        "later": queries.later_copy(copy),
        "language": "" if copy.language == translation.get_language() else copy.language,
    }
    return render(request, "publishing/copy.html", told)


@open_to_all
@require_safe
@loads("copy", queries.copy_for)
def copy_docx(request: Request, copy: Copy) -> HttpResponse:
    with translation.override(copy.language):
        kept = documents.read(json.loads(copy.body))
        return docx_response(Document(kept.title, (*kept.blocks, *_colophon(request, copy))), language=copy.language)


def docx_response(document: Document, *, language: str, filename: str = "report.docx") -> HttpResponse:
    answer = HttpResponse(docx.written(document, language=language or settings.LANGUAGE_CODE), content_type=docx.TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{filename}"'
    return answer


def _colophon(request: Request, copy: Copy) -> tuple[documents.Block, ...]:
    """By which whoever holds the paper finds what it was printed from."""
    where = request.build_absolute_uri(copy.get_absolute_url())
    return (
        Heading(_("About this copy")),
        says(_("As it stood at: %(at)s.") % {"at": moment(copy.at)}),
        says(_("Where it stays: %(where)s") % {"where": where}),
        says(_("Fingerprint: %(fingerprint)s") % {"fingerprint": copy.fingerprint}),
    )
