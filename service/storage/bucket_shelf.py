"""Files in a bucket of an S3 server, for machines that share no folder."""

import errno
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from service.domain.bucket import Bucket

if TYPE_CHECKING:
    from obstore.store import S3Config, S3Store

GULP_BYTES: Final = 1024 * 1024
"""What is asked for at once; a picture of a card is smaller."""

RETRIES: Final = 3
PATIENCE: Final = timedelta(seconds=20)
"""For one request with all its tries: a phone waits half a minute for its acknowledgement."""


class BucketShelf:
    """A bucket; see `files.Shelf` for what is promised.

    A server of S3 answers a PUT once the bytes are safe, and checks them by the SHA-256 that the request is signed
    with. Nobody is ever given an address in it: who may see what is for the service to say.
    """

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket

    @cached_property
    def _store(self) -> "S3Store":
        # Not before it is needed: where files lie in a folder, nobody pays for it. And its threads do not survive a
        # fork, so whoever forks must not have asked it for anything.
        from obstore.store import S3Store  # noqa: PLC0415

        bucket = self._bucket
        who: S3Config = {
            "region": bucket.region,
            "access_key_id": bucket.key_id,
            "secret_access_key": bucket.secret,
            "disable_bulk_delete": True,  # not every server has it, and we delete one by one
        }
        if bucket.endpoint:
            who["endpoint"] = bucket.endpoint
        return S3Store(
            bucket.name,
            prefix=bucket.prefix or None,
            config=who,
            client_options={
                "allow_http": bucket.endpoint.startswith("http://"),
                "connect_timeout": "5s",
                "timeout": "60s",
                "user_agent": "undrawer",
            },
            retry_config={"max_retries": RETRIES, "retry_timeout": PATIENCE},
        )

    def put(self, name: str, content: bytes) -> None:
        with _troubles():
            self._store.put(name, content, use_multipart=False)

    def open(self, name: str) -> io.BufferedReader:
        from obstore import open_reader  # noqa: PLC0415  # as above

        with _troubles():
            return io.BufferedReader(_Remote(open_reader(self._store, name)), GULP_BYTES)

    def get(self, name: str) -> bytes:
        with _troubles():
            return bytes(self._store.get(name).bytes())

    def move(self, name: str, to: str) -> None:
        # Copied first: whoever dies in between leaves two, of which the next sweep takes one away.
        try:
            with _troubles():
                self._store.copy(name, to)
        except FileNotFoundError:
            return
        self.remove(name)

    def remove(self, name: str) -> None:
        try:
            with _troubles():
                self._store.delete(name)
        except FileNotFoundError:
            return

    def age(self, name: str) -> float | None:
        try:
            with _troubles():
                return _seconds_since(self._store.head(name)["last_modified"])
        except FileNotFoundError:
            return None

    def ages(self, folder: str = "") -> Iterator[tuple[str, float]]:
        with _troubles():
            for some in self._store.list(folder or None):
                yield from ((one["path"], _seconds_since(one["last_modified"])) for one in some)

    def clear_drafts(self, *, older_than_seconds: float) -> None:
        """There are none: what was not sent whole was never kept."""


class _Remote(io.RawIOBase):
    """A file of the bucket as Python's own libraries read files: by ranges, where they ask for them."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return int(self._reader.seek(offset, whence))

    def tell(self) -> int:
        return int(self._reader.tell())

    def readinto(self, into: Any, /) -> int:
        with _troubles():
            content = self._reader.read(len(into))
        into[: len(content)] = memoryview(content)
        return len(content)


@contextmanager
def _troubles() -> Iterator[None]:
    """Raise what the library raises as Python does for a folder, without its text: it quotes what the server said."""
    from obstore.exceptions import BaseError  # noqa: PLC0415  # as above

    try:
        yield
    except BaseError as error:
        raise OSError(errno.EHOSTUNREACH, f"The bucket did not do as asked ({type(error).__name__}).") from None


def _seconds_since(moment: datetime) -> float:
    return (datetime.now(UTC) - moment).total_seconds()
