"""Verbs of intake. A room looks first, then takes in, in one transaction with the records that it makes.

    preview = Preview(source, table.digest, (Coming(_("Statements"), found=38, new=38),))
    looked_at = intake.preview(preview=preview, by=person, at=now())
    ...
    with transaction.atomic():
        taken = intake.take_in(source=..., digest=table.digest, rows=len(table), by=person, at=now())
        intake.keep_ids(intake=taken, kind="statement", records={"35": statement, ...})

The audit entry is the calling room's: it stands above this one.
"""

from collections.abc import Mapping as Pairs
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from commonweal.foundations.verbs.records import Record
from commonweal.foundations.verbs.refs import Ref
from commonweal.foundations.verbs.refusals import Refusal

from .models import Intake, Mapping, SourceId
from .previews import Preview

AT_ONCE = 1_000


class NotWhatWasLookedAt(Refusal):
    plainly = _("This is not the file that you looked at before. Look at it again first. Nothing was kept.")


class ComingInTwice(Refusal):
    plainly = _("Some of this came in a moment ago, from you or from somebody else. Nothing was kept. Look again.")


@transaction.atomic
def preview(*, preview: Preview, by: Record | Ref, at: datetime) -> Intake:
    """Note that a file was looked at. Nothing of it is kept but its digest and counts."""
    looked_at, _is_new = Intake.objects.update_or_create(
        source=preview.source,
        digest=preview.digest,
        state=Intake.State.PREVIEWED,
        defaults={
            "rows": preview.rows,
            "counts": {str(each.what): [each.found, each.new] for each in preview.coming},
            "by": by.ref,
            "previewed_at": at,
        },
    )
    return looked_at


@transaction.atomic
def take_in(
    *, source: str, digest: str, rows: int, by: Record | Ref, at: datetime, looked_at: Intake | None = None
) -> Intake:
    """Note that a file comes in, now, in the transaction that makes its records.

    Args:
        looked_at: the preview that a person said yes to; other bytes than those are refused.

    Raises:
        NotWhatWasLookedAt: the bytes are not those of the preview.
    """
    if looked_at is not None and (looked_at.source, looked_at.digest) != (source, digest):
        raise NotWhatWasLookedAt(looked_at)
    waiting = Intake.objects.select_for_update().filter(source=source, digest=digest, state=Intake.State.PREVIEWED)
    taken = waiting.first() or Intake(source=source, digest=digest, previewed_at=at)
    taken.rows, taken.by, taken.state, taken.taken_at = rows, by.ref, Intake.State.TAKEN, at
    taken.save()
    return taken


@transaction.atomic
def keep_ids(*, intake: Intake, kind: str, records: Pairs[str, Record | Ref]) -> None:
    """Remember what the source calls the records that came in.

    Raises:
        ComingInTwice: one of the ids is there already; the whole import must be given up.
    """
    ids = [
        SourceId(intake=intake, source=intake.source, kind=kind, source_id=str(source_id), record=record.ref)
        for source_id, record in records.items()
    ]
    try:
        with transaction.atomic():
            SourceId.objects.bulk_create(ids, batch_size=AT_ONCE)
    except IntegrityError as twice:
        raise ComingInTwice(intake.source, kind) from twice


@transaction.atomic
def remember_columns(*, source: str, headers: Pairs[str, str], by: Record | Ref, at: datetime) -> Mapping:
    """Remember which column of a source's files is which of ours."""
    mapping, _is_new = Mapping.objects.update_or_create(
        source=source, defaults={"headers": dict(headers), "by": by.ref, "at": at}
    )
    return mapping
