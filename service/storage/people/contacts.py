"""Contacts: each is its vCard text, kept whole; the columns beside it are its index, filled by `write` alone."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update

from service.domain.errors import BadValue, Conflict, NotFound
from service.domain.people import search
from service.domain.people.vcard import ContactIndex, index_of
from service.storage.dav import dav_changes
from service.storage.meeting import introduction_steps
from service.storage.moment import now
from service.storage.page import Page, newest_first, paged
from service.storage.people import contact_keys, words_index
from service.storage.people.which import ALL, Which, conditions
from service.storage.tables import contacts
from service.storage.words import kept


@dataclass(frozen=True, slots=True)
class KeptContact:
    """A contact as kept. `kind` is `person` or `company`; `etag` changes with every change of the text."""

    id: str
    uid: str
    kind: str
    name: str
    org: str
    title: str
    town: str
    gathering_id: str | None
    vcard: str
    etag: str
    created_at: datetime
    updated_at: datetime


def write(
    tx: Connection,
    *,
    owner: str,
    vcard: str,
    id: str | None = None,  # noqa: A002
    gathering_id: str | None = None,
) -> KeptContact:
    """Keep a contact, new or (by `id`) changed, and its index with it. The one function that writes contacts.

    A `gathering_id` says where it was met; without one, what is known of that stays. A new text whose UID a deleted contact had brings that contact back. Raises BadValue for a text that is no vCard,
    Conflict for a UID that another contact has, NotFound for an id that is none of the owner's.
    """
    text = kept(vcard)
    index = index_of(text)
    if not index.uid:
        raise BadValue("contact_uid", "The vCard has no UID.")
    mine = (contacts.c.account_id == owner, contacts.c.uid == index.uid)
    same_uid = tx.execute(select(contacts).where(*mine).with_for_update()).first()
    if id is not None:
        get(tx, owner=owner, id=id)
    if same_uid is not None and same_uid.id != id and same_uid.deleted_at is None:
        raise Conflict("contact_uid", "There is a contact with this UID already.")
    if id is None:
        id = same_uid.id if same_uid else _new_row(tx, owner=owner, uid=index.uid)  # noqa: A001
    met = {"gathering_id": gathering_id} if gathering_id else {}
    columns = {**_columns(text, index), **met, "deleted_at": None}
    tx.execute(update(contacts).where(contacts.c.id == id).values(columns))
    words_index.keep(tx, contact_id=id, words=columns["found_by"])
    contact_keys.keep(tx, owner=owner, contact_id=id, fields=index.fields)
    dav_changes.note(tx, owner=owner, id=id)
    return get(tx, owner=owner, id=id)


def by_uid(tx: Connection, *, owner: str, uids: Sequence[str]) -> dict[str, KeptContact]:
    """The contacts in the address book that have one of the UIDs, some hundreds, by these."""
    rows = tx.execute(select(contacts).where(*_alive(owner), contacts.c.uid.in_(uids)))
    return {row.uid: _contact(row) for row in rows}


def get(tx: Connection, *, owner: str, id: str) -> KeptContact:  # noqa: A002
    row = tx.execute(select(contacts).where(*_alive(owner), contacts.c.id == kept(id))).first()
    if row is None:
        raise NotFound("contact", "There is no such contact.")
    return _contact(row)


def to_change(tx: Connection, *, owner: str, id: str) -> KeptContact:  # noqa: A002
    """Give a contact that is going to be written anew from what is read here: of two who do that, one waits."""
    mine = (*_alive(owner), contacts.c.id == kept(id))
    tx.execute(select(contacts.c.id).where(*mine).with_for_update()).first()
    return get(tx, owner=owner, id=id)


def page(
    tx: Connection, *, owner: str, which: Which = ALL, after: str | None = None, limit: int = 50
) -> Page[KeptContact]:
    """List contacts, newest first."""
    found = select(contacts).where(*conditions(tx, owner=owner, which=which))
    rows = tx.execute(newest_first(found, contacts, "created_at", after=after, limit=limit))
    return paged([_contact(row) for row in rows], "created_at", limit=limit)


def count(tx: Connection, *, owner: str, which: Which = ALL, up_to: int | None = None) -> int:
    """How many there are; with `up_to` no more are looked at than one beyond, which says that there are more."""
    found = select(contacts.c.id).where(*conditions(tx, owner=owner, which=which))
    if up_to is not None:
        found = found.limit(up_to + 1)
    return tx.execute(select(func.count()).select_from(found.subquery())).scalar_one()


def delete(tx: Connection, *, owner: str, id: str) -> None:  # noqa: A002
    """Take a contact out of the address book. Its row stays, for undoing and for telling other devices."""
    contact = get(tx, owner=owner, id=id)
    tx.execute(update(contacts).where(contacts.c.id == contact.id).values(deleted_at=now(), updated_at=now()))
    words_index.forget(tx, contact_id=contact.id)
    dav_changes.note(tx, owner=owner, id=contact.id)
    introduction_steps.follow_contact(tx, owner=owner, contact_id=contact.id)


def restore(tx: Connection, *, owner: str, id: str) -> KeptContact:  # noqa: A002
    """Undo a deletion; a contact that is there stays as it is."""
    mine = (contacts.c.account_id == owner, contacts.c.id == kept(id), contacts.c.deleted_at.is_not(None))
    back = update(contacts).where(*mine).values(deleted_at=None, updated_at=now())
    row = tx.execute(back.returning(contacts.c.found_by)).first()
    if row is not None:
        words_index.keep(tx, contact_id=kept(id), words=row.found_by)
        dav_changes.note(tx, owner=owner, id=kept(id))
        introduction_steps.follow_contact(tx, owner=owner, contact_id=kept(id))
    return get(tx, owner=owner, id=id)


def _alive(owner: str) -> tuple[ColumnElement[bool], ...]:
    return contacts.c.account_id == owner, contacts.c.deleted_at.is_(None)


def _new_row(tx: Connection, *, owner: str, uid: str) -> str:
    row = {"id": str(uuid4()), "account_id": owner, "uid": uid, "created_at": now(), "updated_at": now()}
    tx.execute(insert(contacts).values({**row, "kind": "", "vcard": "", "etag": ""}))
    return row["id"]  # type: ignore[return-value]  # of a dict of strings and times


def _columns(text: str, index: ContactIndex) -> dict[str, Any]:
    return {
        "uid": index.uid,
        "kind": index.kind,
        "name": index.name,
        "org": index.org,
        "title": index.title,
        "town": index.town,
        "found_by": search.kept(index),
        "vcard": text,
        "etag": hashlib.sha256(text.encode()).hexdigest()[:32],
        "updated_at": now(),
    }


def _contact(row: Row[Any]) -> KeptContact:
    return KeptContact(
        id=row.id,
        uid=row.uid,
        kind=row.kind,
        name=row.name,
        org=row.org,
        title=row.title,
        town=row.town,
        gathering_id=row.gathering_id,
        vcard=row.vcard,
        etag=row.etag,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
