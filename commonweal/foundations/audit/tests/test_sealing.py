import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection, transaction

from commonweal.foundations.audit import actions, entries, heads, keys, queries, sealing
from commonweal.foundations.audit.models import Entry, Leaf, Seal
from commonweal.foundations.verbs import clock

from .conftest import AT


@pytest.mark.django_db
def test_seal_gives_each_entry_one_position_and_signs_the_root(act):
    for number in range(5):
        act(number=number)
    seal = actions.seal(at=AT)
    assert seal is not None
    assert (seal.size, seal.signed_at) == (5, AT)
    assert list(Leaf.objects.order_by("position").values_list("position", flat=True)) == [0, 1, 2, 3, 4]
    assert seal.head.is_signed_by(bytes(seal.key.public))
    assert actions.seal(at=AT) is None


@pytest.mark.django_db
def test_seal_goes_on_where_the_last_one_ended(act, monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 3)
    for number in range(8):
        act(number=number)
    sizes = []
    while seal := actions.seal(at=AT):
        sizes.append(seal.size)
    assert sizes == [3, 6, 8]
    assert queries.verify().is_sound


@pytest.mark.django_db
def test_an_entry_that_commits_late_is_sealed_at_the_end(act):
    """Ids commit out of order: the lower one may appear after the higher one was sealed."""
    act(number=1)
    entry = Entry.objects.get()
    Entry.objects.bulk_create([Entry(pk=entry.pk + 5, verb="a.b", by=entry.by, subject=entry.subject, happened_at=AT)])
    actions.seal(at=AT)
    Entry.objects.bulk_create([Entry(pk=entry.pk + 2, verb="a.b", by=entry.by, subject=entry.subject, happened_at=AT)])
    assert actions.seal(at=AT).size == 3
    assert Leaf.objects.get(position=2).entry_id == entry.pk + 2
    assert queries.verify().is_sound


@pytest.mark.django_db
def test_the_digest_is_the_same_on_every_engine():
    """A frozen example: whoever changes the canonical form breaks every seal there is."""
    row = (
        1,
        "a.b",
        "x:y:z",
        "x:y:z",
        "2026-03-02T09:30:00.000000Z",
        "2026-03-02T09:30:00.000000Z",
        '{"b": 1, "a": "ŵ"}',
        "[]",
    )
    assert entries.digest(row).hex() == "aa20ec72d2e9b0efdd8892472ea1c2743cde6f92caf039bb86fd91e801c8534b"


@pytest.mark.django_db
@pytest.mark.parametrize("fraction", ["", ".5", ".123", ".000001"])
def test_times_are_told_in_one_form(act, resident, fraction):
    at = datetime.fromisoformat(f"2026-03-02T09:30:00{fraction.ljust(7, '0') if fraction else ''}+00:00")
    actions.enter(by=resident, verb="a.b", subject=resident, at=at)
    (row,) = entries.unsealed(above=0, limit=1)
    assert row[4] == heads.told(at)
    assert row[5] == heads.told(Entry.objects.get().recorded_at.astimezone(UTC))


@pytest.mark.django_db
def test_unsealed_entries_raise_an_alarm_after_a_minute(act):
    act()
    assert queries.unsealed_alarm(clock.now()) == ""
    assert "1 audit entry has waited" in queries.unsealed_alarm(clock.now() + timedelta(seconds=70))
    actions.seal(at=AT)
    assert queries.unsealed_alarm(clock.now() + timedelta(seconds=70)) == ""


@pytest.mark.django_db
def test_the_key_is_made_once_and_only_its_owner_reads_it(act, var: Path):
    act()
    actions.seal(at=AT)
    file = var / "audit" / "signing-key.pem"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    act()
    actions.seal(at=AT)
    assert file.read_bytes() == before
    assert Seal.objects.values("key").distinct().count() == 1


def test_many_processes_make_one_key(var: Path):
    with ThreadPoolExecutor(8) as pool:
        publics = set(pool.map(lambda _: keys.public_half(keys.private()), range(16)))
    assert len(publics) == 1
    assert [file.name for file in (var / "audit").iterdir()] == ["signing-key.pem"]


@pytest.mark.django_db
def test_send_heads_writes_a_file_and_tells_both_witnesses(act, settings, var: Path):
    settings.WITNESSES = ["one@witness.example", "two@witness.example"]
    assert actions.send_heads(at=AT) is None
    act()
    seal = actions.seal(at=AT)
    actions.send_heads(at=AT)
    actions.send_heads(at=AT)
    assert sealing.kept_heads() == [seal.head]
    assert [letter.to for letter in mail.outbox] == [["one@witness.example"], ["two@witness.example"]] * 2
    assert heads.parse(mail.outbox[0].body) == [seal.head]


@pytest.mark.django_db
def test_a_witness_who_cannot_be_reached_does_not_silence_the_others(db, act, settings, monkeypatch):
    settings.WITNESSES = ["gone@witness.example", "there@witness.example"]
    reached: list[str] = []

    def write(witness: str, *_: object, **__: object) -> None:
        if witness.startswith("gone"):
            raise ConnectionRefusedError(witness)
        reached.append(witness)

    monkeypatch.setattr(sealing, "_write_to", write)
    act()
    actions.seal(at=AT)
    with pytest.raises(ExceptionGroup, match="could not be written to"):
        actions.send_heads(at=AT)
    assert reached == ["there@witness.example"]


@pytest.mark.django_db
def test_a_head_reads_back_as_it_was_written(act):
    act()
    head = actions.seal(at=AT).head
    assert heads.parse(f"{head.note}\n{head.note}") == [head, head]
    assert heads.parse(head.note.replace("\n", "\r\n")) == [head]


@pytest.mark.parametrize("text", ["", "nothing here", "a/audit\n5\nabc\nsigned at now\n\n— a/audit ab==\n"])
def test_a_file_without_heads_is_refused(text):
    with pytest.raises(heads.UnusableHeads):
        heads.parse(text)


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_sealers_that_meet_give_no_position_twice(act, monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 5)
    for number in range(60):
        act(number=number)
    gate = threading.Barrier(4)

    def work(_: int) -> None:
        gate.wait()
        try:
            for _turn in range(30):
                actions.seal(at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    while actions.seal(at=AT):
        pass
    assert Leaf.objects.count() == 60
    found = queries.verify()
    assert found.is_sound, found.faults
    assert found.entries == 60


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_writers_and_a_sealer_lose_no_entry(act, monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 7)
    writing = threading.Event()
    writing.set()

    def write(writer: int) -> None:
        try:
            for turn in range(25):
                with transaction.atomic():
                    act(number=writer * 100 + turn)
        finally:
            connection.close()

    def keep_sealing() -> None:
        try:
            while writing.is_set():
                actions.seal(at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        sealer = pool.submit(keep_sealing)
        try:
            list(pool.map(write, range(4)))
        finally:
            writing.clear()
        sealer.result()
    while actions.seal(at=AT):
        pass
    found = queries.verify()
    assert found.is_sound, found.faults
    assert (found.entries, found.unsealed) == (100, 0)
