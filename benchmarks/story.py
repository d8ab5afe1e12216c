"""A story of 10,000 steps inside a thread of 1,000,000, on both engines: `./run bench story`.

The thread is made by bulk SQL: one story of 10,000 steps, many with two causes, among 9,900 shorter ones. Timed are
`thread.queries.story` (ids in order), one page of fifty lines in words, and the loading of every row.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

from tests.postgres import private_server

STEPS, STORY = 1_000_000, 10_000
ENGINE = "COMMONWEAL_BENCH_ENGINE"


def main() -> int:
    with tempfile.TemporaryDirectory() as var:
        failed = _elsewhere("SQLite", {"COMMONWEAL_VAR": var})
    with private_server({"shared_buffers": "512MB"}) as server:
        failed |= _elsewhere("PostgreSQL", {"DATABASE_URL": server.url()})
    return failed


def _elsewhere(engine: str, environment: dict[str, str]) -> int:
    settings = {"DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "commonweal.site.settings")}
    return subprocess.call(
        [sys.executable, "-m", "benchmarks.story"], env={**os.environ, **settings, **environment, ENGINE: engine}
    )


def measure(engine: str) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from commonweal.foundations.thread import kinds, queries, telling
    from commonweal.foundations.thread.models import Step

    call_command("migrate", verbosity=0)
    if "bench.step" not in {kind.name for kind in kinds.all_kinds()}:
        kinds.declare("bench.opening", title="A conversation opened", opens_a_story=True)
        kinds.declare("bench.step", title="Something happened")
    _fill()
    first = Step.objects.get(pk=2)
    found = queries.story(first)
    assert len(found) == STORY, len(found)
    say = lambda what, milliseconds: print(f"{engine:<11} {what:<34} {milliseconds:8.1f} ms", flush=True)  # noqa: E731
    say(f"story, ids of {len(found):,} steps", _median(lambda: queries.story(first)))
    say("one page of fifty lines in words", _median(lambda: telling.lines(queries.story(first)[:50])))
    say("every row of it loaded", _median(lambda: list(queries.story(first)), 3))
    say("roots of its last step", _median(lambda: queries.roots(found[-1])))
    print(f"{engine:<11} peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _fill() -> None:
    """Steps 1 to 10,000 are one story, each caused by the one half as far on and some by a neighbour too."""
    from django.db import connection, transaction

    from commonweal.foundations.verbs import guards

    series = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {top}) SELECT i FROM n"
        if connection.vendor == "sqlite"
        else "SELECT i FROM generate_series(1, {top}) AS g(i)"
    )
    key = "lower(hex(randomblob(16)))" if connection.vendor == "sqlite" else "gen_random_uuid()"
    opening = f"(i = 1 OR (i > {STORY} AND i % 100 = 1))"
    steps = f"""
        INSERT INTO thread_step (id, uuid, kind, subject, params, audience, at)
        SELECT i, {key}, CASE WHEN {opening} THEN 'bench.opening' ELSE 'bench.step' END,
               'bench:thing:00000000-0000-0000-0000-000000000000', '{{}}', 'public', CURRENT_TIMESTAMP
        FROM ({series.format(top=STEPS)}) AS numbers"""
    in_story = f"i > 1 AND i <= {STORY}"
    elsewhere = f"i > {STORY + 1} AND i % 100 <> 1"
    causes = f"""
        INSERT INTO thread_cause (effect_id, cause_id)
        SELECT i, CASE WHEN i > 3 AND i <= {STORY} THEN i / 2 ELSE i - 1 END
        FROM ({series.format(top=STEPS)}) AS numbers WHERE ({in_story}) OR ({elsewhere})"""
    second = f"""
        INSERT INTO thread_cause (effect_id, cause_id)
        SELECT i, i - 1 FROM ({series.format(top=STORY)}) AS numbers WHERE i > 3 AND i % 3 = 0"""
    with guards.lifted(), transaction.atomic(), connection.cursor() as cursor:
        for statement in (steps, causes, second):
            cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _median(run: Callable[[], object], times: int = 9) -> float:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


if __name__ == "__main__":
    if ENGINE in os.environ:
        measure(os.environ[ENGINE])
    else:
        sys.exit(main())
