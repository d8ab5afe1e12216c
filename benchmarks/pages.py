"""Pages with one warm client, on both engines: `./run bench pages`.

A conversation of 1,000 suggestions, of which a page shows fifty, and the pages that people open most. For each:
median and 95th percentile of the time in the process (no network), and processor time. Room tests count questions.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

from tests.postgres import private_server

ENGINE = "COMMONWEAL_BENCH_ENGINE"
SUGGESTIONS, TIMES = 1_000, 60


def main() -> int:
    with tempfile.TemporaryDirectory() as var:
        failed = _elsewhere("SQLite", {"COMMONWEAL_VAR": var})
        with private_server({"shared_buffers": "256MB"}) as server:
            return failed | _elsewhere("PostgreSQL", {"DATABASE_URL": server.url(), "COMMONWEAL_VAR": var})


def _elsewhere(engine: str, environment: dict[str, str]) -> int:
    settings = {"DJANGO_SETTINGS_MODULE": "commonweal.site.settings", "COMMONWEAL_MODE": "demo", ENGINE: engine}
    return subprocess.call([sys.executable, "-m", "benchmarks.pages"], env={**os.environ, **settings, **environment})


def measure(engine: str) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from commonweal.foundations.verbs import clock
    from commonweal.town import building
    from commonweal.understand.dialogue import actions as dialogue

    call_command("migrate", verbosity=0)
    town = building.build(at=clock.now())
    conversation = town.next_conversation
    for number in range(SUGGESTIONS):
        dialogue.suggest(conversation=conversation, words=f"Suggestion number {number}.", by=town.amina, at=clock.now())
    stranger, grace = Client(), Client()
    grace.force_login(town.grace.sign_in)
    for who, client, path in (
        ("stranger", stranger, f"/understand/dialogue/{conversation.pk}/"),
        ("convenor", grace, f"/understand/dialogue/{conversation.pk}/"),
        ("stranger", stranger, "/"),
        ("stranger", stranger, f"/thread/{town.lesson.step.uuid}/story/"),
        ("stranger", stranger, f"/do/initiatives/{town.initiative.pk}/"),
        ("convenor", grace, "/my-day/"),
        ("convenor", grace, "/decisions/desk/"),
        ("convenor", grace, "/understand/dialogue/desk/"),
    ):
        _time(engine, who, client, path)


def _time(engine: str, who: str, client: object, path: str) -> None:
    assert client.get(path).status_code == 200, path
    taken, began = [], time.process_time()
    for _ in range(TIMES):
        start = time.perf_counter()
        client.get(path)
        taken.append((time.perf_counter() - start) * 1000)
    processor = (time.process_time() - began) / TIMES * 1000
    short = "/".join(part if len(part) < 30 else "…" for part in path.split("/"))
    print(
        f"{engine:<11} {who:<9} {short:<32} p50 {statistics.median(taken):6.1f} ms   "
        f"p95 {statistics.quantiles(taken, n=20)[-1]:6.1f} ms   processor {processor:6.1f} ms",
        flush=True,
    )


if __name__ == "__main__":
    if ENGINE in os.environ:
        measure(os.environ[ENGINE])
    else:
        sys.exit(main())
