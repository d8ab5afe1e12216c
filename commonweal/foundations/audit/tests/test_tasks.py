import pytest

from commonweal.foundations.audit import queries, sealing, tasks
from commonweal.foundations.audit.models import Seal
from commonweal.foundations.work import schedules

from .conftest import AT

pytestmark = pytest.mark.django_db


def test_the_worker_seals_all_that_waits(act, monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 3)
    for number in range(8):
        act(number=number)
    tasks.seal(at=AT)
    assert list(Seal.objects.order_by("size").values_list("size", flat=True)) == [3, 6, 8]
    tasks.send_heads(at=AT)
    assert queries.verify(sealing.kept_heads()).heads == 1


def test_sealing_comes_round_well_within_the_alarm():
    assert schedules.rhythm("audit.seal").every * 2 < queries.SOON
    assert "audit.send_heads" in schedules.names()
