"""The beat of a worker: renew the lease, take back what others lost, start what is due."""

import logging
import os
import signal
import threading
from datetime import datetime, timedelta

from django.db import DatabaseError, close_old_connections, connections

from commonweal.foundations.verbs import clock

from . import leases, schedules
from .tasks import run_schedule

log = logging.getLogger("commonweal.work")


class Heart(threading.Thread):
    """Beats beside the worker until it is told to stop.

    A fault of the database is logged and the next beat tries again. Any other fault ends the whole worker: one without
    a heart would have its tasks taken away while it runs them.
    """

    def __init__(
        self,
        worker_id: str,
        *,
        lease: timedelta = leases.LEASE,
        beat: timedelta = leases.BEAT,
        with_schedules: bool = True,
    ) -> None:
        super().__init__(name=f"heart of {worker_id}", daemon=True)
        self.worker_id, self.lease, self.beat, self.with_schedules = worker_id, lease, beat, with_schedules
        self.stopped = threading.Event()
        self.last_beat_at: datetime | None = None

    def run(self) -> None:
        try:
            while not self.stopped.wait(self.beat.total_seconds()):
                self.try_to_beat()
        except BaseException:
            log.exception("the heart of %s stopped, and the worker with it", self.worker_id)
            os.kill(os.getpid(), signal.SIGTERM)
        finally:
            connections.close_all()

    def try_to_beat(self) -> None:
        try:
            self.beat_once(at=clock.now())
        except DatabaseError:
            log.warning("worker %s could not renew its lease; it tries again", self.worker_id, exc_info=True)
        finally:
            close_old_connections()

    def beat_once(self, *, at: datetime) -> None:
        leases.renew(worker_id=self.worker_id, at=at)
        if self._was_awake(at):
            leases.reclaim(at=at, lease=self.lease)
        if self.with_schedules:
            schedules.start_due(at=at, enqueue=lambda name: run_schedule.enqueue(name).id)
        self.last_beat_at = at

    def stop(self) -> None:
        self.stopped.set()
        self.join(timeout=5)

    def _was_awake(self, at: datetime) -> bool:
        """Whether it beat in time itself. If not, the database may have kept the others from beating too, and it must
        not take them for dead: they get one more beat."""
        return self.last_beat_at is None or at - self.last_beat_at < self.lease
