"""What all our collections have in common: a name, a log of changes, and tokens that say how far a device has come."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, Final

from radicale.item import Item
from radicale.storage import BaseCollection

from service.dav.asked import Refused, asked, connected
from service.storage.database import Database, Transaction
from service.storage.dav import dav_changes

_TOKEN: Final = "urn:undrawer:sync"  # noqa: S105  # no secret: it says how far a device has come


class Book(BaseCollection):
    """A collection of one account; `kind` names its log."""

    kind: str

    def __init__(self, db: Database, *, owner: str, name: str, meta: Mapping[str, str]) -> None:
        self._db, self._owner, self._name, self._meta = db, owner, name, dict(meta)

    @property
    def name(self) -> str:
        return self._name

    @property
    def path(self) -> str:
        return f"{self._owner}/{self._name}"

    @property
    def tag(self) -> str:
        return self._meta["tag"]

    @property
    def etag(self) -> str:
        return f'"{self._name}-{self._seq()}"'

    @property
    def last_modified(self) -> str:
        return format_datetime(datetime.now(UTC), usegmt=True)

    def get_meta(self, key: str | None = None) -> Any:
        return dict(self._meta) if key is None else self._meta.get(key)

    def set_meta(self, props: Mapping[str, str]) -> None:  # noqa: ARG002  # Radicale's name
        raise Refused("The name of this collection is made by Undrawer and cannot be changed.")

    def sync(self, old_token: str = "") -> tuple[str, Iterable[str]]:
        """Give the token of now and the names of what changed; raises ValueError for a token that is none of ours."""
        before = self._read_token(old_token) if old_token else None
        with connected(self._db) as tx:
            log = dav_changes.log_of(tx, owner=self._owner, kind=self.kind)
            token = f"{_TOKEN}:{self._owner}:{self._name}:{log.seq}"
            if before is None:
                # Asked for with every listing only to know the token: nothing is read until somebody wants the names.
                return token, self._names()
            if not log.floor <= before <= log.seq:
                raise ValueError("The token is too old, or of another installation.")
            return token, dav_changes.since(tx, owner=self._owner, kind=self.kind, seq=before)

    def delete(self, href: str | None = None) -> None:
        if href is None:
            raise Refused("This collection is part of the account and cannot be deleted.")
        self.remove(self.transaction, href)

    @abstractmethod
    def one(self, href: str) -> Item | None:
        """The thing of a name."""

    def remove(self, tx: Transaction, href: str) -> None:  # noqa: ARG002  # for those that can
        raise Refused("This is changed in Undrawer alone.")

    def rename(self, tx: Transaction, href: str, new: str) -> None:  # noqa: ARG002
        raise Refused("This cannot be given another name.")

    @property
    def transaction(self) -> Transaction:
        """The one that Radicale's lock opened for writing."""
        tx = asked().tx
        if tx is None:
            raise RuntimeError("Radicale writes without its lock.")
        return tx

    def _names(self) -> Iterator[str]:
        for item in self.get_all():
            yield str(item.href)

    def _seq(self) -> int:
        with connected(self._db) as tx:
            return dav_changes.log_of(tx, owner=self._owner, kind=self.kind).seq

    def _read_token(self, token: str) -> int:
        head, _, seq = token.rpartition(":")
        if head != f"{_TOKEN}:{self._owner}:{self._name}" or not (seq.isascii() and seq.isdigit()) or len(seq) > 18:
            raise ValueError("The token is not of this collection.")
        return int(seq)
