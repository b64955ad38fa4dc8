"""Rings the bell for the workers: jobs by name, ids only, as JSON.

The rows say what is to be done; losing a ring, or all of Redis, loses nothing, because the sweep rings again.
"""

import logging
import secrets
import time
from datetime import UTC, datetime
from typing import Final

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry as Reconnect
from rq import Queue as JobList
from rq import Retry, worker_registration
from rq.registry import StartedJobRegistry
from rq.serializers import JSONSerializer
from rq.timeouts import JobTimeoutException
from rq.utils import utcparse

from service.config import Config

log = logging.getLogger(__name__)

NAME: Final = "undrawer"
LATER: Final = "undrawer-later"
LINES: Final = (NAME, LATER)
"""In this order the workers look: first what a person waits for, then what may take until tomorrow."""

MAY_WAIT: Final = frozenset({"run_import", "plan_touches", "write_digest"})
"""The jobs of the second line. They give way between their batches (see `someone_waits`)."""

JOBS: Final = {
    "read_photo": "workers.jobs.read_photo",
    "read_again": "workers.jobs.read_again",
    "show_photo": "workers.jobs.show_photo",
    "run_import": "workers.jobs.run_import",
    "plan_touches": "workers.jobs.plan_touches",
    "send_notice": "workers.jobs.send_notice",
    "send_mail": "workers.jobs.send_mail",
    "write_digest": "workers.jobs.write_digest",
    "answer_knock": "workers.jobs.answer_knock",
    "sweep": "workers.jobs.sweep",
}
"""Jobs by name, as strings, so that the service runs where the workers' libraries are not installed."""

TookTooLong = JobTimeoutException
"""What a job is interrupted with when its time is up."""

SWEEP_EVERY_SECONDS: Final = 30
SWEEP_MISSED_SECONDS: Final = 300
SWEPT: Final = "undrawer:swept"
SIGN_EVERY_SECONDS: Final = 5
SIGNS_COUNT_SECONDS: Final = 30  # who misses six has died, or his machine has far too much to do
CLOCKS_DIFFER_SECONDS: Final = 60  # from machine to machine, at the most
FAILURES_KEPT_SECONDS: Final = 7 * 24 * 3600  # RQ would keep the tracebacks for a year


class Queue:
    """The lists of jobs. Both sides must use JSON: RQ would pickle, and cannot read one with the other."""

    def __init__(self, config: Config) -> None:
        self._timeout_seconds = config.job_timeout_seconds
        self._retry = Retry(max=config.job_tries - 1) if config.job_tries > 1 else None
        # A request waits for Redis no longer than a person notices; the sweep makes up for it.
        self._redis = Redis.from_url(
            config.redis_url, socket_connect_timeout=2, socket_timeout=5, retry=Reconnect(NoBackoff(), 1)
        )
        self._lines = {name: JobList(name, connection=self._redis, serializer=JSONSerializer) for name in LINES}

    def ring(self, job: str, *ids: str, first: bool = False) -> bool:
        """Ask for a job, after the commit that gives it something to do. False if Redis did not hear it.

        `first` is for whose turn it was already: it goes before all others of its line.
        """
        try:
            self._lines[LATER if job in MAY_WAIT else NAME].enqueue_call(
                JOBS[job],
                args=ids,
                timeout=self._timeout_seconds,
                # A sweep that nobody took before the next one is due is not needed any more, and none waits in line.
                ttl=SWEEP_EVERY_SECONDS if job == "sweep" else None,
                at_front=first or job == "sweep",
                result_ttl=0,
                failure_ttl=FAILURES_KEPT_SECONDS,
                retry=None if job == "sweep" else self._retry,
                # The id says what waits (see `asked_for`) and is never used twice: RQ would refuse one that it knows,
                # for as long as it keeps the outcome.
                job_id="-".join((job, *ids, secrets.token_hex(4))),
            )
        except RedisError as error:
            log.warning("Redis did not hear the ring for %s %s (%s); the sweep will repeat it", job, ids, type(error))
            return False
        return True

    def asked_for(self, job: str) -> set[str]:
        """The ids that a job of this name is waiting in line for."""
        prefix = job + "-"
        return {
            known.removeprefix(prefix).rpartition("-")[0]
            for line in self._lines.values()
            for known in line.get_job_ids()
            if known.startswith(prefix)
        }

    def in_hand(self, job: str) -> set[str] | None:
        """The ids that a worker gave a sign of life for while at them, lately; None where Redis does not answer.

        RQ keeps each job under way with the time until which its last sign counts; one far ahead was written by a clock
        that has been put right since.
        """
        at = time.time()
        until = at + SIGNS_COUNT_SECONDS + CLOCKS_DIFFER_SECONDS
        try:
            alive = [
                one
                for line in self._lines.values()
                for one in self._redis.zrangebyscore(StartedJobRegistry(queue=line).key, at, until)
            ]
        except RedisError:
            return None
        prefix = job + "-"
        names = (_text(one).partition(":")[0] for one in alive)
        return {name.removeprefix(prefix).rpartition("-")[0] for name in names if name.startswith(prefix)}

    def waiting(self) -> int:
        """Count the jobs that nobody has begun; 0 where Redis does not answer."""
        return sum(self.waiting_in(line) for line in LINES)

    def waiting_in(self, line: str) -> int:
        """Count those of one line."""
        try:
            return int(self._lines[line].count)
        except RedisError:
            return 0

    def someone_waits(self) -> bool:
        """Whether a job that may wait should give way to one that a person waits for."""
        return self.waiting_in(NAME) > 0

    def note_sweep(self) -> None:
        """Say that a sweep ended; for whoever asks whether the timetable runs."""
        try:
            self._redis.set(SWEPT, "", ex=SWEEP_MISSED_SECONDS)
        except RedisError as error:
            log.warning("Redis did not hear of the sweep (%s)", type(error))

    def swept_lately(self) -> bool:
        """Whether one ended within five minutes."""
        try:
            return bool(self._redis.exists(SWEPT))
        except RedisError:
            return False

    def reachable(self) -> bool:
        try:
            return bool(self._redis.ping())
        except RedisError:
            return False

    def worker_heard_from(self, within_seconds: float = 120) -> bool:
        """Whether any worker gave a sign of life lately.

        The keys are read directly: RQ's own Worker.all() would raise this connection's time-out to minutes.
        """
        try:
            keys = worker_registration.get_keys(queue=self._lines[NAME])
            beats = [self._redis.hget(key, "last_heartbeat") for key in keys]
        except RedisError:
            return False
        now = datetime.now(UTC)
        return any(beat and (now - utcparse(_text(beat))).total_seconds() <= within_seconds for beat in beats)


def _text(answer: object) -> str:
    return answer.decode() if isinstance(answer, bytes) else str(answer)
