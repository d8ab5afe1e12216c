"""One writer of our ledger, run by `run.py`: bare stored function, bare posting through Django, or the full verb."""

import os
import sys
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal.site.settings")
os.environ.setdefault("COMMONWEAL_MODE", "test")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from timing import drive  # noqa: E402

from commonweal.foundations.ledger import actions  # noqa: E402
from commonweal.foundations.ledger.actions import store as bare  # noqa: E402
from commonweal.foundations.ledger.models import Account  # noqa: E402
from commonweal.foundations.thread import actions as thread  # noqa: E402
from commonweal.foundations.thread.models import Step  # noqa: E402
from commonweal.foundations.verbs.refs import Ref  # noqa: E402
from commonweal.methods.quantities import Money  # noqa: E402

BY = Ref("people", "person", uuid4())


def main() -> None:
    what = sys.argv[1]
    if what == "prepare":
        prepare(int(sys.argv[2]))
        return
    accounts = list(Account.objects.order_by("name"))
    step = Step.objects.order_by("id")[int(os.environ["BENCH_SEED"]) % 8]
    transfer = {"function": function, "store": store, "verb": verb, "verb-and-step": verb_and_step}[what]
    drive(transfer(accounts, step), len(accounts), connection)


def prepare(accounts: int) -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, run_syncdb=True)
    at = timezone.now()
    place = Ref("places", "place", uuid4())
    for number in range(accounts):
        actions.open_account(owner=place, unit="gbp", name=f"Account {number:03}", by=BY, at=at, floor=-1_000_000_000)
    bare.open_period(timezone.localdate(at).replace(day=1))
    for _ in range(8):
        thread.record(kind="ledger.posting", subject=Ref("ledger", "wish", uuid4()), because=None, at=at)


def body(one: Account, other: Account, step: Step) -> bare.Body:
    amounts = {one.pk: -1, other.pk: 1}
    return bare.Body(uuid4(), os.urandom(32), step.pk, str(BY), timezone.now(), amounts)


def function(accounts, step):
    """One statement on a connection of its own that commits by itself: one round trip."""
    import psycopg

    database = settings.DATABASES["default"]
    straight = psycopg.connect(
        dbname=database["NAME"], user="postgres", host=database["HOST"], port=database["PORT"], autocommit=True,
        prepare_threshold=0,
    )  # fmt: skip
    cursor = straight.cursor()

    def transfer(one, other):
        asked = body(accounts[one], accounts[other], step)
        cursor.execute(f"SELECT outcome, period, late, account FROM {bare.CALL}", asked.arguments)
        outcome = cursor.fetchone()[0]
        assert outcome == "posted", outcome

    return transfer


def store(accounts, step):
    def transfer(one, other):
        with transaction.atomic():
            assert bare.store(body(accounts[one], accounts[other], step)).word == "posted"

    return transfer


def verb(accounts, step, **more):
    def transfer(one, other):
        actions.post(
            id=uuid4(),
            entries=[(accounts[one], Money(-1)), (accounts[other], Money(1))],
            because=step,
            by=BY,
            at=timezone.now(),
            **more,
        )

    return transfer


def verb_and_step(accounts, step):
    return verb(accounts, step, kind="ledger.posting")


if __name__ == "__main__":
    main()
