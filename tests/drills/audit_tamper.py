"""A thousand edits by somebody who may write to the database as they please: `verify` must find every one.

    ./run drill audit_tamper [--edits 1000]

On SQLite and on PostgreSQL, against the head that left the house. Controls: an honest trail must hold; and without that
head, a careful forger who has the key must go unseen.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from uuid import UUID

import tests.mode  # noqa: F401
from tests.postgres import private_server

ENTRIES, BATCH = 300, 40


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--edits", type=int, default=1000)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--here", action="store_true", help="on the database of the environment, and no other")
    told = words.parse_args()
    if told.here:
        return drill(told.edits, random.Random(told.seed))
    again = [sys.executable, "-m", "tests.drills.audit_tamper", *sys.argv[1:], "--here"]
    with tempfile.TemporaryDirectory() as folder, private_server() as server:
        on_sqlite = {**os.environ, "COMMONWEAL_VAR": f"{folder}/sqlite", "DATABASE_URL": ""}
        on_postgres = {**os.environ, "COMMONWEAL_VAR": f"{folder}/postgres", "DATABASE_URL": server.url("postgres")}
        return max(subprocess.call(again, env=environment) for environment in (on_sqlite, on_postgres))


def drill(edits: int, dice: random.Random) -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal.site.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from commonweal.foundations.audit.tests import tampering
    from commonweal.foundations.verbs import guards

    call_command("migrate", verbosity=0)
    heads = make_trail()
    honest = check(heads)
    guards.lift()
    begun = time.monotonic()
    missed: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for _turn in range(edits):
        edit = dice.choice([*tampering.CLUMSY, *tampering.CAREFUL])
        found = after(edit, dice, heads)
        if found.is_sound:
            missed[edit.__name__] += 1
        else:
            kinds[found.first_fault.kind] += 1
    unseen = sum(after(edit, dice, []).is_sound for edit in tampering.CAREFUL)
    guards.install()
    holds = honest.is_sound and not missed and check(heads).is_sound
    bites = unseen == len(tampering.CAREFUL)
    print(
        f"{datetime.now(UTC):%Y-%m-%d} audit_tamper on {connection.vendor}: {'HELD' if holds else 'FAILED'}: "
        f"{edits} edits of {len(tampering.CLUMSY) + len(tampering.CAREFUL)} sorts in {honest.entries} entries, "
        f"{edits - missed.total()} found in {time.monotonic() - begun:.0f} s as {dict(kinds.most_common())}; "
        f"missed: {dict(missed) or 'none'}; control without heads {'failed as it must' if bites else 'DID NOT FAIL'}: "
        f"{unseen} of {len(tampering.CAREFUL)} careful rebuilds unseen"
    )
    return 0 if holds and bites else 1


def make_trail():
    """Acts with words under many seals, some words removed; and the heads, as a witness keeps them."""
    from commonweal.foundations.audit import actions, sealing
    from commonweal.foundations.verbs.refs import SYSTEM, Ref

    at = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    sealing.BATCH = BATCH
    for number in range(ENTRIES):
        words = actions.keep_words(f"Suggestion {number}")
        subject = Ref("dialogue", "contribution", UUID(int=number))
        actions.enter(by=SYSTEM, verb="dialogue.suggest", subject=subject, at=at, facts={"n": number}, words=[words])
        if number in (5, 9, 11):
            actions.forget_words([words.pk], at=at)
    while actions.seal(at=at):
        pass
    actions.send_heads(at=at)
    return sealing.kept_heads()


def check(heads):
    from commonweal.foundations.audit import queries

    return queries.verify(heads)


def after(edit, dice: random.Random, heads):
    """What verify says after one edit, which is then undone."""
    from django.db import transaction

    with transaction.atomic():
        edit(dice)
        found = check(heads)
        transaction.set_rollback(True)
    return found


if __name__ == "__main__":
    sys.exit(main())
