"""`commonweal work`: runs tasks and schedules until it is told to stop."""

import logging
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand
from django_tasks_db.management.commands.db_worker import Worker

from commonweal.foundations.verbs import clock
from commonweal.foundations.work import leases, schedules
from commonweal.foundations.work.heart import Heart


class Command(BaseCommand):
    help = "Run tasks and schedules. Ctrl+C or SIGTERM lets the task in hand end first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--worker-id", default=str(uuid4()), help="must differ from every other worker's")
        parser.add_argument("--lease", type=float, default=leases.LEASE.total_seconds(), help="seconds (%(default)s)")
        parser.add_argument("--beat", type=float, default=leases.BEAT.total_seconds(), help="seconds (%(default)s)")
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between looks at an empty queue")
        parser.add_argument("--batch", action="store_true", help="stop when the queue is empty; no schedules")

    def handle(
        self, *, worker_id: str, lease: float, beat: float, interval: float, batch: bool, verbosity: int, **_: Any
    ) -> None:
        logging.getLogger("django_tasks").setLevel(logging.INFO if verbosity > 1 else logging.WARNING)
        worker = Worker(
            queue_names=["*"],
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
            excluded_queue_names=[],
        )
        worker.configure_signals()
        schedules.take_note(at=clock.now())
        heart = Heart(worker_id, lease=timedelta(seconds=lease), beat=timedelta(seconds=beat), with_schedules=not batch)
        heart.beat_once(at=clock.now())  # before the first task, so that nobody takes it for lost
        heart.start()
        try:
            worker.run()
        finally:
            heart.stop()
            leases.give_up(worker_id=worker_id)
