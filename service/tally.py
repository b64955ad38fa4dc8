"""What was done, counted in Redis for all processes together: how often, and how long it took. Losing it loses nothing."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter
from typing import Final

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from service.config import Config

log = logging.getLogger(__name__)

KEY: Final = "undrawer:tally"
SECONDS, TIMES = "seconds:", "times:"


class Tally:
    """Sums by name; `seconds:NAME` and `times:NAME` belong together. Names never say anything of anybody."""

    def __init__(self, config: Config) -> None:
        self._redis = Redis.from_url(
            config.redis_url, socket_connect_timeout=2, socket_timeout=2, retry=Retry(NoBackoff(), 1)
        )

    def add(self, counts: Mapping[str, float]) -> None:
        """Add up; where Redis does not answer, what was counted is let go."""
        try:
            with self._redis.pipeline(transaction=False) as pipe:
                for name, count in counts.items():
                    pipe.hincrbyfloat(KEY, name, count)
                pipe.execute()
        except RedisError as error:
            log.warning("Redis did not hear the counts (%s)", type(error).__name__)

    def all(self) -> dict[str, float]:
        """Give every sum; none where Redis does not answer."""
        try:
            found = self._redis.hgetall(KEY)
        except RedisError:
            return {}
        return {_text(name): float(count) for name, count in found.items()}


def _text(name: bytes | str) -> str:
    return name.decode() if isinstance(name, bytes) else name


class Watch:
    """How long the parts of one piece of work take, for the tally."""

    def __init__(self) -> None:
        self.counts: dict[str, float] = {}

    def took(self, name: str, seconds: float) -> None:
        for key, more in ((SECONDS + name, max(0.0, seconds)), (TIMES + name, 1)):
            self.counts[key] = self.counts.get(key, 0) + more

    def count(self, name: str, number: float) -> None:
        self.counts[name] = self.counts.get(name, 0) + number

    @contextmanager
    def over(self, name: str) -> Iterator[None]:
        begun = perf_counter()
        try:
            yield
        finally:
            self.took(name, perf_counter() - begun)
