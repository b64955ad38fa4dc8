"""What one request carries from the guard through Radicale to the books: its transaction, its body, and what came of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from service.storage.database import Database, Transaction


@dataclass(slots=True)
class Asked:
    """`body` is the text as the device sent it; Radicale would hand over its own writing of it.

    `tx` is open while Radicale holds its lock, `writes` says that it is one for writing. `refusal` is what a device is
    told beside the status; `rewritten`, that what is kept differs from what was sent, so that the device looks again.
    """

    owner: str = ""
    path: str = ""
    body: str | None = None
    tx: Transaction | None = None
    writes: bool = False
    refusal: str = ""
    rewritten: bool = False
    brought_up: bool = False


_ASKED: ContextVar[Asked] = ContextVar("asked")


def asked() -> Asked:
    """The request that is being answered."""
    return _ASKED.get()


@contextmanager
def asking(one: Asked) -> Iterator[Asked]:
    token = _ASKED.set(one)
    try:
        yield one
    finally:
        _ASKED.reset(token)


@contextmanager
def connected(db: Database) -> Iterator[Transaction]:
    """The transaction of the request, or a short one for reading: Radicale lists a book after it let its lock go."""
    tx = asked().tx
    if tx is not None:
        yield tx
    else:
        with db.reading() as own:
            yield own


class Refused(ValueError):
    """What a device asks for is not done; the guard says why. Radicale answers 403 where it reads this number."""

    def __init__(self, sentence: str) -> None:
        super().__init__("[Errno 13] refused")
        asked().refusal = sentence
