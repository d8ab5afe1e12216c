"""Reasons for which a production installation does not start. Each is a sentence that says how to mend it."""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from commonweal.foundations.verbs import guards

SHORTEST_SECRET = 50


def refuse_unless_safe() -> None:
    """End the process, non-zero, with every reason, where a production installation is not safe to start."""
    if settings.MODE == "production" and (reasons := list(reasons_not_to_start())):
        raise SystemExit("Commonweal does not start:\n" + "\n".join(f"- {reason}" for reason in reasons))


def reasons_not_to_start() -> Iterator[str]:
    yield from _in_the_settings()
    if unapplied := _unapplied_migrations():
        yield f"{unapplied} migrations are not applied: run `commonweal migrate`."
        return
    yield from _in_the_database()


def _in_the_settings() -> Iterator[str]:
    if settings.SECRET_KEY == settings.DEFAULT_SECRET:
        yield "COMMONWEAL_SECRET_KEY is not set, so the secret is the one that everybody knows."
    elif len(settings.SECRET_KEY) < SHORTEST_SECRET:
        yield f"COMMONWEAL_SECRET_KEY has fewer than {SHORTEST_SECRET} characters."
    if settings.DEBUG:
        yield "COMMONWEAL_DEBUG is on: pages would show the inside of the software to strangers."
    if "*" in settings.ALLOWED_HOSTS:
        yield "COMMONWEAL_HOSTS allows every host name (*): name the ones that are yours."


def _in_the_database() -> Iterator[str]:
    if apps.get_model("people", "Person").objects.filter(is_invented=True).exists():
        yield "The database holds the invented people of the demonstration place."
    if lost := guards.missing():
        yield f"The database has lost {len(lost)} of its guards ({lost[0]} …): run `commonweal migrate`."
    yield from _not_durable()


def _not_durable() -> Iterator[str]:
    wanted = (
        {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"}
        if connection.vendor == "sqlite"
        else {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
    )
    question = "PRAGMA {}" if connection.vendor == "sqlite" else "SHOW {}"
    with connection.cursor() as cursor:
        for setting, value in wanted.items():
            cursor.execute(question.format(setting))
            found = str(cursor.fetchone()[0])
            if found != value:
                yield f"The database's {setting} is {found} and must be {value}, or what was promised may be lost."


def _unapplied_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
