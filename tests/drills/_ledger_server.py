"""The server that `kill_ledger` kills: posts what it is asked for through the ledger's own verb."""

import json
import os
import socketserver
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonweal.site.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import DatabaseError, connection, transaction  # noqa: E402

from commonweal.foundations.ledger import actions as ledger  # noqa: E402
from commonweal.foundations.ledger.models import Account  # noqa: E402
from commonweal.foundations.thread import actions as thread  # noqa: E402
from commonweal.foundations.thread.models import Step  # noqa: E402
from commonweal.foundations.verbs import clock  # noqa: E402
from commonweal.foundations.verbs.refs import SYSTEM, Ref  # noqa: E402
from commonweal.methods.quantities import Money  # noqa: E402

ACCOUNTS = 50


@transaction.atomic
def open_accounts() -> None:
    at = clock.now()
    for number in range(ACCOUNTS):
        owner = Ref("organisations", "organisation", uuid4())
        ledger.open_account(owner=owner, unit="gbp", name=f"Pot {number:02}", by=SYSTEM, at=at, floor=None)
    thread.record(kind="ledger.posting", subject=SYSTEM, because=None, at=at)


def prepare() -> int:
    call_command("migrate", verbosity=0)
    open_accounts()
    print(json.dumps({"accounts": ACCOUNTS}))
    return 0


class Desk(socketserver.StreamRequestHandler):
    """Says 'posted ID' when it is, and hangs up when it cannot tell."""

    def handle(self) -> None:
        try:
            for line in self.rfile:
                order = json.loads(line)
                post(**order)
                self.wfile.write(f"posted {order['id']}\n".encode())
        except (DatabaseError, OSError):
            pass
        finally:
            connection.close()


def post(*, id: str, giver: int, taker: int, pence: int) -> None:
    ledger.post(
        id=UUID(id),
        entries=[(KNOWN["accounts"][giver], Money(-pence)), (KNOWN["accounts"][taker], Money(pence))],
        because=KNOWN["step"],
        by=SYSTEM,
        at=clock.now(),
    )


KNOWN: dict[str, Any] = {}


class Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    request_queue_size = 128


def serve(line: Path) -> int:
    KNOWN["accounts"] = list(Account.objects.order_by("name"))
    KNOWN["step"] = Step.objects.get()
    with Server(str(line), Desk) as server:
        server.serve_forever()
    return 0
