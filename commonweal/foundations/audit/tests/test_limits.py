from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from commonweal.foundations.audit import limits

ONLY_THERE = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")


@ONLY_THERE
@pytest.mark.django_db(transaction=True)
def test_a_session_begins_with_the_limit_that_the_seal_counts_on():
    connection.close()
    connection.ensure_connection()
    name = "transaction_timeout" if connection.pg_version >= limits.WHOLE_SINCE else limits.BEFORE[0]
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        assert cursor.fetchone() == ("1h",)


@ONLY_THERE
@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_outlives_it_is_ended_by_the_database(monkeypatch):
    monkeypatch.setattr(limits, "LONGEST_TRANSACTION", timedelta(milliseconds=300))
    connection.close()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        for _ in range(5):
            cursor.execute("SELECT pg_sleep(0.1)")
            cursor.execute("SELECT pg_sleep(0.4)")
    connection.close()
