"""Keep a page as it stands on a day."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from django.db import transaction

from commonweal.foundations.audit import actions as audit
from commonweal.foundations.thread import actions as thread
from commonweal.foundations.thread.models import Step
from commonweal.foundations.verbs.once import once
from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref

from . import documents
from .documents import Document
from .models import Copy


@transaction.atomic
def keep_copy(
    *,
    subject: Record,
    document: Document,
    language: str,
    by: Record | Ref,
    because: Step,
    at: datetime,
    sent_as: UUID | None = None,
) -> Copy:
    """Keep a document about a record for good. Its fingerprint is sealed in the audit and stands on every copy.

    Args:
        sent_as: the form's own number: the same form sent again keeps nothing new.
    """
    return once(
        lambda: _kept(subject, document, language, by, because, at, sent_as),
        before=Copy.objects.all(),
        sent_as=sent_as,
        is_it=lambda made: (made.subject, made.kept_by) == (subject.ref, by.ref),
    )


def body_of(document: Document) -> str:
    """The same document is always the same text."""
    return json.dumps(documents.as_data(document), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _kept(
    subject: Record,
    document: Document,
    language: str,
    by: Record | Ref,
    because: Step,
    at: datetime,
    sent_as: UUID | None,
) -> Copy:
    body = body_of(document)
    copy = Copy(
        subject=subject.ref,
        title=document.title[:300],
        language=language,
        body=body,
        fingerprint=audit.fingerprint(body),
        kept_by=by.ref,
        at=at,
        sent_as=sent_as,
    )
    copy.step = thread.record(kind="publishing.copy", subject=copy, because=because, at=at, params={"copy": copy})
    copy.save(force_insert=True)
    audit.enter(by=by, verb="publishing.keep_copy", subject=copy, at=at, facts={"text": copy.fingerprint})
    return copy
