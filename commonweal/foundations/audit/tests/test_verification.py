from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from commonweal.foundations.audit import actions, queries, sealing, verification
from commonweal.foundations.audit.models import Entry, Words
from commonweal.foundations.verbs import guards

from . import tampering
from .conftest import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def trail(act, steward, auditor, monkeypatch):
    """Forty acts under six seals, two of their texts removed, and the last head kept in a file."""
    monkeypatch.setattr(sealing, "BATCH", 7)
    kept = [act(f"Suggestion {number}", number=number) for number in range(5)]
    actions.redact(words=kept[3], by=steward, second=auditor, because="private", at=AT)
    actions.forget_words([kept[4].pk], at=AT)
    for number in range(5, 40):
        act(f"Suggestion {number}", number=number)
    while actions.seal(at=AT):
        pass
    actions.send_heads(at=AT)


def test_an_honest_trail_holds_and_counts_what_was_removed(trail):
    found = queries.verify(sealing.kept_heads())
    assert found.is_sound, found.faults
    assert (found.entries, found.seals, found.heads) == (42, 6, 1)
    assert (found.words, found.redactions, found.unsealed, found.unsealed_words) == (40, 2, 0, 0)


def test_a_removal_that_is_not_sealed_yet_is_no_fault(trail, act, steward, auditor):
    actions.forget_words([Words.objects.filter(removed_at=None).values_list("pk", flat=True)[0]], at=AT)
    found = queries.verify(sealing.kept_heads())
    assert found.is_sound, found.faults
    assert (found.redactions, found.unsealed) == (3, 1)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("edit", tampering.CLUMSY, ids=lambda edit: edit.__name__)
def test_verify_finds(trail, edit, seed):
    with guards.lifted():
        edit(Random(seed))
    found = queries.verify()
    assert found.faults, edit.__name__


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("edit", tampering.CAREFUL, ids=lambda edit: edit.__name__)
def test_only_a_head_that_left_the_house_shows(trail, edit, seed):
    """The control: without the head, a careful forger with the key goes unseen."""
    with guards.lifted():
        edit(Random(seed))
    assert queries.verify().is_sound
    assert queries.verify(sealing.kept_heads()).first_fault.kind in {"cut", "rebuilt"}


@pytest.mark.parametrize(
    ("edit", "kind"),
    [
        (tampering.change_an_entry, "changed"),
        (tampering.delete_an_entry, "missing"),
        (tampering.delete_an_entry_and_its_leaf, "missing"),
        (tampering.insert_an_entry_into_the_past, "inserted"),
        (tampering.insert_an_entry_and_a_leaf_at_the_end, "inserted"),
        (tampering.swap_the_entries_of_two_leaves, "reordered"),
        (tampering.cut_leaves_and_leave_seals, "cut"),
        (tampering.change_an_entry_and_its_leaf, "rebuilt"),
        (tampering.change_a_signature, "forged"),
        (tampering.change_words, "changed"),
        (tampering.delete_words, "missing"),
    ],
)
def test_verify_says_what_is_wrong(trail, edit, kind):
    with guards.lifted():
        edit(Random(3))
    assert queries.verify().first_fault.kind == kind


def test_verify_names_the_first_bad_row(trail):
    bad = sorted(Entry.objects.values_list("pk", flat=True))[17]
    with guards.lifted():
        tampering.run("UPDATE audit_entry SET facts = '{}' WHERE id >= %s", bad)
    found = queries.verify()
    assert str(found.first_fault) == f"position 17, entry {bad}: the entry is not what was sealed"
    assert len(found.faults) == verification.ENOUGH


@pytest.mark.parametrize("nonsense", ["'not JSON'", "'[' || hex(zeroblob(9))", "x'00ff'", "NULL"])
def test_verify_is_not_stopped_by_nonsense(trail, nonsense):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps nonsense out of a JSON column by itself")
    with guards.lifted(), connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        try:
            cursor.execute(f"UPDATE audit_entry SET facts = coalesce({nonsense}, '0') WHERE id = 5")
        finally:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
    assert queries.verify().first_fault.kind == "changed"
    with guards.lifted():
        tampering.run("UPDATE audit_entry SET facts = '{}' WHERE id = 5")


def test_verify_reads_a_few_rows_at_a_time(trail, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        queries.verify(sealing.kept_heads())


def test_the_command_says_that_all_holds(trail, capsys):
    call_command("verify")
    assert "42 entries under 6 seals, compared with 1 kept heads" in capsys.readouterr().out


def test_the_command_names_the_fault_and_fails(trail, capsys):
    with guards.lifted():
        tampering.cut_the_tail(Random(1))
    with pytest.raises(CommandError) as refused:
        call_command("verify")
    assert refused.value.returncode == 1
    assert capsys.readouterr().err.startswith("CUT  head of 42")


def test_the_command_takes_a_witnesses_file(trail, tmp_path, capsys):
    kept = tmp_path / "witness.txt"
    kept.write_text(sealing.heads_file().read_text())
    sealing.heads_file().unlink()
    with guards.lifted():
        tampering.rebuild_everything(Random(1))
    call_command("verify")
    with pytest.raises(CommandError):
        call_command("verify", "--head", str(kept))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"a shopping list"])
def test_the_command_refuses_a_file_that_holds_no_head(trail, tmp_path, content):
    file = tmp_path / "heads.txt"
    file.write_bytes(content)
    with pytest.raises(CommandError, match="heads.txt") as refused:
        call_command("verify", "--head", str(file))
    assert refused.value.returncode == 2


def test_edits_are_refused_where_the_guards_stand(trail):
    """The control of the controls: the edits above are possible only because the guards were lifted."""
    with pytest.raises(Exception, match="never changed"), transaction.atomic():
        tampering.change_an_entry(Random(1))
