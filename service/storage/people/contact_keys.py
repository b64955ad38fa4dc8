"""The index by which the same person is found again: mail, numbers, profiles and names, each in a normal form.

It is derived from the contacts, kept as they are written, in the same transaction, and filled where it is missing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select

from service.domain.duplicates.face import Face, Key, face_from, face_of, keys_of
from service.domain.errors import BadValue
from service.domain.people.contact import CardFields
from service.domain.people.vcard import fields_of
from service.storage.people.duplicate_tables import contact_keys
from service.storage.tables import contacts

MOST_ALIKE: Final = 12
"""Of one key so many contacts are looked at: more have it only where it tells nobody apart."""
_AT_ONCE: Final = 500
FEW: Final = 3


def keep(tx: Connection, *, owner: str, contact_id: str, fields: CardFields) -> None:
    """Let the contact be known again by what it says now, and by nothing else."""
    keys = keys_of(face_of(fields))
    tx.execute(delete(contact_keys).where(contact_keys.c.contact_id == contact_id))
    _insert(tx, owner, contact_id, keys)


def faces(tx: Connection, *, owner: str, ids: Collection[str]) -> dict[str, Face]:
    """What living contacts are known by, by their ids."""
    alive = (contacts.c.account_id == owner, contacts.c.deleted_at.is_(None), contacts.c.id.in_(ids))
    rows = tx.execute(select(contacts.c.id, contacts.c.name, contacts.c.org).where(*alive)).all()
    kept = kept_keys(tx, ids=[row.id for row in rows])
    return {row.id: face_from(row.name, row.org, kept.get(row.id, ())) for row in rows}


def not_alone(tx: Connection, *, owner: str, faces: dict[str, Face]) -> dict[str, Face]:
    """Those of many that share a key with anybody at all: of a long list most share none, and need no other look."""
    if len(faces) <= FEW:
        return faces
    by_key: dict[str, list[str]] = {}
    for id_, face in faces.items():
        for key in keys_of(face):
            by_key.setdefault(key.key, []).append(id_)
    keys, shared = list(by_key), set[str]()
    for some in (keys[at : at + _AT_ONCE] for at in range(0, len(keys), _AT_ONCE)):
        mine = (contact_keys.c.account_id == owner, contact_keys.c.key.in_(some))
        query = select(contact_keys.c.key).where(*mine).group_by(contact_keys.c.key).having(func.count() > 1)
        shared |= {id_ for key in tx.execute(query).scalars() for id_ in by_key[key]}
    return {id_: face for id_, face in faces.items() if id_ in shared}


def kept_keys(tx: Connection, *, ids: Collection[str]) -> dict[str, list[Key]]:
    found: dict[str, list[Key]] = {}
    query = select(contact_keys.c.contact_id, contact_keys.c.key, contact_keys.c.whole)
    for row in tx.execute(query.where(contact_keys.c.contact_id.in_(ids))):
        found.setdefault(row.contact_id, []).append(Key(row.key, row.whole))
    return found


def sharing(tx: Connection, *, owner: str, keys: Iterable[str]) -> dict[str, set[str]]:
    """By key, a few of the living contacts that have it; however many there are, no more are looked at."""
    found: dict[str, set[str]] = defaultdict(set)
    for key in dict.fromkeys(keys):
        mine = (contact_keys.c.account_id == owner, contact_keys.c.key == key, contacts.c.deleted_at.is_(None))
        join = contact_keys.join(contacts, contacts.c.id == contact_keys.c.contact_id)
        query = select(contact_keys.c.contact_id).select_from(join).where(*mine).limit(MOST_ALIKE)
        found[key].update(tx.execute(query).scalars())
    return found


def fill(tx: Connection) -> None:
    """Fill the index of a database that was made before there was one."""
    if tx.execute(select(contact_keys.c.key).limit(1)).first():
        return
    last = ""
    while rows := _rows_after(tx, last):
        for row in rows:
            _insert(tx, row.account_id, row.id, keys_of_text(row.vcard))
        last = rows[-1].id


def _rows_after(tx: Connection, last: str) -> Sequence[Any]:
    query = select(contacts.c.id, contacts.c.account_id, contacts.c.vcard).where(contacts.c.id > last)
    return tx.execute(query.order_by(contacts.c.id).limit(_AT_ONCE)).all()


def keys_of_text(vcard: str) -> tuple[Key, ...]:
    """None of a text that cannot be read: what was kept once is not lost for it."""
    try:
        return keys_of(face_of(fields_of(vcard)))
    except BadValue:
        return ()


def _insert(tx: Connection, owner: str, contact_id: str, keys: Iterable[Key]) -> None:
    rows = [{"account_id": owner, "contact_id": contact_id, "key": key.key, "whole": key.whole} for key in keys]
    if rows:
        tx.execute(insert(contact_keys), rows)
