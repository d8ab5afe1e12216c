import json

import pytest
from django.core.management import CommandError, call_command

from commonweal.foundations.audit import actions, queries, removals, sealing
from commonweal.foundations.audit.models import Removal, Words
from commonweal.foundations.verbs import guards
from commonweal.foundations.verbs.refs import Ref

from .conftest import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def restored(act):
    """Words that were forgotten after a backup was made; then the backup came back."""
    words = act("Find me at 1 Hidden Lane.")
    text, salt = words.text, bytes(words.salt)
    actions.forget_words([words.pk], at=AT)
    actions.seal(at=AT)
    sealing.send_heads(at=AT)
    with guards.lifted():
        Words.objects.filter(pk=words.pk).update(text=text, salt=salt, removed_at=None, removed_because="")
        Removal.objects.all().delete()
    return words


def test_what_had_gone_goes_again(restored, capsys):
    call_command("replay_removals")
    restored.refresh_from_db()
    assert (restored.text, restored.removed_at, restored.removed_because) == ("", AT, "forgotten")
    assert queries.verify().is_sound
    call_command("replay_removals")
    assert "0 removals replayed" in capsys.readouterr().out


def test_the_list_only_grows(restored):
    before = sealing.removals_file().read_text()
    assert removals.keep(sealing.removals_file()) == 0
    assert sealing.removals_file().read_text() == before
    assert json.loads(before)["subject"] == str(restored.ref)


def test_the_list_can_be_written_to_a_file(act, tmp_path, capsys):
    actions.forget_words([act().pk], at=AT)
    call_command("replay_removals", str(tmp_path / "list.jsonl"), "--write")
    assert "1 removals added" in capsys.readouterr().out
    assert [line.because for line in removals.read(tmp_path / "list.jsonl")] == ["forgotten"]


def test_a_room_says_how_its_own_records_go_again(monkeypatch):
    gone = []
    monkeypatch.setattr(removals, "_replays", {("zoo", "lion"): lambda ids, because, at: gone.extend(ids)})
    lion = Ref.parse("zoo:lion:00000000-0000-0000-0000-000000000001")
    assert actions.replay_removals([removals.Line(lion, "forgotten", AT)], at=AT) == (1, [])
    assert gone == [lion.uuid]


def test_a_removal_that_nobody_can_replay_is_named(tmp_path, capsys):
    file = tmp_path / "list.jsonl"
    file.write_text(str(removals.Line(Ref.parse("zoo:lion:00000000-0000-0000-0000-000000000001"), "forgotten", AT)))
    with pytest.raises(CommandError, match="1 removals could not be replayed"):
        call_command("replay_removals", str(file))
    assert "zoo:lion" in capsys.readouterr().err


@pytest.mark.parametrize("line", ["{}", "nonsense", '{"subject": "a", "because": "b", "at": "c"}', "[1]"])
def test_an_unreadable_list_is_refused_whole(restored, line):
    with sealing.removals_file().open("a") as file:
        file.write(f"{line}\n")
    with pytest.raises(CommandError, match="removals.jsonl, row 2"):
        call_command("replay_removals")
    restored.refresh_from_db()
    assert restored.text
