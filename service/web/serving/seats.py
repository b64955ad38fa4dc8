"""Threads for requests that are whole: some for what people wait for, some for uploads, and an end to waiting in line."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from math import ceil
from typing import Final, TypeVar

Found = TypeVar("Found")

LONGEST_WAIT_SECONDS: Final = 8
"""Who would wait longer for a thread is asked to come back: a phone waits 30 seconds for its answer, all in all."""

FIRST_GUESS_SECONDS: Final = 0.05
_WEIGHT_OF_THE_LAST: Final = 0.1


class Full(Exception):
    """Nobody else is let in for `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Lane:
    """So many at once; the others wait, as long as that is not too long by how long the last ones took."""

    def __init__(self, seats: int) -> None:
        self._seats, self._free = seats, asyncio.Semaphore(seats)
        self.inside, self._takes = 0, FIRST_GUESS_SECONDS

    def demand(self) -> None:
        """Raise Full where a new one would wait too long; each is told another time, so that they do not come together."""
        waits = (self.inside - self._seats) * self._takes / self._seats
        if waits > LONGEST_WAIT_SECONDS:
            raise Full(ceil(waits * random.uniform(0.5, 1.5)))  # noqa: S311 - chance, no secret

    @asynccontextmanager
    async def seat(self) -> AsyncIterator[None]:
        """Wait for one of the seats. Raises Full as `demand` does."""
        self.demand()
        self.inside += 1
        try:
            async with self._free:
                begun = asyncio.get_running_loop().time()
                yield
                took = asyncio.get_running_loop().time() - begun
                self._takes += _WEIGHT_OF_THE_LAST * (took - self._takes)
        finally:
            self.inside -= 1


class Threads:
    """The threads of one process."""

    def __init__(self, count: int) -> None:
        self._pool = ThreadPoolExecutor(count, thread_name_prefix="request")

    async def run(self, work: Callable[[], Found]) -> Found:
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)
