"""The ground of every test: the guards, the real data."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SHARED_DATA = Path(os.environ.get("COMMONWEAL_SHARED_DATA", "../shared/data")).resolve()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data; the test skips where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"real data folder not found at {SHARED_DATA} (set COMMONWEAL_SHARED_DATA)")
    return SHARED_DATA


@pytest.fixture(autouse=True)
def _in_english() -> None:
    """A page in Welsh leaves its language on the thread: every test begins in the place's first one."""
    from django.conf import settings
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True, scope="session")
def _flush_below_the_guards() -> Iterator[None]:
    """Django empties the tables after a test with real commits: lift the guards for that."""
    from django.test import TransactionTestCase

    from commonweal.foundations.verbs import guards

    flush = TransactionTestCase._fixture_teardown

    def flush_below_the_guards(case: TransactionTestCase) -> None:
        with guards.lifted():
            flush(case)

    TransactionTestCase._fixture_teardown = flush_below_the_guards
    yield
    TransactionTestCase._fixture_teardown = flush


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The demonstration place, built once for a module and undone after it. The module is marked `django_db`."""
    from django.db import connection, transaction

    from commonweal.foundations.verbs import clock
    from commonweal.town import building
    from tests.postgres import count_rows

    assert "test" in str(connection.settings_dict["NAME"]), (
        "mark the module django_db, or it would use the real database"
    )
    with django_db_blocker.unblock(), transaction.atomic():
        built = building.build(at=clock.now())
        count_rows()
        yield built
        transaction.set_rollback(True)
