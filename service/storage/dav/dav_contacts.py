"""Contacts as a book of another device lists them: names and etags of all, texts of those asked for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, literal, select

from service.storage.dav.dav_changes import CONTACT
from service.storage.dav.dav_tables import changes
from service.storage.following.tie_tables import tie_states, ties
from service.storage.tables import accounts, contacts

_BATCH: Final = 400


@dataclass(frozen=True, slots=True)
class Entry:
    """A contact without its text. `href` is the name by which devices know it."""

    href: str
    id: str
    uid: str
    etag: str
    changed_at: datetime


def lock(tx: Connection, *, owner: str) -> None:
    """Let one device of an account write at a time; everybody else goes on. SQLite has but one writer anyway."""
    tx.execute(select(accounts.c.id).where(accounts.c.id == owner).with_for_update(key_share=True))


def entries(tx: Connection, *, owner: str, circle: str = "", holding: Iterable[str] = ()) -> Iterator[Entry]:
    """All, of a circle alone where one is named; those that hold all the pieces of words."""
    held = [contacts.c.found_by.contains(piece, autoescape=True) for piece in holding]
    for row in tx.execute(_listed(owner, circle).where(*held).order_by(changes.c.href)):
        yield _entry(row)


def named(tx: Connection, *, owner: str, hrefs: Iterable[str], circle: str = "") -> dict[str, Entry]:
    """Those of the names that there are."""
    found: dict[str, Entry] = {}
    for some in _batches(hrefs):
        for row in tx.execute(_listed(owner, circle).where(changes.c.href.in_(some))):
            found[row.href] = _entry(row)
    return found


def locked(tx: Connection, *, owner: str, href: str, circle: str = "") -> Entry | None:
    """The contact of a name, with its row locked until it is changed: of two who read it, one waits."""
    row = tx.execute(_listed(owner, circle).where(changes.c.href == href).with_for_update(of=contacts)).first()
    return _entry(row) if row else None


def etags(tx: Connection, *, owner: str, circle: str = "") -> list[tuple[str, str]]:
    """Names and etags of all, and nothing else."""
    query = _listed(owner, circle).with_only_columns(changes.c.href, contacts.c.etag).order_by(changes.c.href)
    return [(href, etag) for href, etag in tx.execute(query)]


def cards(tx: Connection, *, owner: str, hrefs: Iterable[str], texts: bool) -> dict[str, tuple[str, str, str]]:
    """Names, etags and (where they are wanted) texts of those of the names that there are."""
    found: dict[str, tuple[str, str, str]] = {}
    text = contacts.c.vcard if texts else literal("")
    for some in _batches(hrefs):
        query = _listed(owner, "").with_only_columns(changes.c.href, contacts.c.etag, text)
        found |= {href: (href, etag, said) for href, etag, said in tx.execute(query.where(changes.c.href.in_(some)))}
    return found


def texts(tx: Connection, *, owner: str, ids: Iterable[str]) -> Mapping[str, str]:
    """The texts of some contacts by id."""
    found: dict[str, str] = {}
    for some in _batches(ids):
        # Joined with nothing, so that SQLite goes by the ids: by the account it would look at everybody.
        mine = (contacts.c.account_id.concat("") == owner, contacts.c.id.in_(some))
        found |= {row.id: row.vcard for row in tx.execute(select(contacts.c.id, contacts.c.vcard).where(*mine))}
    return found


def has_uid(tx: Connection, *, owner: str, uid: str) -> bool:
    mine = (contacts.c.account_id == owner, contacts.c.uid == uid, contacts.c.deleted_at.is_(None))
    return tx.execute(select(contacts.c.id).where(*mine)).first() is not None


def _listed(owner: str, circle: str) -> Select[Any]:
    named_so = (changes.c.account_id == owner, changes.c.kind == CONTACT, ~changes.c.gone)
    there: list[ColumnElement[bool]] = [contacts.c.account_id == owner, contacts.c.deleted_at.is_(None)]
    join = changes.join(contacts, contacts.c.id == changes.c.item_id)
    if circle:
        join = join.join(ties, ties.c.contact_id == contacts.c.id).join(tie_states, tie_states.c.tie_id == ties.c.id)
        there.append(tie_states.c.circle == circle)
    columns = (changes.c.href, contacts.c.id, contacts.c.uid, contacts.c.etag, contacts.c.updated_at)
    return select(*columns).select_from(join).where(*named_so, *there)


def _entry(row: Any) -> Entry:
    return Entry(row.href, row.id, row.uid, row.etag, row.updated_at)


def _batches(some: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(some)
    while batch := list(islice(rest, _BATCH)):
        yield batch
