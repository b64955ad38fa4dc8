"""How long the stages of a reading take, for whoever wants to know; nobody else pays for it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Final, TypeVar

Found = TypeVar("Found")

Timer = Callable[[str], AbstractContextManager[None]]

_TIMER: Final[ContextVar[Timer | None]] = ContextVar("timer", default=None)


@contextmanager
def timed_by(timer: Timer) -> Iterator[None]:
    """Have the stages timed by this one, within the block."""
    before = _TIMER.set(timer)
    try:
        yield
    finally:
        _TIMER.reset(before)


def stage(name: str) -> AbstractContextManager[None]:
    """A stage of this name."""
    timer = _TIMER.get()
    return timer(name) if timer else nullcontext()


def each(name: str, found: Iterable[Found]) -> Iterator[Found]:
    """What is found one after another, as it comes: finding each is the stage."""
    rest, more = iter(found), True
    while more:
        with stage(name):
            one = next(rest, None)
        more = one is not None
        if one is not None:
            yield one
