"""Rings for the sweep every half minute, on RQ's own cron. `python -m workers.schedule`, once for all workers."""

from time import monotonic
from typing import cast

from redis import Redis
from rq.cron import CronJob, CronScheduler
from rq.job import Job

from service import logs
from service.config import Config
from service.queue import JOBS, NAME, SWEEP_EVERY_SECONDS, Queue


class SweepBell(CronJob):
    """RQ's own cron job enqueues with pickle, which workers that speak JSON cannot read; this one rings our bell.

    It counts by interval: cron strings are in local time, whose hours repeat and are left out. And by the seconds that
    pass, too: a clock that is put back by an hour would keep it silent for an hour.
    """

    def __init__(self, queue: Queue) -> None:
        super().__init__(NAME, func_name=JOBS["sweep"], interval=SWEEP_EVERY_SECONDS)
        self._queue = queue
        self._rung_at = -float(SWEEP_EVERY_SECONDS)

    def should_run(self) -> bool:
        return super().should_run() or monotonic() >= self._rung_at + SWEEP_EVERY_SECONDS

    def enqueue(self, connection: Redis) -> Job:  # noqa: ARG002  # it is RQ's signature
        """Ring; the caller looks at nothing that comes back, and a bell that rings in vain is no job."""
        self._rung_at = monotonic()
        self._queue.ring("sweep")
        return cast("Job", None)


def main() -> None:
    logs.begin()
    config = Config.from_env()
    scheduler = CronScheduler(Redis.from_url(config.redis_url))
    scheduler.get_jobs().append(SweepBell(Queue(config)))
    scheduler.start()  # type: ignore[no-untyped-call]  # RQ's


if __name__ == "__main__":
    main()
