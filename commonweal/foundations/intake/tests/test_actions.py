"""A second import adds only what is new, and an import is whole or not at all."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from commonweal.foundations.intake import Coming, Preview, actions, queries
from commonweal.foundations.intake.models import Intake, SourceId
from commonweal.foundations.verbs import guards
from commonweal.foundations.verbs.refs import Ref

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
SOMEBODY = Ref("people", "person", uuid4())
SOURCE = "polis:invented"
LOOK = Preview(SOURCE, "a" * 64, (Coming("Statements", found=3, new=2), Coming("Votes", found=9, new=9)))

pytestmark = pytest.mark.django_db


def take_in(**how: object) -> Intake:
    return actions.take_in(**{"source": SOURCE, "digest": "a" * 64, "rows": 12, "by": SOMEBODY, "at": AT, **how})


def test_preview_keeps_the_counts_and_nothing_else() -> None:
    looked_at = actions.preview(preview=LOOK, by=SOMEBODY, at=AT)
    assert (looked_at.state, looked_at.rows, looked_at.taken_at) == ("previewed", 12, None)
    assert looked_at.counts == {"Statements": [3, 2], "Votes": [9, 9]}
    assert LOOK.coming[0].known == 1
    assert LOOK.brings_anything


def test_looking_twice_at_the_same_bytes_leaves_one_preview() -> None:
    assert actions.preview(preview=LOOK, by=SOMEBODY, at=AT) == actions.preview(preview=LOOK, by=SOMEBODY, at=AT)


def test_take_in_turns_the_preview_into_an_intake() -> None:
    looked_at = actions.preview(preview=LOOK, by=SOMEBODY, at=AT)
    taken = take_in(looked_at=looked_at)
    assert taken.pk == looked_at.pk
    assert taken.state == "taken"
    assert queries.was_taken_in(SOURCE, "a" * 64)


def test_take_in_refuses_other_bytes_than_those_looked_at() -> None:
    looked_at = actions.preview(preview=LOOK, by=SOMEBODY, at=AT)
    with pytest.raises(actions.NotWhatWasLookedAt, match="Look at it again"):
        take_in(looked_at=looked_at, digest="b" * 64)
    assert not queries.was_taken_in(SOURCE, "b" * 64)


def test_known_tells_what_came_in_before_so_that_only_the_rest_is_added() -> None:
    statement = Ref("dialogue", "statement", uuid4())
    actions.keep_ids(intake=take_in(), kind="statement", records={"35": statement})
    assert queries.known(SOURCE, "statement", range(1_200)) == {"35": statement}
    assert queries.known(SOURCE, "participant", ["35"]) == {}
    assert queries.known("polis:another", "statement", ["35"]) == {}


def test_keep_ids_refuses_an_id_that_is_there_already_and_leaves_nothing() -> None:
    records = {"35": Ref("dialogue", "statement", uuid4())}
    actions.keep_ids(intake=take_in(), kind="statement", records=records)
    with pytest.raises(actions.ComingInTwice), transaction.atomic():
        again = take_in()
        actions.keep_ids(intake=again, kind="statement", records={"36": SOMEBODY, **records})
    assert SourceId.objects.count() == 1
    assert Intake.objects.count() == 1


def test_the_law_a_source_id_comes_in_once_is_the_databases_own() -> None:
    taken = take_in()
    row = {"intake": taken, "source": SOURCE, "kind": "statement", "source_id": "1", "record": SOMEBODY}
    SourceId.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        SourceId.objects.create(**row)


def test_source_ids_are_never_changed_or_removed() -> None:
    guards.install()
    actions.keep_ids(intake=take_in(), kind="statement", records={"35": SOMEBODY})
    for act in (lambda: SourceId.objects.update(source_id="36"), lambda: SourceId.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_columns_mapped_once_are_remembered_and_can_be_mapped_anew() -> None:
    assert queries.headers_of(SOURCE) == {}
    actions.remember_columns(source=SOURCE, headers={"Aussage": "comment-id"}, by=SOMEBODY, at=AT)
    actions.remember_columns(source=SOURCE, headers={"Satz": "comment-id"}, by=SOMEBODY, at=AT)
    assert queries.headers_of(SOURCE) == {"Satz": "comment-id"}
