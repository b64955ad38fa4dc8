"""Slows down whoever guesses: counts what was wrong at the doors by which people come in, for all web processes."""

import hmac
import logging
from collections.abc import Iterable
from hashlib import sha256
from math import ceil
from time import time
from typing import Final, NoReturn

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import FixedWindowRateLimiter

from service.config import Config
from service.domain.entering.place import household_of
from service.domain.errors import TooMany

log = logging.getLogger(__name__)

FROM_ONE_PLACE: Final = parse("60 per 15 minutes")
AT_ONE_NAME: Final = parse("100 per 1 hour")
AT_ONE_NAME_FROM_ONE_PLACE: Final = parse("10 per 15 minutes")
"""Wrong tries. By place and name together comes first, so that a stranger elsewhere locks nobody out of his account
until he has been wrong a hundred times in an hour, and a sign-in link still opens it then."""

AT_ONE_NAME_IN_A_DAY: Final = parse("30 per 1 day")
SHORT_SECRETS: Final = frozenset({"second"})
"""The doors whose secret has six digits: with so few tries a day, one in a hundred guesses it within a hundred days."""

_Count = tuple[RateLimitItem, tuple[str, ...]]


class Throttle:
    """Counts wrong tries in Redis; while Redis does not answer, in this process alone."""

    def __init__(self, config: Config) -> None:
        shared = RedisStorage(config.redis_url, key_prefix="undrawer:wrong", socket_connect_timeout=2, socket_timeout=2)
        self._shared = FixedWindowRateLimiter(shared)
        self._own = FixedWindowRateLimiter(MemoryStorage())
        self._key = sha256(b"throttle" + config.secret_key.encode()).digest()

    def demand(self, door: str, *, place: str, name: str = "") -> None:
        """Count a try as a wrong one. Raise TooMany, with the seconds to wait, where there were too many at this door.

        It counts before anybody knows what it comes to, so that of many at once no more are let through than one by one;
        whoever finds it right gives it back. `place` is the address it came from, `name` whom it is about.
        """
        limiter, taken = self._limiter(), list[_Count]()
        for count in self._counted(door, place, name):
            taken.append(count)
            if not _hit(limiter, count):
                seconds = _seconds_left(limiter, count)
                _give_back(limiter, taken)
                _refuse(seconds)

    def give_back(self, door: str, *, place: str, name: str = "") -> None:
        """Take back one try that `demand` counted: it was not wrong."""
        _give_back(self._limiter(), self._counted(door, place, name))

    def count_wrong(self, door: str, *, place: str) -> None:
        """Count a wrong secret that nobody can guess, and raise TooMany where there were too many from this place.

        For tokens and links: the right one is let in whoever else was wrong beside it.
        """
        self.demand(door, place=place)

    def right(self, door: str, *, place: str, name: str) -> None:
        """Give this try back, and forget what was wrong about this name from this place: the right one came after all."""
        self.give_back(door, place=place, name=name)
        limit, who = self._counted(door, place, name)[0]
        self._limiter().clear(limit, *who)

    def _counted(self, door: str, place: str, name: str) -> list[_Count]:
        return _counts(door, self._hidden(household_of(place)), self._hidden(name) if name else "")

    def _hidden(self, word: str) -> str:
        """Redis keeps no address of anybody, of mail or of a machine: only we can tell whose count it is."""
        return hmac.new(self._key, word.encode(errors="backslashreplace"), sha256).hexdigest()[:32]

    def _limiter(self) -> FixedWindowRateLimiter:
        if self._shared.storage.check():
            return self._shared
        log.warning("Redis does not answer; wrong tries are counted in this process alone")
        return self._own


def _counts(door: str, place: str, name: str) -> list[_Count]:
    """What a try counts for, the narrowest first."""
    counted: list[_Count] = [(AT_ONE_NAME_FROM_ONE_PLACE, (door, "both", name, place))] if name else []
    counted.append((FROM_ONE_PLACE, (door, "place", place)))
    if name:
        counted.append((AT_ONE_NAME, (door, "name", name)))
    if name and door in SHORT_SECRETS:
        counted.append((AT_ONE_NAME_IN_A_DAY, (door, "day", name)))
    return counted


def _hit(limiter: FixedWindowRateLimiter, count: _Count) -> bool:
    limit, who = count
    return limiter.hit(limit, *who)


def _give_back(limiter: FixedWindowRateLimiter, counts: Iterable[_Count]) -> None:
    for limit, who in counts:
        # Where its time is over meanwhile there is nothing to take from.
        if limiter.storage.get(limit.key_for(*who)) > 0:
            limiter.hit(limit, *who, cost=-1)


def _seconds_left(limiter: FixedWindowRateLimiter, count: _Count) -> int:
    limit, who = count
    return ceil(limiter.get_window_stats(limit, *who).reset_time - time())


def _refuse(seconds: int) -> NoReturn:
    raise TooMany("too_many_tries", "That was wrong too often. Wait a little, then try again.", seconds=max(1, seconds))
