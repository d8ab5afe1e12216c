"""Every guard of the house, on whichever engine the suite runs, by what it refuses. And that none is ever missing."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.db import DatabaseError, connection, models, transaction

from commonweal.foundations.verbs import guards

ROOT = Path(__file__).resolve().parents[4]
IS_SQLITE = connection.vendor == "sqlite"
PLAIN = re.compile(r"_is_never_(changed|removed|swept)$")
VALUES = {
    "UUIDField": "0" * 31 + "1",
    "DateField": "2026-01-01",
    "DateTimeField": "2026-01-01 00:00:00",
    "TimeField": "00:00:00",
    "BooleanField": True,
    "JSONField": "{}",
    "BinaryField": b"0" * 32,
}
NUMBERS = {"IntegerField", "BigIntegerField", "SmallIntegerField", "PositiveIntegerField", "BigAutoField", "AutoField"}
NUMBERS |= {"PositiveSmallIntegerField", "PositiveBigIntegerField", "DecimalField", "FloatField"}


def triggers() -> list[guards.Trigger]:
    return [guard for guard in guards.registered() if isinstance(guard, guards.Trigger)]


def here() -> list[guards.Trigger]:
    return [guard for guard in triggers() if guard.statement(connection.vendor)]


def model_of(table: str) -> type[models.Model]:
    return next(model for model in apps.get_models(include_auto_created=True) if model._meta.db_table == table)


def value(field: models.Field) -> object:
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    kind = field.get_internal_type()
    return VALUES.get(kind, 1 if kind in NUMBERS else "x")


def put_a_row_into(table: str) -> None:
    """A row of the right types and no sense: only the guards' own laws are on trial."""
    fields = [each for each in model_of(table)._meta.concrete_fields if not isinstance(each, models.GeneratedField)]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", [value(field) for field in fields])


@contextmanager
def no_other_law(tables: set[str]) -> Iterator[None]:
    """Inside, neither CHECKs nor foreign keys nor guards stand in a row's way. PostgreSQL needs a superuser."""
    with connection.cursor() as cursor:
        if IS_SQLITE:
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            with guards.lifted():
                yield
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
            return
        for table in tables:
            found = connection.introspection.get_constraints(cursor, table)
            for name in (name for name, law in found.items() if law["check"]):
                cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


def breaches(guard: guards.Trigger) -> list[str]:
    """Statements that a plain guard must refuse."""
    statement = guard.statement(connection.vendor) or ""
    if guard.name.endswith("_removed"):
        return [f"DELETE FROM {guard.table}"]
    if guard.name.endswith("_swept"):
        return [f"TRUNCATE {guard.table} CASCADE"]
    frozen = re.search(r"UPDATE OF (.+?) ON ", statement)
    if frozen:
        columns = [column.strip().strip('"') for column in frozen[1].split(",")]
    else:
        columns = [field.column for field in model_of(guard.table)._meta.concrete_fields]
    return [f'UPDATE {guard.table} SET "{column}" = "{column}"' for column in columns]


def refusal(statement: str) -> str:
    """What the database says to a statement; nothing when it does it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            transaction.set_rollback(True)
    except DatabaseError as refused:
        return str(refused)
    return ""


@pytest.mark.django_db
def test_every_guard_refuses_what_its_name_says():
    plain = [guard for guard in here() if PLAIN.search(guard.name)]
    assert len(plain) > 20
    tables = {guard.table for guard in plain}
    with transaction.atomic():
        with no_other_law(tables):
            for table in sorted(tables):
                put_a_row_into(table)
        let_through = [
            f"{guard.name}: {statement}: {said}"
            for guard in plain
            for statement in breaches(guard)
            if guard.name.replace("_", " ") not in (said := refusal(statement))
        ]
        transaction.set_rollback(True)
    assert let_through == []


@pytest.mark.django_db
def test_without_the_guards_the_same_would_be_done():
    """The control: it is the guards that refuse."""
    with transaction.atomic():
        with no_other_law({"audit_entry"}):
            put_a_row_into("audit_entry")
        with guards.lifted():
            assert refusal("DELETE FROM audit_entry") == ""
        assert "audit entry is never removed" in refusal("DELETE FROM audit_entry")
        transaction.set_rollback(True)


def test_every_other_guard_has_a_test_that_names_it():
    files = [*ROOT.glob("commonweal/**/tests/**/*.py"), *ROOT.glob("tests/**/*.py")]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    special = [guard.name for guard in triggers() if not PLAIN.search(guard.name)]
    assert [name for name in special if name not in text and name.replace("_", " ") not in text] == []


@pytest.mark.django_db
def test_every_guard_is_there():
    assert guards.missing() == []
    assert here()


@pytest.mark.django_db
def test_missing_names_a_guard_that_was_dropped():
    name = "audit_entry_is_never_changed"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + ("" if IS_SQLITE else " ON audit_entry"))
        assert guards.missing() == [name]
        transaction.set_rollback(True)
    assert guards.missing() == []


@pytest.mark.django_db
def test_missing_names_a_guard_that_was_switched_off():
    if IS_SQLITE:
        pytest.skip("SQLite's triggers have no switch")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_is_never_changed")
        assert guards.missing() == ["audit_entry_is_never_changed"]
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_missing_names_a_stored_function_that_was_dropped():
    if IS_SQLITE:
        pytest.skip("SQLite stores no functions")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION audit_enter")
        assert guards.missing() == ["audit_enter"]
        guards.install()
        assert guards.missing() == []


@pytest.mark.django_db(transaction=True)
def test_guards_are_made_again_after_a_migration_that_rebuilds_a_table():
    if not IS_SQLITE:
        pytest.skip("only SQLite rebuilds a table to alter it")
    with connection.schema_editor() as editor:
        editor._remake_table(model_of("audit_words"))
    assert "words_are_only_ever_emptied" in guards.missing()
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert guards.missing() == []


def test_two_guards_of_one_name_are_refused():
    (known, *_others) = guards.registered()
    with pytest.raises(ValueError, match=known.name):
        guards.register(guards.Trigger(known.name, known.table, "something else", None))
    guards.register(known)
