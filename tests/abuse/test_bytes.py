"""What was taken away, looked for in the bytes of the database's file. Apart, since it needs real commits."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from commonweal.foundations.verbs import clock
from commonweal.town import building
from tests.abuse.test_taken_away import CANARIES, heard, take_away, zelda_speaks


@pytest.mark.slow
@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_not_even_the_bytes_of_the_file_remember() -> None:
    """With real commits: the file of the database and its log, once the space is swept."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps no file that we could read; its rows are looked through above")
    at = clock.now()
    town = building.build(at=at)
    zelda, redacted = zelda_speaks(town, at)
    assert {each.lower() for each in CANARIES} <= heard(_bytes_on_disk())
    take_away(zelda, redacted, town, at)
    assert heard(_bytes_on_disk()) == set()


def _bytes_on_disk() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database = Path(str(connection.settings_dict["NAME"]))
    found = [file for file in database.parent.glob(f"{database.name}*") if file.is_file()]
    return [(file.name, file.read_bytes().decode("latin-1")) for file in found]
