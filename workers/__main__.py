"""The worker: loads the reading models once, then forks a work-horse for each job. `python -m workers`, one a core."""

import gc
import time
from contextlib import closing
from typing import Any

from redis import Redis
from redis.client import Pipeline
from rq import Queue as JobList
from rq import Worker, worker_registration
from rq.job import Job
from rq.serializers import JSONSerializer

from service import logs
from service.config import Config, one_thread_each
from service.queue import JOBS, LINES, NAME, SIGN_EVERY_SECONDS, SIGNS_COUNT_SECONDS, Queue
from service.storage.database import Database
from workers import (
    extraction,
    jobs,  # noqa: F401  # loaded once: else every work-horse would load it, on the job's time
    tries,
)
from workers.limits import limit_cpu, limit_memory

SIGN_OF_LIFE_SECONDS = 60
PATIENCE_SECONDS = 30
IN_A_ROW = 8
"""After so many jobs that people wait for, one that may wait has its turn: no import stands still on a busy day."""


class ForkingWorker(Worker):
    """RQ's worker, whose work-horses are limited in memory and whose deaths are told to the row they worked on."""

    max_connection_wait_time = 5.0

    def __init__(self, config: Config) -> None:
        self._config = config
        self._in_a_row = 0
        super().__init__(
            LINES,
            connection=Redis.from_url(config.redis_url),
            serializer=JSONSerializer,
            worker_ttl=SIGN_OF_LIFE_SECONDS,
            job_monitoring_interval=SIGN_EVERY_SECONDS,
            work_horse_killed_handler=self._work_horse_died,
        )

    def heartbeat(self, timeout: int | None = None, pipeline: Pipeline | None = None) -> None:
        """Sign up with every sign of life: a Redis that lost all would not know of this worker again."""
        super().heartbeat(timeout, pipeline=pipeline)
        worker_registration.register(self, pipeline)

    def get_heartbeat_ttl(self, job: Job, working_time: float = 0.0) -> int:  # noqa: ARG002
        """Say until when a sign of life for a job counts: RQ's minute would keep its row waiting that much longer."""
        return SIGNS_COUNT_SECONDS

    def reorder_queues(self, reference_queue: JobList) -> None:
        """Look into the lines in their order for the next job, but now and then the other way round."""
        self._in_a_row = self._in_a_row + 1 if reference_queue.name == NAME else 0
        self._ordered_queues = self.queues[::-1] if self._in_a_row >= IN_A_ROW else self.queues[:]

    def main_work_horse(self, job: Job, queue: JobList) -> None:
        limit_memory(self._config.job_memory_mb)
        # Twice the time-out: a job that works sees its time-out first, and is told why it ended.
        limit_cpu(2 * self._config.job_timeout_seconds)
        super().main_work_horse(job, queue)

    def request_force_stop(self, signum: int, frame: Any) -> None:
        """On the second Ctrl-C the work-horse is killed in the middle of its photo, which is then free at once."""
        try:
            super().request_force_stop(signum, frame)
        except SystemExit:
            job = self.get_current_job()
            if job:
                self._work_horse_died(job, None, 0, None)
            raise

    def _work_horse_died(self, job: Job, _pid: int | None, status: int | None, _usage: object) -> None:
        # RQ waits for the work-horse itself only where it killed it for ignoring its time-out: then no status is left.
        for name in tries.CLAIMS:
            if job.func_name == JOBS[name]:
                tries.try_failed(name, job.args[0], took_too_long=status is None)


def main() -> None:
    logs.begin()
    config = Config.from_env()
    one_thread_each()
    extraction.load(config.reader)
    with closing(Database(config.database_url)) as db:
        # Loads the driver too: a work-horse would load it again for every job, on the job's time.
        db.reachable()
    # What lives now lives on: the collector of a work-horse need not touch, and so copy, its pages.
    gc.freeze()
    wait_for_redis(config)
    ForkingWorker(config).work(logging_level="INFO")


def wait_for_redis(config: Config) -> None:
    """Redis may be starting at the same time; if it does not come, the worker's own error says so best."""
    queue = Queue(config)
    until = time.monotonic() + PATIENCE_SECONDS
    while not queue.reachable() and time.monotonic() < until:
        time.sleep(0.2)


if __name__ == "__main__":
    main()
